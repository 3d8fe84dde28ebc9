package org.openiomt.ble.virtual;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.WriteMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Both ends of one connection. Requests, answers, announcements and confirmations are frames in one lane, so each link has one
 * order and its callbacks never overlap. The state is guarded by the peripheral's lock, under which frames are sealed and put
 * into the lane; handlers, consumers and stages are called without it. While the peripheral serves a request, what it announces
 * is held back until the answer is on its way: a central hears that it has subscribed before it hears the first value.
 *
 * Whatever ends the link goes through end(), once: it frees the peripheral, fails what waits and tells the listeners.
 */
final class VirtualLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLink.class);

    /** After so long without an answer the link is given up: Core Specification 5.4, Vol 3, Part F, 3.3.3. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final VirtualTransport owner;
    private final VirtualPeripheral peripheral;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Optional<FrameGuard> guard;
    private final Object lock;

    // Guarded by the lock.
    private final Set<Call<?>> pending = new LinkedHashSet<>();
    private final Map<Channel, List<Listening>> listeners = new HashMap<>();
    private final Deque<Indication> indications = new ArrayDeque<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<Consumer<String>> closedListeners = new ArrayList<>();
    private boolean isServing;
    private boolean isOpen;
    private int carried;
    private @Nullable String closedBecause;

    /** How a link ended. */
    enum Ending {
        /** A side closed it. */
        CLOSED,
        /** It broke. */
        LOST
    }

    /** Something that waits for the other end. */
    private static final class Call<T> {
        final String what;
        final CompletableFuture<T> future = new CompletableFuture<>();
        Scheduler.Cancellable timer = () -> {};

        Call(String what) {
            this.what = what;
        }
    }

    private static final class Indication {
        final Channel channel;
        final byte[] octets;
        final Call<Void> call;

        Indication(Channel channel, byte[] octets) {
            this.channel = channel;
            this.octets = octets;
            this.call = new Call<>("indicating " + channel);
        }
    }

    VirtualLink(VirtualTransport owner, VirtualPeripheral peripheral, Scheduler scheduler) {
        this.owner = owner;
        this.peripheral = peripheral;
        this.scheduler = scheduler;
        this.lane = new Lane(scheduler);
        this.guard = peripheral.newGuard();
        this.lock = peripheral.lock();
    }

    CompletionStage<Link> connect() {
        Call<Link> call = new Call<>("connecting");
        synchronized (lock) {
            pending.add(call);
            startTimer(call);
            lane.carry(peripheral.faults().delay(), () -> asked(call));
        }
        return call.future;
    }

    private void asked(Call<Link> call) {
        if (peripheral.faults().isSilent()) {
            return;
        }
        Optional<String> refusal;
        synchronized (lock) {
            if (closedBecause != null) {
                return;
            }
            refusal = peripheral.accept(this);
        }
        if (refusal.isPresent()) {
            end(refusal.get(), Ending.CLOSED);
        } else {
            lane.carry(peripheral.faults().delay(), () -> accepted(call));
        }
    }

    private void accepted(Call<Link> call) {
        synchronized (lock) {
            isOpen = true;
        }
        tell(peripheral::connected);
        finish(call, () -> call.future.complete(this));
        restartCount();
    }

    @Override
    public Set<Channel> channels() {
        return peripheral.channels();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return request("reading " + channel, () -> {
            byte[] frame = outgoing(channel, peripheral.read(channel));
            return () -> frame;
        });
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        if (octets.length > maxValueLength()) {
            throw new IllegalArgumentException(
                    "a value on this link has at most " + maxValueLength() + " octets, but got " + octets.length);
        }
        byte[] copy = octets.clone();
        if (mode == WriteMode.WITH_RESPONSE) {
            return request("writing " + channel, () -> {
                written(channel, copy, Property.WRITE);
                return () -> null;
            });
        }
        synchronized (lock) {
            if (closedBecause != null) {
                return CompletableFuture.failedFuture(closed("writing " + channel));
            }
            carry(() -> serveUnanswered(channel, copy));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        Listening listening = new Listening(channel, Objects.requireNonNull(octets, "octets"));
        return request("subscribing to " + channel, () -> {
            peripheral.subscribe(this, channel);
            return listening::add;
        });
    }

    /** A subscription at the central's end. */
    private final class Listening implements Subscription {
        final Channel channel;
        final Consumer<byte[]> consumer;
        private @Nullable CompletionStage<Void> cancelled;

        Listening(Channel channel, Consumer<byte[]> consumer) {
            this.channel = channel;
            this.consumer = consumer;
        }

        @Override
        public CompletionStage<Void> cancel() {
            synchronized (lock) {
                if (closedBecause != null) {
                    return CompletableFuture.completedFuture(null);
                }
                if (cancelled == null) {
                    cancelled = request("unsubscribing from " + channel, () -> {
                        peripheral.unsubscribe(channel);
                        return this::remove;
                    });
                }
                return cancelled;
            }
        }

        private Subscription add() {
            synchronized (lock) {
                listeners.computeIfAbsent(channel, any -> new ArrayList<>()).add(this);
            }
            return this;
        }

        private @Nullable Void remove() {
            synchronized (lock) {
                listeners.getOrDefault(channel, new ArrayList<>()).remove(this);
            }
            return null;
        }
    }

    @Override
    public int maxValueLength() {
        return peripheral.maxValueLength();
    }

    @Override
    public LinkState state() {
        synchronized (lock) {
            return closedBecause == null ? LinkState.OPEN : LinkState.CLOSED;
        }
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        String reason;
        synchronized (lock) {
            reason = closedBecause;
            if (reason == null) {
                closedListeners.add(listener);
                return;
            }
        }
        listener.accept(reason);
    }

    @Override
    public void close() {
        end("closed by us", Ending.CLOSED);
    }

    /** Announces a value from the peripheral's end, without confirmation. */
    void notify(Channel channel, byte[] octets) {
        synchronized (lock) {
            announce(channel, octets, () -> {});
        }
    }

    /** Announces a value from the peripheral's end; the stage completes when the central has confirmed it. */
    CompletionStage<Void> indicate(Channel channel, byte[] octets) {
        Indication indication = new Indication(channel, octets);
        synchronized (lock) {
            if (closedBecause != null) {
                return CompletableFuture.failedFuture(closed(indication.call.what));
            }
            pending.add(indication.call);
            indications.add(indication);
            if (indications.size() == 1) {
                sendIndication();
            }
        }
        return indication.call.future;
    }

    private void sendIndication() {
        Indication next = indications.peek();
        if (next != null) {
            startTimer(next.call);
            announce(next.channel, next.octets, () -> carry(() -> confirmed(next)));
        }
    }

    private void confirmed(Indication indication) {
        synchronized (lock) {
            indications.remove(indication);
            sendIndication();
        }
        finish(indication.call, () -> indication.call.future.complete(null));
    }

    /** Counts frames from here on, as new faults ask. */
    void restartCount() {
        boolean isLostAtOnce;
        synchronized (lock) {
            carried = 0;
            isLostAtOnce = isOpen && isLostAfter(0);
        }
        if (isLostAtOnce) {
            end("lost by a fault", Ending.LOST);
        }
    }

    /** Ends the link for good. Does nothing when it has ended. */
    void end(String reason, Ending ending) {
        List<Call<?>> failed;
        List<Consumer<String>> told;
        boolean wasAccepted;
        synchronized (lock) {
            if (closedBecause != null) {
                return;
            }
            closedBecause = reason;
            lane.close();
            failed = List.copyOf(pending);
            told = List.copyOf(closedListeners);
            pending.clear();
            closedListeners.clear();
            listeners.clear();
            indications.clear();
            held.clear();
            wasAccepted = peripheral.release(this);
        }
        owner.forget(this);
        for (Call<?> call : failed) {
            call.timer.cancel();
            call.future.completeExceptionally(closed(call.what));
        }
        for (Consumer<String> listener : told) {
            tell(() -> listener.accept(reason));
        }
        if (wasAccepted) {
            tell(() -> peripheral.disconnected(ending));
        }
    }

    /** What the peripheral does with a request; it gives what the central does with the answer. */
    @FunctionalInterface
    private interface Serving<R> {
        /** Serves the request; may throw a refusal. */
        Supplier<R> serve();
    }

    private <R> CompletionStage<R> request(String what, Serving<R> serving) {
        Call<R> call = new Call<>(what);
        synchronized (lock) {
            if (closedBecause != null) {
                return CompletableFuture.failedFuture(closed(what));
            }
            pending.add(call);
            startTimer(call);
            carry(() -> serve(call, serving));
        }
        return call.future;
    }

    private <R> void serve(Call<R> call, Serving<R> serving) {
        if (peripheral.faults().isSilent()) {
            return;
        }
        synchronized (lock) {
            isServing = true;
        }
        Runnable answer;
        try {
            Supplier<R> received = serving.serve();
            answer = () -> call.future.complete(received.get());
        } catch (RefusedException e) {
            answer = () -> call.future.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.error("a handler of the virtual peripheral {} failed while {}", peripheral.address(), call.what, e);
            RefusedException refusal = peripheral.refusal(AttError.UNLIKELY_ERROR, call.what);
            answer = () -> call.future.completeExceptionally(refusal);
        }
        Runnable completion = answer;
        synchronized (lock) {
            carry(() -> finish(call, completion));
            isServing = false;
            List<Runnable> waiting = List.copyOf(held);
            held.clear();
            waiting.forEach(Runnable::run);
        }
    }

    private void serveUnanswered(Channel channel, byte[] octets) {
        if (peripheral.faults().isSilent()) {
            return;
        }
        try {
            written(channel, octets, Property.WRITE_WITHOUT_RESPONSE);
        } catch (RefusedException e) {
            LOG.debug("{} refused a write that asks for no answer: {}", peripheral.address(), e.getMessage());
        }
    }

    private void written(Channel channel, byte[] octets, Property kind) {
        peripheral.write(channel, opened(channel, cut(octets)), kind);
    }

    private void announce(Channel channel, byte[] octets, Runnable delivered) {
        if (closedBecause != null || peripheral.faults().isSilent()) {
            return;
        }
        Runnable sending = () -> {
            int room = maxValueLength() - guard.map(FrameGuard::overhead).orElse(0);
            byte[] frame = outgoing(channel, shorten(octets, room));
            carry(() -> deliver(channel, frame, delivered));
        };
        if (isServing) {
            held.add(sending);
        } else {
            sending.run();
        }
    }

    /** The confirmation goes first, as stacks send it: what a consumer writes in answer comes behind it. */
    private void deliver(Channel channel, byte[] frame, Runnable delivered) {
        delivered.run();
        List<Listening> there;
        synchronized (lock) {
            there = List.copyOf(listeners.getOrDefault(channel, List.of()));
        }
        int times = peripheral.faults().isDuplicating() ? 2 : 1;
        for (int i = 0; i < times; i++) {
            for (Listening listening : there) {
                tell(() -> listening.consumer.accept(frame.clone()));
            }
        }
    }

    private void carry(Runnable delivery) {
        lane.carry(peripheral.faults().delay(), () -> {
            delivery.run();
            boolean isLost;
            synchronized (lock) {
                carried++;
                isLost = isLostAfter(carried);
            }
            if (isLost) {
                end("lost by a fault", Ending.LOST);
            }
        });
    }

    private boolean isLostAfter(int frames) {
        OptionalInt limit = peripheral.faults().lostAfter();
        return limit.isPresent() && frames >= limit.getAsInt();
    }

    private byte[] outgoing(Channel channel, byte[] octets) {
        return cut(guard.map(end -> end.seal(octets, bound(channel))).orElse(octets));
    }

    private byte[] opened(Channel channel, byte[] frame) {
        try {
            return guard.map(end -> end.open(frame, bound(channel))).orElse(frame);
        } catch (AuthenticationException e) {
            throw peripheral.refusal(AttError.INSUFFICIENT_AUTHENTICATION, "writing " + channel);
        }
    }

    private static byte[] bound(Channel channel) {
        return channel.name().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] cut(byte[] octets) {
        return shorten(octets, peripheral.faults().cutTo().orElse(octets.length));
    }

    private static byte[] shorten(byte[] octets, int most) {
        return octets.length <= most ? octets : Arrays.copyOf(octets, Math.max(0, most));
    }

    private void startTimer(Call<?> call) {
        call.timer = scheduler.schedule(
                ANSWER_TIMEOUT,
                () -> end("no answer within " + ANSWER_TIMEOUT.toSeconds() + " s while " + call.what, Ending.LOST));
    }

    private void finish(Call<?> call, Runnable completion) {
        synchronized (lock) {
            if (!pending.remove(call)) {
                return;
            }
        }
        call.timer.cancel();
        completion.run();
    }

    private LinkException closed(String doing) {
        return new LinkException("link to " + peripheral.address() + " closed while " + doing + ": " + closedBecause);
    }

    private static void tell(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("a callback of a virtual link failed", e);
        }
    }
}
