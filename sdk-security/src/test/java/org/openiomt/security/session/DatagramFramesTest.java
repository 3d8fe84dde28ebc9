package org.openiomt.security.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.primitive.Primitives;

class DatagramFramesTest {
    private static final byte[] CHANNEL = "0x2A35".getBytes(UTF_8);
    private static final byte[] NOTHING = {};
    private static final int HEADER_LENGTH = 12;

    private final Ends ends = Ends.fresh();
    private final FrameGuard gateway = ends.gateway();
    private final FrameGuard device = ends.device();

    @AfterEach
    void close() {
        ends.close();
    }

    @Test
    void framesTravelBothWays() {
        assertThat(gateway.open(device.seal(octets("systolic"), CHANNEL), CHANNEL))
                .isEqualTo(octets("systolic"));
        assertThat(device.open(gateway.seal(octets("start"), CHANNEL), CHANNEL)).isEqualTo(octets("start"));
    }

    @Test
    void headerStandsInClearBeforeTheContent() {
        device.seal(NOTHING, CHANNEL);
        byte[] frame = device.seal(octets("ab"), CHANNEL);

        assertThat(frame).hasSize(2 + device.overhead()).startsWith(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(device.overhead()).isEqualTo(28);
    }

    @Test
    void emptyAndLongestContentFit() {
        byte[] longest = new byte[FrameSealer.MAX_FRAME_LENGTH - device.overhead()];
        Arrays.fill(longest, (byte) 7);

        assertThat(gateway.open(device.seal(NOTHING, NOTHING), NOTHING)).isEmpty();
        assertThat(gateway.open(device.seal(longest, CHANNEL), CHANNEL)).isEqualTo(longest);
        assertThatThrownBy(() -> device.seal(new byte[longest.length + 1], CHANNEL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frame protects at most 65507 octets, but got 65508");
    }

    @Test
    void sameContentIsNeverTheSameFrame() {
        byte[] first = device.seal(octets("72 bpm"), CHANNEL);
        byte[] second = device.seal(octets("72 bpm"), CHANNEL);

        assertThat(content(second)).isNotEqualTo(content(first));
    }

    @Test
    void frameOpensOnce() {
        byte[] frame = device.seal(octets("x"), CHANNEL);
        gateway.open(frame, CHANNEL);

        assertRefused(gateway, frame, CHANNEL);
    }

    @Test
    void reflectedFrameIsRefused() {
        byte[] frame = device.seal(octets("x"), CHANNEL);

        assertRefused(device, frame, CHANNEL);
        assertThat(gateway.open(frame, CHANNEL)).isEqualTo(octets("x"));
    }

    @Test
    void frameOfAnotherSessionIsRefused() {
        try (Ends other = Ends.fresh()) {
            assertRefused(gateway, other.device().seal(octets("x"), CHANNEL), CHANNEL);
        }
    }

    @Test
    void frameForAnotherPlaceIsRefused() {
        byte[] frame = device.seal(octets("x"), CHANNEL);

        for (byte[] place : List.of(octets("0x2A36"), NOTHING, octets("0x2A35 "), octets("0x2A3"))) {
            assertRefused(gateway, frame, place);
        }
        assertThat(gateway.open(frame, CHANNEL)).isEqualTo(octets("x"));
    }

    @Test
    void octetsCannotMoveBetweenAssociatedDataAndFrame() {
        byte[] frame = device.seal(octets("bc"), octets("a"));

        assertRefused(gateway, Arrays.copyOf(frame, frame.length - 1), octets("a"));
        assertRefused(gateway, frame, octets("ab"));
        assertThat(gateway.open(frame, octets("a"))).isEqualTo(octets("bc"));
    }

    @Test
    void everyHeaderOctetIsFixedOrCounted() {
        byte[] frame = device.seal(octets("x"), CHANNEL);

        for (int at = 0; at < HEADER_LENGTH; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = frame.clone();
                changed[at] = (byte) value;
                if (changed[at] != frame[at]) {
                    assertRefused(gateway, changed, CHANNEL);
                }
            }
        }
        assertThat(gateway.open(frame, CHANNEL)).isEqualTo(octets("x"));
    }

    @Test
    void genuineFrameOfAnotherKindIsRefused() {
        try (SessionKeys keys = SessionKeys.fromPreSharedKey(SessionKeys.newPreSharedKey(), "gateway-1", "cuff-1");
                FrameGuard guard = DatagramFrames.of(keys, Role.INITIATOR)) {
            FrameKey device = new FrameKey(
                    Primitives.preferred().aesGcm(), keys.take(Role.RESPONDER).send(), 0);
            List<String> headers = List.of("02000000", "00000000", "01010000", "01000100", "01000001");

            for (String header : headers) {
                assertRefused(guard, sealedUnder(header, device, octets("x"), headers.indexOf(header)), CHANNEL);
            }
            assertRefused(guard, sealedUnder("01000000", device, new byte[FrameSealer.MAX_FRAME_LENGTH], 8), CHANNEL);
            assertThat(guard.open(sealedUnder("01000000", device, octets("x"), 9), CHANNEL))
                    .isEqualTo(octets("x"));
        }
    }

    private static byte[] sealedUnder(String header, FrameKey device, byte[] content, long number) {
        byte[] frame = new byte[HEADER_LENGTH + content.length + FrameKey.TAG_LENGTH];
        ByteBuffer.wrap(frame).put(HexFormat.of().parseHex(header)).putLong(number);
        device.seal(number, content, 0, content.length, CHANNEL, frame, 0, HEADER_LENGTH);
        return frame;
    }

    @Test
    void forgedHighNumberDoesNotPinTheWindow() {
        byte[] forged = device.seal(octets("x"), CHANNEL);
        ByteBuffer.wrap(forged).putLong(4, SessionLimits.MAX_SEQ - 1);
        byte[] genuine = device.seal(octets("y"), CHANNEL);

        for (int i = 0; i < 1000; i++) {
            assertRefused(gateway, forged, CHANNEL);
        }

        assertThat(gateway.open(genuine, CHANNEL)).isEqualTo(octets("y"));
    }

    @Test
    void anyOtherLengthIsRefused() {
        byte[] frame = device.seal(octets("xyz"), CHANNEL);

        for (int length = 0; length < frame.length; length++) {
            assertRefused(gateway, Arrays.copyOf(frame, length), CHANNEL);
        }
        assertRefused(gateway, Arrays.copyOf(frame, frame.length + 1), CHANNEL);
        assertRefused(gateway, Arrays.copyOf(frame, FrameSealer.MAX_FRAME_LENGTH + 1), CHANNEL);
        assertThat(gateway.open(frame, CHANNEL)).isEqualTo(octets("xyz"));
    }

    @Test
    void frameBehindTheWindowIsRefused() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i <= ReplayWindow.SIZE; i++) {
            frames.add(device.seal(octets("x" + i), CHANNEL));
        }
        gateway.open(frames.get(ReplayWindow.SIZE), CHANNEL);

        assertRefused(gateway, frames.get(0), CHANNEL);
        assertThat(gateway.open(frames.get(1), CHANNEL)).isEqualTo(octets("x1"));
    }

    @Test
    void numbersBeyondThirtyTwoBitsWork() {
        try (Ends late = Ends.startingAt((1L << 32) - 1)) {
            byte[] before = late.device().seal(octets("a"), CHANNEL);
            byte[] after = late.device().seal(octets("b"), CHANNEL);

            assertThat(after).startsWith(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
            assertThat(late.gateway().open(after, CHANNEL)).isEqualTo(octets("b"));
            assertThat(late.gateway().open(before, CHANNEL)).isEqualTo(octets("a"));
            assertRefused(late.gateway(), after, CHANNEL);
        }
    }

    @Test
    void sealingEndsAtTheLimitInsteadOfUsingANumberTwice() {
        try (Ends last = Ends.startingAt(SessionLimits.MAX_SEQ - 1)) {
            byte[] frame = last.device().seal(octets("last"), CHANNEL);

            assertThat(last.gateway().open(frame, CHANNEL)).isEqualTo(octets("last"));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> last.device().seal(octets("more"), CHANNEL))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("all 1099511627776 frames of this session are used: begin a new one");
            }
        }
    }

    @Test
    void afterCloseEverythingIsRefused() {
        byte[] frame = device.seal(octets("x"), CHANNEL);

        gateway.close();
        gateway.close();

        assertRefused(gateway, frame, CHANNEL);
        assertThatThrownBy(() -> gateway.seal(octets("y"), CHANNEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the session is closed");
    }

    @Test
    void guardOutlivesTheKeysItWasMadeFrom() {
        // Ends.fresh has closed its keys already.
        assertThat(gateway.open(device.seal(octets("x"), CHANNEL), CHANNEL)).isEqualTo(octets("x"));
    }

    @Test
    void secondGuardOfOneRoleIsRefused() {
        try (SessionKeys keys = SessionKeys.fromPreSharedKey(SessionKeys.newPreSharedKey(), "gateway-1", "cuff-1")) {
            try (FrameGuard first = DatagramFrames.of(keys, Role.INITIATOR)) {
                assertThatThrownBy(() -> DatagramFrames.of(keys, Role.INITIATOR))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(first.seal(octets("x"), CHANNEL)).hasSize(29);
            }
        }
    }

    @Test
    void argumentsAreNotChangedAndResultsAreTheCallers() {
        byte[] octets = octets("x");
        byte[] frame = device.seal(octets, CHANNEL);
        byte[] copy = frame.clone();

        byte[] opened = gateway.open(frame, CHANNEL);
        opened[0] = 0;

        assertThat(octets).isEqualTo(octets("x"));
        assertThat(frame).isEqualTo(copy);
        assertThat(gateway.open(device.seal(octets, CHANNEL), CHANNEL)).isEqualTo(octets("x"));
    }

    @Test
    void refusedFrameKeepsItsOctets() {
        byte[] frame = device.seal(octets("plaintext"), CHANNEL);
        frame[frame.length - 1] ^= 1;
        byte[] copy = frame.clone();

        assertRefused(gateway, frame, CHANNEL);

        assertThat(frame).isEqualTo(copy);
    }

    @Test
    void threadsNeverShareANumberNorOpenAFrameTwice() throws Exception {
        int threads = 4;
        int framesEach = 2000; // together four times the window: order across threads must stay within it
        List<byte[]> frames = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Future<List<byte[]>> sealed : executor.invokeAll(sealers(threads, framesEach), 60, TimeUnit.SECONDS)) {
                frames.addAll(sealed.get());
            }
            frames.sort((a, b) -> Long.compare(number(a), number(b)));
            assertThat(frames.stream().map(DatagramFramesTest::number).distinct())
                    .hasSize(threads * framesEach);

            Set<String> opened = ConcurrentHashMap.newKeySet();
            AtomicInteger refused = new AtomicInteger();
            for (int from = 0; from < frames.size(); from += 500) {
                List<byte[]> batch = frames.subList(from, from + 500);
                openAllByAll(executor, threads, batch, opened, refused);
            }
            assertThat(opened).hasSize(threads * framesEach);
            assertThat(refused).hasValue((threads - 1) * threads * framesEach);
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Callable<List<byte[]>>> sealers(int threads, int framesEach) {
        CountDownLatch start = new CountDownLatch(threads);
        List<Callable<List<byte[]>>> sealers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String name = "thread " + thread + " frame ";
            sealers.add(() -> {
                start.countDown();
                start.await();
                List<byte[]> frames = new ArrayList<>();
                for (int i = 0; i < framesEach; i++) {
                    frames.add(device.seal(octets(name + i), CHANNEL));
                }
                return frames;
            });
        }
        return sealers;
    }

    private void openAllByAll(
            ExecutorService executor, int threads, List<byte[]> batch, Set<String> opened, AtomicInteger refused)
            throws Exception {
        List<Callable<Boolean>> openers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            openers.add(() -> {
                boolean isEachNew = true;
                for (byte[] frame : batch) {
                    try {
                        isEachNew &= opened.add(new String(gateway.open(frame, CHANNEL), UTF_8));
                    } catch (AuthenticationException e) {
                        refused.incrementAndGet();
                    }
                }
                return isEachNew;
            });
        }
        for (Future<Boolean> done : executor.invokeAll(openers, 60, TimeUnit.SECONDS)) {
            assertThat(done.get()).isTrue();
        }
    }

    @Test
    void noTextShowsKeyOrContent() {
        assertThat(gateway).hasToString("DatagramFrames[keys hidden]");
    }

    private static void assertRefused(FrameGuard guard, byte[] frame, byte[] associatedData) {
        assertThatThrownBy(() -> guard.open(frame, associatedData))
                .isExactlyInstanceOf(AuthenticationException.class)
                .hasMessage("frame not authentic")
                .hasNoCause();
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] content(byte[] frame) {
        return Arrays.copyOfRange(frame, HEADER_LENGTH, frame.length);
    }

    private static long number(byte[] frame) {
        return ByteBuffer.wrap(frame).getLong(4);
    }
}
