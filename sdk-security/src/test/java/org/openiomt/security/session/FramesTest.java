package org.openiomt.security.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;
import static org.openiomt.security.session.SessionHandshakeTest.flipped;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.testkit.ManualClock;

/** The traps that others fell into, one test each, with every cipher at hand. */
class FramesTest {
    private static final byte[] NOTHING = {};
    private static final byte[] TOPIC = "iomt/1/home/gw/cuff/obs".getBytes(UTF_8);
    private static final byte[] KEY = HexFormat.of().parseHex("0123456789abcdef".repeat(4));
    private static final List<Aead> AEADS = List.of(
            Primitives.preferred().aesGcm(), Primitives.preferred().chaChaPoly().orElseThrow());

    private record Direction(FrameSealer sealer, FrameOpener opener) {
        static Direction of(FrameForm form, Aead aead, SessionLimits limits, long firstSeq) {
            SessionAge age = new SessionAge(new ManualClock());
            return new Direction(
                    new FrameSealer(form, new FrameKey(aead, KEY, 0), 7, limits, age, firstSeq),
                    new FrameOpener(form, new FrameKey(aead, KEY, 0), 7, limits, age, update -> {}));
        }

        static Direction of(FrameForm form, Aead aead) {
            return of(form, aead, SessionLimits.DEFAULT, 0);
        }

        byte[] open(byte[] frame) {
            byte[] content = new byte[opener.maxContentLength(frame.length)];
            opener.open(frame, 0, frame.length, TOPIC, content, 0);
            return content;
        }
    }

    @Test
    void unverifiedPlaintextIsNeverLeftInTheCallersBuffer() {
        byte[] plaintext = "glucose 5.4 mmol/L, glucose 5.4 mmol/L".getBytes(UTF_8);
        for (Aead aead : AEADS) {
            for (FrameForm form : FrameForm.values()) {
                Direction direction = Direction.of(form, aead);
                byte[] forged = direction.sealer().seal(plaintext, TOPIC);
                forged[forged.length - 1] ^= 1;
                byte[] buffer = new byte[plaintext.length + 64];
                Arrays.fill(buffer, (byte) 0x55);

                assertRefused(() -> direction.opener().open(forged, 0, forged.length, TOPIC, buffer, 16));

                for (int at = 0; at + 4 <= plaintext.length; at++) {
                    byte[] part = Arrays.copyOfRange(plaintext, at, at + 4);
                    assertThat(indexOf(buffer, part))
                            .as(aead.provider() + " " + form)
                            .isNegative();
                }
                assertThat(Arrays.copyOf(buffer, 16)).containsOnly(0x55);
            }
        }
    }

    @Test
    void openingInPlaceIsRefusedBeforeAnythingHappens() {
        Direction direction = Direction.of(FrameForm.DATAGRAM, AEADS.get(0));
        byte[] frame = direction.sealer().seal(new byte[40], TOPIC);
        byte[] copy = frame.clone();

        assertThatThrownBy(() -> direction.opener().open(frame, 0, frame.length, TOPIC, frame, 12))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> direction.sealer().seal(frame, 0, 8, TOPIC, frame, 8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(frame).isEqualTo(copy);
        assertThat(direction.open(frame)).hasSize(40);
    }

    @Test
    void forgedFrameDoesNotKillTheGenuineOneOfTheSameNumber() {
        for (Aead aead : AEADS) {
            for (FrameForm form : FrameForm.values()) {
                Direction direction = Direction.of(form, aead);
                for (int i = 0; i < 10; i++) {
                    byte[] genuine = direction.sealer().seal(new byte[] {(byte) i, 1, 2}, TOPIC);
                    for (int bit = (genuine.length - 19) * 8; bit < genuine.length * 8; bit += 7) {
                        byte[] forged = flipped(genuine, bit);
                        assertRefused(() -> direction.open(forged));
                    }
                    assertThat(direction.open(genuine)).containsExactly(i, 1, 2);
                }
            }
        }
    }

    @Test
    void windowIsMovedByGenuineFramesOnly() {
        for (Aead aead : AEADS) {
            Direction direction = Direction.of(FrameForm.DATAGRAM, aead);
            byte[] first = direction.sealer().seal(NOTHING, TOPIC);
            byte[] high = direction.sealer().seal(NOTHING, TOPIC);
            for (int at = 4; at < 12; at++) {
                byte[] forged = high.clone();
                forged[at] = (byte) 0x7F;
                assertRefused(() -> direction.open(forged));
            }
            direction.open(high);
            direction.open(first);
            assertRefused(() -> direction.open(first));
        }
    }

    @Test
    void nonceExhaustionIsRefusedLongBeforeItComes() {
        SessionLimits all = SessionLimits.DEFAULT;
        SessionLimits lax = new SessionLimits(
                all.maxAge(), Long.MAX_VALUE, SessionLimits.MAX_SEQ, 1L << 56, all.rekeyAge(), all.grace());
        for (FrameForm form : List.of(FrameForm.DATAGRAM, FrameForm.INDEXED)) {
            Direction direction = Direction.of(form, AEADS.get(0), lax, SessionLimits.MAX_SEQ - 1);
            byte[] last = direction.sealer().seal(NOTHING, TOPIC);
            byte[] next = direction.sealer().seal(NOTHING, TOPIC);

            assertThat(direction.sealer().epoch())
                    .as("another key instead of another number")
                    .isEqualTo(1);
            assertThat(Arrays.copyOfRange(next, 4, 12)).containsOnly(0);
            direction.open(last);
            direction.open(next);
            byte[] beyond = last.clone();
            beyond[4] = (byte) 0xFF; // a number that no 64-bit arithmetic of ours may ever see
            assertRefused(() -> direction.open(beyond));
        }
        assertThatThrownBy(() ->
                        new SessionLimits(all.maxAge(), 1, SessionLimits.MAX_SEQ + 1, 1, all.rekeyAge(), all.grace()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Noise rev 34, section 4.2: the next key is ENCRYPT(k, 2^64-1, "", 32 zero octets) without its tag. */
    @Test
    void nextKeyIsThatOfTheNoiseProtocol() {
        for (Aead aead : AEADS) {
            byte[] derived = new byte[48];
            AeadKey key = aead.key(KEY, 0);
            key.seal(-1, NOTHING, 0, 0, NOTHING, new byte[32], 0, 32, derived, 0);
            Direction direction = Direction.of(FrameForm.DATAGRAM, aead);
            direction.sealer().rekey();
            direction.sealer().seal(NOTHING, TOPIC);
            byte[] frame = direction.sealer().seal(new byte[] {42}, TOPIC);

            byte[] content = new byte[1];
            aead.key(derived, 0).open(0, frame, 0, 12, TOPIC, frame, 12, 17, content, 0);

            assertThat(content).containsExactly(42);
        }
    }

    @Test
    void frameInAnotherPlaceIsRefused() {
        for (FrameForm form : FrameForm.values()) {
            Direction direction = Direction.of(form, AEADS.get(0));
            byte[] frame = direction.sealer().seal(new byte[3], TOPIC);
            byte[] content = new byte[3];
            assertRefused(() -> direction.opener().open(frame, 0, frame.length, NOTHING, content, 0));
            assertThat(direction.open(frame)).hasSize(3);
        }
    }

    @Test
    void headersAreAsDocumented() {
        byte[] content = {1};
        assertThat(Direction.of(FrameForm.STREAM, AEADS.get(0)).sealer().seal(content, TOPIC))
                .startsWith(0, 18, 1)
                .hasSize(20);
        assertThat(Direction.of(FrameForm.INDEXED, AEADS.get(0)).sealer().seal(content, TOPIC))
                .startsWith(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7)
                .hasSize(33);
        FrameSealer compact = Direction.of(FrameForm.COMPACT, AEADS.get(0)).sealer();
        compact.rekey();
        compact.seal(content, TOPIC);
        assertThat(compact.seal(FrameType.CLOSE, NOTHING, TOPIC))
                .startsWith(0x81, 0, 0)
                .hasSize(19);
    }

    @Test
    void unknownTypesFlagsAndReservedOctetsAreRefusedThoughAuthentic() {
        for (String header : List.of("00000000", "04000000", "ff000000", "01000100", "01000001")) {
            Direction direction = Direction.of(FrameForm.DATAGRAM, AEADS.get(0));
            byte[] frame = Arrays.copyOf(HexFormat.of().parseHex(header), 12 + 16);
            new FrameKey(AEADS.get(0), KEY, 0).seal(0, NOTHING, 0, 0, TOPIC, frame, 0, 12);
            assertRefused(() -> direction.open(frame));
        }
    }

    @Test
    void compactFramesAreFollowedBeyondSixteenBitsThroughLoss() {
        Direction direction = Direction.of(FrameForm.COMPACT, AEADS.get(0));
        for (int i = 0; i < 200_000; i++) {
            byte[] frame = direction.sealer().seal(new byte[] {(byte) i}, TOPIC);
            if (i % 20_011 == 0) { // the others are lost
                assertThat(direction.open(frame)).containsExactly((byte) i);
                assertRefused(() -> direction.open(frame));
            }
        }
    }

    @Test
    void largestContentFitsAndOneMoreDoesNot() {
        for (FrameForm form : FrameForm.values()) {
            Direction direction = Direction.of(form, AEADS.get(0));
            int max = direction.sealer().maxContentLength();
            assertThat(direction.open(direction.sealer().seal(new byte[max], TOPIC)))
                    .hasSize(max);
            assertThatThrownBy(() -> direction.sealer().seal(new byte[max + 1], TOPIC))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a frame protects at most " + max + " octets, but got " + (max + 1));
        }
    }

    @Test
    void partsOfArraysAreSealedAndOpened() {
        for (FrameForm form : FrameForm.values()) {
            Direction direction = Direction.of(form, AEADS.get(0));
            byte[] content = "..120/80..".getBytes(UTF_8);
            byte[] frame = new byte[100];
            int length = direction.sealer().seal(content, 2, 6, TOPIC, frame, 30);
            byte[] opened = new byte[50];
            FrameOpener.Opened what = direction.opener().open(frame, 30, length, TOPIC, opened, 5);

            assertThat(what).isEqualTo(new FrameOpener.Opened(FrameType.DATA, 6));
            assertThat(new String(opened, 5, 6, UTF_8)).isEqualTo("120/80");
            assertThatThrownBy(() -> direction.sealer().seal(content, 2, 6, TOPIC, frame, 90))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> direction.opener().open(frame, 30, length, TOPIC, opened, 48))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void refusedRepetitionCostsOneExceptionAndNothingElse() {
        Direction direction = Direction.of(FrameForm.DATAGRAM, AEADS.get(0));
        byte[] frame = direction.sealer().seal(new byte[64], TOPIC);
        byte[] content = new byte[64];
        direction.open(frame);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        refuse(direction, frame, content, rounds);

        long before = threads.getCurrentThreadAllocatedBytes();
        refuse(direction, frame, content, rounds);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;

        assertThat(each).isLessThanOrEqualTo(48);
    }

    private static void refuse(Direction direction, byte[] frame, byte[] content, int rounds) {
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            try {
                direction.opener().open(frame, 0, frame.length, TOPIC, content, 0);
            } catch (AuthenticationException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(rounds);
    }

    @Test
    void sealingAndOpeningMakeAtMostThirtyTwoOctetsOfGarbageOfTheirOwn() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Aead aead = AEADS.get(0);
        Direction direction = Direction.of(FrameForm.DATAGRAM, aead);
        AeadKey key = aead.key(KEY, 0);
        byte[] content = new byte[64];
        byte[] frame = new byte[92];
        byte[] opened = new byte[64];
        int rounds = 20_000;
        long[] spent = new long[2];
        for (int round = 0; round < 3; round++) { // the last counts: by then all is compiled
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rounds; i++) {
                long nonce = (long) round * rounds + i;
                key.seal(nonce, frame, 0, 12, TOPIC, content, 0, 64, frame, 12);
                key.open(nonce, frame, 0, 12, TOPIC, frame, 12, 80, opened, 0);
            }
            long middle = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rounds; i++) {
                direction.sealer().seal(content, 0, 64, TOPIC, frame, 0);
                direction.opener().open(frame, 0, 92, TOPIC, opened, 0);
            }
            spent[0] = middle - start;
            spent[1] = threads.getCurrentThreadAllocatedBytes() - middle;
        }

        assertThat((spent[1] - spent[0]) / (double) rounds).isLessThanOrEqualTo(32.5);
    }

    @Test
    void packetsOfAStreamAreBoundedBeforeTheyArrive() {
        StreamReader reader = new StreamReader(100);
        reader.append(new byte[] {0, 98, 1}, 0, 3);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.hasPart()).isTrue();

        StreamReader flooded = new StreamReader(100);
        flooded.append(new byte[] {0, 99}, 0, 2);
        assertRefused(flooded::next);
        StreamReader empty = new StreamReader(100);
        empty.append(new byte[] {0, 0}, 0, 2);
        assertRefused(empty::next);
    }

    @Test
    void announcedLengthTakesNoMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<StreamReader> readers = new ArrayList<>();
        byte[] announced = {(byte) 0xFF, (byte) 0xFF, 1};
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            StreamReader reader = new StreamReader(StreamReader.MAX_PACKET_LENGTH);
            reader.append(announced, 0, announced.length);
            reader.next();
            readers.add(reader);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000 * 1024);
        assertThat(readers).hasSize(1000);
    }

    private static int indexOf(byte[] where, byte[] what) {
        for (int at = 0; at + what.length <= where.length; at++) {
            if (Arrays.equals(where, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
