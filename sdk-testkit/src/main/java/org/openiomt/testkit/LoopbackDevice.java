package org.openiomt.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.WriteMode;

/**
 * A device in memory for tests of drivers and gateways: it has channels, answers reads and writes, announces values, and fails
 * as it is told. Safe for use by several threads at once; a link calls back on the scheduler, one call at a time and in order.
 */
public final class LoopbackDevice {
    private static final int INSUFFICIENT_RESOURCES = 0x11;

    private final String address;
    private final Set<String> services;
    private final Scheduler scheduler;
    private final Map<Channel, byte[]> values = new LinkedHashMap<>();
    private final Map<Channel, Integer> refusals = new LinkedHashMap<>();
    private final List<Written> writes = new ArrayList<>();
    private @Nullable LoopbackLink link;
    private int refusedOpens;
    private int opened;
    private boolean isSilent;
    private boolean refusesSubscriptions;
    private Duration delay = Duration.ZERO;
    private UnaryOperator<byte[]> distortion = UnaryOperator.identity();

    /**
     * Something that was written to the device.
     *
     * @param channel where
     * @param hex what, in lower-case hexadecimal digits
     */
    public record Written(Channel channel, String hex) {}

    /**
     * Makes a device.
     *
     * @param scheduler time and threads, a {@link ManualClock} in most tests
     * @param address how it is found
     * @param services what it offers
     */
    public LoopbackDevice(Scheduler scheduler, String address, String... services) {
        this.scheduler = scheduler;
        this.address = address;
        this.services = Set.of(services);
    }

    /** Gives a channel a value; also makes the channel. */
    public synchronized LoopbackDevice with(String channel, byte[] value) {
        values.put(Channel.of(channel), value.clone());
        return this;
    }

    /** Refuses reads, writes and subscriptions of a channel with a code. */
    public synchronized LoopbackDevice refusing(String channel, int code) {
        refusals.put(Channel.of(channel), code);
        return this;
    }

    /** Refuses the next {@code times} links. */
    public synchronized void refuseOpens(int times) {
        refusedOpens = times;
    }

    /** Refuses every subscription from now on, or none. */
    public synchronized void refuseSubscriptions(boolean refuse) {
        refusesSubscriptions = refuse;
    }

    /** Answers nothing from now on, or answers again. */
    public synchronized void silent(boolean silent) {
        isSilent = silent;
    }

    /** Delays each announced value; order is kept. */
    public synchronized void delay(Duration each) {
        delay = each;
    }

    /** Changes each announced value on its way, such as cutting it short. */
    public synchronized void distort(UnaryOperator<byte[]> change) {
        distortion = change;
    }

    /** Announces a value to whoever has subscribed; false when nobody has. */
    public synchronized boolean announce(String channel, byte[] octets) {
        return link != null && link.announce(Channel.of(channel), distortion.apply(octets.clone()));
    }

    /** Cuts the link, when there is one. */
    public void loseLink(String reason) {
        LoopbackLink lost;
        synchronized (this) {
            lost = link;
        }
        if (lost != null) {
            lost.end(reason);
        }
    }

    /** Whether a link is open. */
    public synchronized boolean isConnected() {
        return link != null;
    }

    /** Returns how many links were opened so far. */
    public synchronized int opened() {
        return opened;
    }

    /** Returns what was written so far, oldest first. */
    public synchronized List<Written> writes() {
        return List.copyOf(writes);
    }

    Discovery discovery() {
        return new Discovery(
                address,
                Optional.of(address),
                services,
                Map.of(),
                OptionalInt.empty(),
                scheduler.clock().instant());
    }

    String address() {
        return address;
    }

    synchronized CompletionStage<Link> open() {
        CompletableFuture<Link> result = new CompletableFuture<>();
        if (isSilent) {
            return result;
        }
        if (refusedOpens > 0 || link != null) {
            refusedOpens = Math.max(0, refusedOpens - 1);
            String why = link == null ? "the device refused the link" : "the device has a link already";
            scheduler.execute(() -> result.completeExceptionally(new LinkException(why)));
            return result;
        }
        opened++;
        LoopbackLink made = new LoopbackLink();
        link = made;
        scheduler.execute(() -> result.complete(made));
        return result;
    }

    /** The one link of a device. Its state is guarded by the device. */
    private final class LoopbackLink implements Link {
        private final Map<Channel, Consumer<byte[]>> consumers = new LinkedHashMap<>();
        private final Set<Consumer<LinkException>> waiting = new LinkedHashSet<>();
        private final List<Consumer<String>> listeners = new ArrayList<>();
        private final Queue<Runnable> onTheAir = new ArrayDeque<>();
        private final Mailbox calls = new Mailbox(scheduler);
        private Instant lastArrival = Instant.MIN;
        private @Nullable String endReason;

        @Override
        public Set<Channel> channels() {
            synchronized (LoopbackDevice.this) {
                return Set.copyOf(values.keySet());
            }
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            return answer(channel, () -> valueOf(channel).clone());
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            String hex = HexFormat.of().formatHex(octets);
            return answer(channel, () -> {
                valueOf(channel);
                writes.add(new Written(channel, hex));
                return null;
            });
        }

        @Override
        public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
            return answer(channel, () -> {
                valueOf(channel);
                if (refusesSubscriptions) {
                    throw new RefusedException(INSUFFICIENT_RESOURCES, "subscribing to " + channel + " is refused");
                }
                consumers.put(channel, octets);
                return () -> answer(channel, () -> {
                    consumers.remove(channel);
                    return null;
                });
            });
        }

        @Override
        public int maxValueLength() {
            return 244;
        }

        @Override
        public LinkState state() {
            synchronized (LoopbackDevice.this) {
                return endReason == null ? LinkState.OPEN : LinkState.CLOSED;
            }
        }

        @Override
        public void onClosed(Consumer<String> listener) {
            synchronized (LoopbackDevice.this) {
                if (endReason == null) {
                    listeners.add(listener);
                    return;
                }
            }
            String reason = endReason;
            calls.execute(() -> listener.accept(reason));
        }

        @Override
        public void close() {
            end("closed");
        }

        boolean announce(Channel channel, byte[] octets) {
            Consumer<byte[]> consumer = consumers.get(channel);
            if (consumer == null) {
                return false;
            }
            onTheAir.add(() -> consumer.accept(octets));
            Instant now = scheduler.clock().instant();
            Instant arrival = now.plus(delay);
            lastArrival = arrival.isBefore(lastArrival) ? lastArrival : arrival;
            if (lastArrival.isAfter(now)) {
                scheduler.schedule(Duration.between(now, lastArrival), () -> calls.execute(this::arrive));
            } else {
                calls.execute(this::arrive);
            }
            return true;
        }

        /** Hands over the value that has been on the air longest, whichever value's time it is. */
        private void arrive() {
            Runnable first;
            synchronized (LoopbackDevice.this) {
                first = endReason == null ? onTheAir.poll() : null;
            }
            if (first != null) {
                first.run();
            }
        }

        void end(String reason) {
            List<Consumer<LinkException>> failed;
            List<Consumer<String>> told;
            synchronized (LoopbackDevice.this) {
                if (endReason != null) {
                    return;
                }
                endReason = reason;
                link = null;
                failed = List.copyOf(waiting);
                told = List.copyOf(listeners);
                waiting.clear();
                listeners.clear();
                consumers.clear();
            }
            failed.forEach(call -> call.accept(new LinkException("link lost: " + reason)));
            told.forEach(listener -> calls.execute(() -> listener.accept(reason)));
        }

        private <T> CompletionStage<T> answer(Channel channel, Answer<T> answer) {
            CompletableFuture<T> result = new CompletableFuture<>();
            Consumer<LinkException> fail = result::completeExceptionally;
            synchronized (LoopbackDevice.this) {
                if (endReason != null) {
                    return CompletableFuture.failedFuture(new LinkException("the link is closed: " + endReason));
                }
                waiting.add(fail);
                if (isSilent) {
                    return result;
                }
            }
            calls.execute(() -> {
                Integer code;
                synchronized (LoopbackDevice.this) {
                    if (!waiting.remove(fail)) {
                        return;
                    }
                    code = refusals.get(channel);
                }
                try {
                    if (code != null) {
                        throw new RefusedException(code, channel + " refused with code " + code);
                    }
                    @Nullable T value;
                    synchronized (LoopbackDevice.this) {
                        value = answer.give();
                    }
                    result.complete(value);
                } catch (LinkException e) {
                    result.completeExceptionally(e);
                }
            });
            return result;
        }

        private byte[] valueOf(Channel channel) {
            byte[] value = values.get(channel);
            if (value == null) {
                throw new LinkException("the device has no channel " + channel);
            }
            return value;
        }
    }

    /** What the device does when it is asked; null where the answer says nothing. */
    @FunctionalInterface
    private interface Answer<T> {
        @Nullable
        T give();
    }
}
