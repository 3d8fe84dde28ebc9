package org.openiomt.security.carrier;

import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;

/** Two ports joined by a wire in memory that loses, repeats and delays as chance says: for trying things out, and for tests. */
public final class MemoryPorts {
    private static final int MAX_LENGTH = 65_535;

    private final End initiator;
    private final End responder;

    /**
     * What happens to a datagram.
     *
     * @param loss how often it is lost, 0 to 1
     * @param repetition how often it arrives twice, 0 to 1
     * @param latency how long it takes at least
     * @param jitter how much longer it may take, by chance: what is sent first then does not always arrive first
     */
    public record Weather(double loss, double repetition, Duration latency, Duration jitter) {
        /** Nothing is lost, everything arrives at once. */
        public static final Weather FAIR = new Weather(0, 0, Duration.ZERO, Duration.ZERO);

        /** Checks the bounds. */
        public Weather {
            if (!(loss >= 0 && loss <= 1 && repetition >= 0 && repetition <= 1)) {
                throw new IllegalArgumentException("chances are from 0 to 1, but got " + loss + " and " + repetition);
            }
            if (latency.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("nothing arrives before it is sent");
            }
        }
    }

    /** Joins two ports. {@code random} makes the weather: the same seed, the same weather. */
    public MemoryPorts(Weather weather, Random random, Scheduler scheduler) {
        this.initiator = new End(weather, random, scheduler);
        this.responder = new End(weather, random, scheduler);
        initiator.other = responder;
        responder.other = initiator;
    }

    /** Returns one end. */
    public DatagramPort initiator() {
        return initiator;
    }

    /** Returns the other end. */
    public DatagramPort responder() {
        return responder;
    }

    private static final class End implements DatagramPort {
        private final Weather weather;
        private final Random random;
        private final Scheduler scheduler;
        private volatile @Nullable Consumer<byte[]> consumer;
        private volatile @Nullable End other;

        End(Weather weather, Random random, Scheduler scheduler) {
            this.weather = weather;
            this.random = random;
            this.scheduler = scheduler;
        }

        @Override
        public int maxLength() {
            return MAX_LENGTH;
        }

        @Override
        public void send(byte[] datagram) {
            int copies = random.nextDouble() < weather.loss() ? 0 : random.nextDouble() < weather.repetition() ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                byte[] copy = datagram.clone();
                long jitter = (long) (random.nextDouble() * weather.jitter().toMillis());
                scheduler.schedule(weather.latency().plusMillis(jitter), () -> arrive(copy));
            }
        }

        private void arrive(byte[] datagram) {
            End to = other;
            Consumer<byte[]> receiver = to == null ? null : to.consumer;
            if (receiver != null) {
                receiver.accept(datagram);
            }
        }

        @Override
        public void receiveWith(Consumer<byte[]> to) {
            consumer = to;
        }

        @Override
        public void close() {
            consumer = null;
        }
    }
}
