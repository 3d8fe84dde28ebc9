package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.testkit.ManualClock;

class FramesPropertyTest {
    private static final byte[] TOPIC = {0x2A, 0x35};
    private static final int SENT = 40;
    private static final byte[] KEY = new byte[32];

    /** One direction: who seals and who opens. */
    private record Direction(FrameSealer sealer, FrameOpener opener) {
        static Direction of(FrameForm form, Aead aead, long firstSeq, long rekeyFrames, Clock clock) {
            SessionLimits all = SessionLimits.DEFAULT;
            SessionLimits limits = new SessionLimits(
                    all.maxAge(), Long.MAX_VALUE, rekeyFrames, all.rekeyOctets(), all.rekeyAge(), all.grace());
            SessionAge age = new SessionAge(clock);
            return new Direction(
                    new FrameSealer(form, new FrameKey(aead, KEY, 0), 7, limits, age, firstSeq),
                    new FrameOpener(form, new FrameKey(aead, KEY, 0), 7, limits, age, update -> {}));
        }

        byte[] open(byte[] frame) {
            byte[] content = new byte[opener.maxContentLength(frame.length)];
            FrameOpener.Opened opened = opener.open(frame, 0, frame.length, TOPIC, content, 0);
            return Arrays.copyOf(content, opened.length());
        }
    }

    /**
     * What the network delivers next.
     *
     * @param frame which of the frames that were sent
     * @param flippedBit counted modulo the length of the frame; negative for a frame that arrives as it was sent
     */
    record Delivery(int frame, int flippedBit) {}

    @Property(tries = 400)
    void anyLossRepetitionOrderAndForgeryDeliversEachFrameAtMostOnceAndUnchanged(
            @ForAll("datagramForms") FrameForm form,
            @ForAll("aeads") Aead aead,
            @ForAll("starts") long anyStart,
            @ForAll @IntRange(min = 1, max = 60) int rekeyFrames,
            @ForAll @Size(SENT) List<@Size(max = 40) byte[]> contents,
            @ForAll("networks") List<Delivery> network) {
        // Who opens a compact frame has to know the upper bits: see the next law, and FramesTest.
        long start = form == FrameForm.COMPACT && anyStart >= 1 << 15 ? 0 : anyStart;
        long rekey = start == 0 ? rekeyFrames : 1L << 40;
        Direction direction = Direction.of(form, aead, start, rekey, new ManualClock());
        List<byte[]> frames = new ArrayList<>();
        contents.forEach(content -> frames.add(direction.sealer().seal(content, TOPIC)));
        Set<Integer> opened = new HashSet<>();
        long newest = 0;

        for (Delivery delivery : network) {
            byte[] frame = frames.get(delivery.frame());
            if (delivery.flippedBit() >= 0) {
                byte[] forged = SessionHandshakeTest.flipped(frame, delivery.flippedBit() % (frame.length * 8));
                assertThatThrownBy(() -> direction.open(forged)).isExactlyInstanceOf(AuthenticationException.class);
                continue;
            }
            long epoch = start == 0 ? delivery.frame() / rekeyFrames : 0;
            boolean isWithinReach = epoch >= newest - 1 && epoch <= newest + FrameOpener.MAX_EPOCHS_AHEAD;
            if (opened.contains(delivery.frame())) {
                assertThatThrownBy(() -> direction.open(frame)).isExactlyInstanceOf(AuthenticationException.class);
            } else if (isWithinReach) {
                assertThat(direction.open(frame)).isEqualTo(contents.get(delivery.frame()));
                opened.add(delivery.frame());
                newest = Math.max(newest, epoch);
            } else {
                assertThatThrownBy(() -> direction.open(frame)).isExactlyInstanceOf(AuthenticationException.class);
            }
        }
    }

    /** The compact form knows 16 bits of the number; the receiver has followed the rest. */
    @Property(tries = 100)
    void compactNumbersAreFollowedBeyondTheirSixteenBits(
            @ForAll("starts") long start, @ForAll @Size(SENT) List<@IntRange(max = 32_000) Integer> gaps) {
        long highest = start;
        for (int gap : gaps) {
            long next = highest + 1 + gap;
            assertThat(FrameOpener.rebuilt((int) (next & 0xFFFF), highest)).isEqualTo(next);
            long late = Math.max(0, highest - gap);
            assertThat(FrameOpener.rebuilt((int) (late & 0xFFFF), highest)).isEqualTo(late);
            highest = next;
        }
    }

    @Property(tries = 60)
    void anyFlippedBitIsRefusedAndTheGenuineFrameStillOpens(
            @ForAll FrameForm form, @ForAll("aeads") Aead aead, @ForAll @Size(max = 12) byte[] content) {
        Direction direction = Direction.of(form, aead, 0, 1 << 20, new ManualClock());
        byte[] frame = direction.sealer().seal(content, TOPIC);

        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] forged = SessionHandshakeTest.flipped(frame, bit);
            assertThatThrownBy(() -> direction.open(forged)).isExactlyInstanceOf(AuthenticationException.class);
        }

        assertThat(direction.open(frame)).isEqualTo(content);
    }

    @Property(tries = 500)
    void anyOctetsAreRefusedAndChangeNothing(@ForAll FrameForm form, @ForAll List<@Size(max = 100) byte[]> garbage) {
        Direction direction = Direction.of(form, Primitives.preferred().aesGcm(), 0, 1 << 20, new ManualClock());
        byte[] frame = direction.sealer().seal(TOPIC, TOPIC);

        for (byte[] octets : garbage) {
            assertThatThrownBy(() -> direction.open(octets)).isExactlyInstanceOf(AuthenticationException.class);
        }

        assertThat(direction.open(frame)).isEqualTo(TOPIC);
    }

    @Property(tries = 300)
    void anyChunkingOfAStreamGivesTheSameMessages(
            @ForAll @IntRange(min = 1, max = 30) int rekeyFrames,
            @ForAll List<@Size(max = 300) byte[]> contents,
            @ForAll List<@IntRange(min = 1, max = 400) Integer> chunks) {
        Direction direction =
                Direction.of(FrameForm.STREAM, Primitives.preferred().aesGcm(), 0, rekeyFrames, new ManualClock());
        java.io.ByteArrayOutputStream sent = new java.io.ByteArrayOutputStream();
        contents.forEach(content -> sent.writeBytes(direction.sealer().seal(content, TOPIC)));
        byte[] stream = sent.toByteArray();
        StreamReader reader = new StreamReader(StreamReader.MAX_PACKET_LENGTH);
        List<byte[]> arrived = new ArrayList<>();

        for (int at = 0, chunk = 0; at < stream.length; chunk++) {
            int size = chunks.isEmpty() ? 1 : chunks.get(chunk % chunks.size());
            int length = Math.min(size, stream.length - at);
            reader.append(stream, at, length);
            at += length;
            for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
                arrived.add(direction.open(next.get()));
            }
        }

        assertThat(arrived).hasSameSizeAs(contents);
        for (int i = 0; i < contents.size(); i++) {
            assertThat(arrived.get(i)).isEqualTo(contents.get(i));
        }
        assertThat(reader.hasPart()).isFalse();
    }

    @Provide
    Arbitrary<FrameForm> datagramForms() {
        return Arbitraries.of(FrameForm.DATAGRAM, FrameForm.INDEXED, FrameForm.COMPACT);
    }

    @Provide
    Arbitrary<Aead> aeads() {
        return Arbitraries.of(
                Primitives.preferred().aesGcm(),
                Primitives.preferred().chaChaPoly().orElseThrow());
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.of(
                0L, (1L << 15) - 45, (1L << 16) - 20, (1L << 31) - 20, (1L << 32) - 20, (1L << 40) - SENT);
    }

    @Provide
    Arbitrary<List<Delivery>> networks() {
        Arbitrary<Integer> frames = Arbitraries.integers().between(0, SENT - 1);
        Arbitrary<Integer> bits = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(-1)),
                Tuple.of(1, Arbitraries.integers().between(0, 4000)));
        return Combinators.combine(frames, bits).as(Delivery::new).list().ofMaxSize(120);
    }
}
