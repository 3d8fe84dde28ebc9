package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;

class ContractPropertyTest {
    private static final Cddl CDDL = Contract.cddl();
    private static final List<Observation> GOLDEN =
            List.copyOf(GoldenObservations.all().values());

    @Property(tries = 400)
    void whatIsEncodedIsAsTheCddlSays(
            @ForAll("observations") Observation observation,
            @ForAll long epoch,
            @ForAll("unknown") UnknownEntries more) {
        byte[] octets = ObservationCbor.encode(observation);
        ObservationMessage message =
                new ObservationMessage(epoch, List.of(ObservationMessage.Item.of(epoch, octets)), more);

        assertThat(CDDL.matches("observation", octets)).isTrue();
        assertThat(CDDL.matches("message", message.encode())).isTrue();
    }

    /** Whatever the decoder makes of damaged octets, it writes as the CDDL says; and most damage that it refuses, the CDDL refuses. */
    @Property(tries = 20_000)
    void whatTheDecoderTakesInItsOneFormIsAsTheCddlSays(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = ObservationCbor.encode(GOLDEN.get(random.nextInt(GOLDEN.size())));
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        boolean isWellFormed = isTaken(() -> CborGuard.check(octets, octets.length));
        boolean isDecoded = isTaken(() -> ObservationCbor.decode(octets));
        if (isDecoded) {
            byte[] again = ObservationCbor.encode(ObservationCbor.decode(octets));
            assertThat(CDDL.matches("observation", again)).isTrue();
            if (!Arrays.equals(again, octets)) {
                return;
            }
        }
        boolean isMatch = isWellFormed && CDDL.matches("observation", octets);
        assertThat(isMatch || !isDecoded)
                .as("taken by the decoder and not by the CDDL")
                .isTrue();
        Statistics.label("well formed, refused by the decoder")
                .collect(!isWellFormed || isDecoded ? "other" : isMatch ? "and not by the CDDL" : "and by the CDDL")
                .coverage(checker -> checker.check("and by the CDDL").percentage(share -> share > 1));
    }

    @Provide
    Arbitrary<Observation> observations() {
        return ArbitraryObservations.observations();
    }

    @Provide
    Arbitrary<UnknownEntries> unknown() {
        return ArbitraryObservations.unknown(2);
    }

    private static boolean isTaken(Runnable decoder) {
        try {
            decoder.run();
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }
}
