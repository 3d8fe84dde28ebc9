package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.testkit.NotTested;

class AttMeaningTest {
    private static final String PROPERTY = "openiomt.reference";

    /** The abbreviations of the table; no service is 18ff. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("core", "18ff"),
            Map.entry("aios", "1815"),
            Map.entry("ans", "1811"),
            Map.entry("bms", "181e"),
            Map.entry("cgms", "181f"),
            Map.entry("cps", "1818"),
            Map.entry("cscs", "1816"),
            Map.entry("cts", "1805"),
            Map.entry("ess", "181a"),
            Map.entry("gls", "1808"),
            Map.entry("hps", "1823"),
            Map.entry("hrs", "180d"),
            Map.entry("hts", "1809"),
            Map.entry("ips", "1821"),
            Map.entry("ots", "1825"),
            Map.entry("rcs", "1829"),
            Map.entry("rscs", "1814"),
            Map.entry("uds", "181c"));

    /** What the protocol itself says and the table lacks. */
    private static final List<AttMeaning> NOT_IN_THE_TABLE =
            List.of(AttMeaning.DATABASE_OUT_OF_SYNC, AttMeaning.VALUE_NOT_ALLOWED, AttMeaning.WRITE_REQUEST_REJECTED);

    @Test
    void everyTranscribedCodeHasItsMeaning() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(AttMeaningTest.class.getResourceAsStream("/test-vectors/att-errors.json"))) {
            check(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyCodeOfTheReferenceHasItsMeaning() throws IOException {
        Path file = Path.of(System.getProperty(PROPERTY, ""), "att-errors.json");
        if (!Files.isReadable(file)) {
            throw NotTested.because(
                    "reference",
                    "the ATT errors of the reference. Run Maven with -D" + PROPERTY
                            + "=FOLDER, where FOLDER holds att-errors.json. The transcribed ones did run.");
        }
        check(Files.readString(file));
    }

    /** Compares every code from 0 to 255 of every service: neither may have one that the other lacks. */
    @SuppressWarnings("unchecked") // the shape of the file
    private static void check(String text) {
        Object shape = Objects.requireNonNull(((Map<String, Object>) Json.parse(text)).get("tables"));
        Map<String, Map<String, String>> tables = (Map<String, Map<String, String>>) shape;
        assertThat(tables.keySet()).isEqualTo(SERVICES.keySet());
        List<String> expected = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        tables.forEach((service, table) -> {
            boolean isCore = service.equals("core");
            for (int code = 0; code <= 0xFF; code++) {
                String place = service + " " + String.format(Locale.ROOT, "%02X", code) + " ";
                Optional<AttMeaning> meaning = AttError.meaning(channel(service), code);
                boolean isOwn = isCore || !meaning.equals(AttError.meaning(channel("core"), code));
                meaning.filter(found -> isOwn && !(isCore && NOT_IN_THE_TABLE.contains(found)))
                        .ifPresent(found -> ours.add(place + found.name()));
                Optional.ofNullable(table.get(String.format(Locale.ROOT, "%02X", code)))
                        .ifPresent(name -> expected.add(place + constant(name)));
            }
        });
        assertThat(expected).hasSizeGreaterThan(40);
        assertThat(ours).containsExactlyElementsOf(expected);
    }

    private static Channel channel(String service) {
        return Gatt.channel(Objects.requireNonNull(SERVICES.get(service)), "2a00");
    }

    /** Returns the constant that a name of the table must have. */
    private static String constant(String name) {
        return name.replace("Client Characteristic Configuration Descriptor", "CCCD")
                .replace("Improper CCCD", "CCCD Improperly Configured")
                .replace("Opcode", "Op Code")
                .replace(' ', '_')
                .toUpperCase(Locale.ROOT);
    }

    @Test
    void whatTheTableLacksIsThatOfTheProtocol() {
        Channel any = channel("core");

        assertThat(AttError.meaning(any, 0x12)).contains(AttMeaning.DATABASE_OUT_OF_SYNC);
        assertThat(AttError.meaning(any, 0x13)).contains(AttMeaning.VALUE_NOT_ALLOWED);
        assertThat(AttError.meaning(any, 0xFC)).contains(AttMeaning.WRITE_REQUEST_REJECTED);
    }

    @Test
    void oneCodeMeansSomethingElseInEveryService() {
        assertThat(meaning("1808", 0x80)).contains(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS);
        assertThat(meaning("181f", 0x80)).contains(AttMeaning.MISSING_CRC);
        assertThat(meaning("181c", 0x80)).contains(AttMeaning.USER_DATA_ACCESS_NOT_PERMITTED);
        assertThat(meaning("183a", 0x82)).contains(AttMeaning.INVALID_COUNTER);
        assertThat(meaning("1826", 0x80)).isEmpty();
    }

    private static Optional<AttMeaning> meaning(String service, int code) {
        return AttError.meaning(Gatt.channel(service, "2a00"), code);
    }

    @Test
    void oneMeaningHasTheCodeOfItsService() {
        assertThat(AttError.code(Gatt.channel("1816", "2a55"), AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS))
                .isEqualTo(0x80);
        assertThat(AttError.code(Gatt.channel("1818", "2a66"), AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS))
                .isEqualTo(0xFE);
        assertThat(AttError.code(Gatt.channel("1825", "2abe"), AttMeaning.WRITE_REQUEST_REJECTED))
                .isEqualTo(0x80);
        assertThat(AttError.code(Gatt.channel("180f", "2a19"), AttMeaning.WRITE_REQUEST_REJECTED))
                .isEqualTo(0xFC);
        assertThatThrownBy(() -> AttError.code(Gatt.channel("180f", "2a19"), AttMeaning.MISSING_CRC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no code on 180f/2a19 for: missing check sum");
    }

    @Test
    void aRefusalSaysWhatItMeans() {
        Channel operations = Gatt.channel("181f", "2aac");

        GattRefusedException heard = new GattRefusedException(operations, new RefusedException(0x81, "no"));

        assertThat(heard).hasMessage("181f/2aac refused: invalid check sum (0x81)");
        assertThat(heard.channel()).isEqualTo(operations);
        assertThat(heard.meaning()).contains(AttMeaning.INVALID_CRC);
        assertThat(new GattRefusedException(operations, AttMeaning.MISSING_CRC, "3 octets"))
                .hasMessage("181f/2aac refused, missing check sum: 3 octets")
                .returns(0x80, RefusedException::code);
    }
}
