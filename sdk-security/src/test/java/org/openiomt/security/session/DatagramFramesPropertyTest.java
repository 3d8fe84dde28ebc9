package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.spi.AuthenticationException;

class DatagramFramesPropertyTest {
    private static final byte[] CHANNEL = {0x2A, 0x35};
    private static final int SENT = 40;

    /**
     * What the network delivers next.
     *
     * @param frame which of the frames that were sent
     * @param flippedBit counted modulo the length of the frame; negative for a frame that arrives as it was sent
     */
    record Delivery(int frame, int flippedBit) {
        boolean isGenuine() {
            return flippedBit < 0;
        }
    }

    @Property(tries = 300)
    void eachFrameThatArrivesOpensOnceAndUnchanged(
            @ForAll("starts") long firstNumber,
            @ForAll @Size(SENT) List<@Size(max = 80) byte[]> contents,
            @ForAll("networks") List<Delivery> network) {
        try (Ends ends = Ends.startingAt(firstNumber)) {
            List<byte[]> frames = new ArrayList<>();
            contents.forEach(content -> frames.add(ends.device().seal(content, CHANNEL)));
            Set<Integer> opened = new HashSet<>();

            for (Delivery delivery : network) {
                byte[] frame = frames.get(delivery.frame());
                if (delivery.isGenuine() && opened.add(delivery.frame())) {
                    assertThat(ends.gateway().open(frame, CHANNEL)).isEqualTo(contents.get(delivery.frame()));
                } else {
                    byte[] arrived = delivery.isGenuine() ? frame : flipped(frame, delivery.flippedBit());
                    assertRefused(ends, arrived, CHANNEL);
                }
            }
        }
    }

    @Property(tries = 200)
    void anyFlippedBitIsRefusedAndTheGenuineFrameStillOpens(@ForAll @Size(max = 12) byte[] content) {
        try (Ends ends = Ends.fresh()) {
            byte[] frame = ends.device().seal(content, CHANNEL);

            for (int bit = 0; bit < frame.length * 8; bit++) {
                assertRefused(ends, flipped(frame, bit), CHANNEL);
            }

            assertThat(ends.gateway().open(frame, CHANNEL)).isEqualTo(content);
        }
    }

    @Property(tries = 300)
    void associatedDataMustBeTheSame(
            @ForAll @Size(max = 20) byte[] sealedFor,
            @ForAll @Size(max = 20) byte[] openedAt,
            @ForAll @Size(max = 20) byte[] content) {
        try (Ends ends = Ends.fresh()) {
            byte[] frame = ends.device().seal(content, sealedFor);

            if (!Arrays.equals(sealedFor, openedAt)) {
                assertRefused(ends, frame, openedAt);
            }

            assertThat(ends.gateway().open(frame, sealedFor)).isEqualTo(content);
        }
    }

    @Property(tries = 500)
    void anyOctetsAreRefusedAndChangeNothing(@ForAll("garbage") List<byte[]> garbage) {
        try (Ends ends = Ends.fresh()) {
            byte[] frame = ends.device().seal(CHANNEL, CHANNEL);

            garbage.forEach(octets -> assertRefused(ends, octets, CHANNEL));

            assertThat(ends.gateway().open(frame, CHANNEL)).isEqualTo(CHANNEL);
        }
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.of(0L, (1L << 16) - 20, (1L << 31) - 20, (1L << 32) - 20, SessionLimits.MAX_SEQ - SENT);
    }

    @Provide
    Arbitrary<List<Delivery>> networks() {
        Arbitrary<Integer> frames = Arbitraries.integers().between(0, SENT - 1);
        Arbitrary<Integer> bits = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(-1)),
                Tuple.of(1, Arbitraries.integers().between(0, 4000)));
        return Combinators.combine(frames, bits).as(Delivery::new).list().ofMaxSize(120);
    }

    /** Octets of any kind, among them such with the header of a genuine frame. */
    @Provide
    Arbitrary<List<byte[]>> garbage() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        Arbitrary<byte[]> plausible = any.filter(octets -> octets.length >= 12).map(octets -> {
            byte[] header = {1, 0, 0, 0, 0, 0, 0};
            System.arraycopy(header, 0, octets, 0, header.length);
            return octets;
        });
        return Arbitraries.oneOf(any, plausible).list().ofMaxSize(20);
    }

    private static byte[] flipped(byte[] frame, int bit) {
        byte[] changed = frame.clone();
        int at = bit % (frame.length * 8);
        changed[at / 8] ^= (byte) (1 << at % 8);
        return changed;
    }

    private static void assertRefused(Ends ends, byte[] frame, byte[] associatedData) {
        assertThatThrownBy(() -> ends.gateway().open(frame, associatedData))
                .isExactlyInstanceOf(AuthenticationException.class);
    }
}
