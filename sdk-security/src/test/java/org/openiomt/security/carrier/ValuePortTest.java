package org.openiomt.security.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.session.FrameForm;
import org.openiomt.testkit.ManualClock;

class ValuePortTest {
    private static final Channel WRITTEN = Channel.of("fe59/0001");
    private static final Channel ANNOUNCED = Channel.of("fe59/0002");

    private final Ends ends = new Ends(FrameForm.COMPACT);

    /** A link over which values of so many octets travel, and a peripheral at its other end. */
    private static final class Air implements Link {
        private final ManualClock clock;
        private final int size;
        private Predicate<byte[]> isLost = value -> false;
        private Consumer<byte[]> atCentral = value -> {};
        private final ValuePort peripheral;
        private int values;
        private int longest;

        Air(ManualClock clock, int size) {
            this.clock = clock;
            this.size = size;
            this.peripheral =
                    new ValuePort(WRITTEN, ANNOUNCED, false, size, value -> carried(value, v -> atCentral.accept(v)));
        }

        private CompletionStage<Void> carried(byte[] value, Consumer<byte[]> to) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            values++;
            longest = Math.max(longest, value.length);
            byte[] copy = value.clone();
            clock.execute(() -> {
                if (!isLost.test(copy)) {
                    to.accept(copy);
                }
                done.complete(null);
            });
            return done;
        }

        @Override
        public Set<Channel> channels() {
            return Set.of(WRITTEN, ANNOUNCED);
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            throw new AssertionError("not expected: a read, of " + channel);
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            assertThat(channel).isEqualTo(WRITTEN);
            return carried(octets, peripheral::arrived);
        }

        @Override
        public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
            assertThat(channel).isEqualTo(ANNOUNCED);
            atCentral = octets;
            return CompletableFuture.completedFuture(() -> CompletableFuture.completedFuture(null));
        }

        @Override
        public int maxValueLength() {
            return size;
        }

        @Override
        public LinkState state() {
            return LinkState.OPEN;
        }

        @Override
        public void onClosed(Consumer<String> listener) {}

        @Override
        public void close() {}
    }

    private SessionCarrier connect(Air air) {
        SessionCarrier device = SessionCarrier.respond(
                ends.device, ends.gate, new byte[] {1}, air.peripheral, ends.clock, ends.atDevice);
        ValuePort central =
                ValuePort.open(air, WRITTEN, ANNOUNCED).toCompletableFuture().join();
        SessionCarrier gateway = SessionCarrier.initiate(ends.gateway, central, ends.clock, ends.atGateway);
        ends.clock.runUntilIdle();
        device.send(Ends.octets("120/80 mmHg, taken at rest"));
        gateway.send(Ends.octets("go on"));
        ends.clock.runUntilIdle();
        return gateway;
    }

    @Test
    void hybridHandshakeAndContentPassThroughTwentyOctets() {
        Air air = new Air(ends.clock, 20);
        connect(air);

        assertThat(ends.atGateway.contents).containsExactly("120/80 mmHg, taken at rest");
        assertThat(ends.atDevice.contents).containsExactly("go on");
        assertThat(ends.atGateway.sessions.get(0).isPostQuantum()).isTrue();
        assertThat(air.longest).isEqualTo(20);
        assertThat(air.values).isGreaterThan(130);
    }

    @Test
    void frameOfTheOneChannelIsNoFrameOfTheOther() {
        Air air = new Air(ends.clock, 244);
        SessionCarrier gateway = connect(air);
        List<byte[]> seen = new ArrayList<>();
        air.isLost = value -> {
            seen.add(value.clone());
            return true;
        };
        gateway.send(Ends.octets("secret"));
        ends.clock.runUntilIdle();
        assertThat(seen).hasSize(1);

        air.atCentral.accept(seen.get(0)); // reflected
        ends.clock.runUntilIdle();
        assertThat(ends.atGateway.contents).hasSize(1);
    }

    @Test
    void lostValueLosesItsContentOnly() {
        Air air = new Air(ends.clock, 20);
        SessionCarrier gateway = connect(air);
        int[] count = new int[1];
        air.isLost = value -> count[0]++ == 1;

        gateway.send(Ends.octets("this one is lost, as its second value is"));
        gateway.send(Ends.octets("this one is not"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.contents).containsExactly("go on", "this one is not");
    }

    @Test
    void queueIsBounded() {
        List<byte[]> written = new ArrayList<>();
        ValuePort port = new ValuePort(WRITTEN, ANNOUNCED, true, 20, value -> {
            written.add(value);
            return new CompletableFuture<>(); // never
        });
        for (int i = 0; i < 100_000; i++) {
            port.send(new byte[100]);
        }
        assertThat(written).hasSize(1);
        port.close();
        assertThatThrownBy(() -> new ValuePort(WRITTEN, ANNOUNCED, true, 19, value -> new CompletableFuture<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
