package org.openiomt.examples.bluetooth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.bluez.PairingAnswer;
import org.openiomt.ble.bluez.PairingRequest;

class AskedBondTest {
    private static final String ADDRESS = "00:1A:7D:DA:71:13";

    private final StringWriter out = new StringWriter();

    @Test
    void onlyAYesIsAYes() throws Exception {
        assertThat(answer("yes\n", new PairingRequest.JustWorks(ADDRESS))).isEqualTo(PairingAnswer.ACCEPTED);
        assertThat(answer("Y\n", new PairingRequest.Compare(ADDRESS, 42))).isEqualTo(PairingAnswer.ACCEPTED);
        assertThat(out.toString()).contains("000042");
        for (String no : new String[] {"no\n", "\n", "", "yesterday\n"}) {
            assertThat(answer(no, new PairingRequest.JustWorks(ADDRESS))).isEqualTo(PairingAnswer.REFUSED);
        }
    }

    @Test
    void onlySixDigitsAreAPasskey() throws Exception {
        assertThat(answer("012345\n", new PairingRequest.EnterPasskey(ADDRESS))).isNotEqualTo(PairingAnswer.REFUSED);
        for (String no : new String[] {"1234567\n", "-1\n", "yes\n", ""}) {
            assertThat(answer(no, new PairingRequest.EnterPasskey(ADDRESS))).isEqualTo(PairingAnswer.REFUSED);
        }
    }

    @Test
    void numberToTypeInIsShownAndNothingIsAsked() throws Exception {
        assertThat(answer("", new PairingRequest.ShowPasskey(ADDRESS, 7, 0))).isEqualTo(PairingAnswer.ACCEPTED);
        assertThat(out.toString()).contains("type 000007 into the device");
    }

    private PairingAnswer answer(String typed, PairingRequest request) throws Exception {
        return new AskedBond(new PrintWriter(out), new BufferedReader(new StringReader(typed)))
                .asked(request)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
