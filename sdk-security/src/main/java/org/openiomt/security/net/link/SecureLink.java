package org.openiomt.security.net.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.net.SecureConnection;

/*
 * A gateway's end. Requests stand in one queue and are sent one at a time, the next when the one before is answered; writes without
 * a response keep their place in it. An indication is confirmed when the consumers have been given it, and in front of what they
 * write in answer: devices begin nothing new before the confirmation.
 */
final class SecureLink extends LinkPort implements Link {
    private static final int MAX_WAITING = 1024;

    private final Consumer<SecureLink> onDescribed;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    private volatile @Nullable PeripheralDescription description;
    private volatile Map<Channel, Integer> numbers = Map.of();

    // Guarded by the lock.
    private final Deque<Call<?>> calls = new ArrayDeque<>(1);
    private final Map<Integer, List<Listening>> listeners = new HashMap<>(2);
    private final List<Consumer<String>> closedListeners = new ArrayList<>(1);
    private @Nullable Call<?> asked;
    private boolean isConfirming;
    private Scheduler.Cancellable timer = () -> {};

    /** What somebody waits for: a request, a write without a response, or only its turn. */
    private abstract static class Call<T> {
        final String what;
        final CompletableFuture<T> future = new CompletableFuture<>();

        Call(String what) {
            this.what = what;
        }

        /** Returns what to send, under the lock, when its turn has come; null for nothing. */
        abstract @Nullable LinkMessage message();

        boolean isAnswered() {
            return true;
        }

        /** Takes the answer, under the lock; null when it is none to this call. */
        abstract @Nullable Runnable answered(LinkMessage answer);
    }

    SecureLink(SecureConnection connection, Owner owner, Consumer<SecureLink> onDescribed) {
        super(connection, owner, LinkMessage.Sender.DEVICE);
        this.onDescribed = onDescribed;
    }

    @Override
    void begin() {
        synchronized (lock) {
            timer = timeout("describing itself");
        }
        reply(LinkMessage.ofValue(
                LinkMessage.Type.HELLO, new Greeting(Greeting.VERSION, settings.maxValueLength()).encode()));
        super.begin();
    }

    /** Returns what the device has said of itself. */
    PeripheralDescription description() {
        return Objects.requireNonNull(description, "described");
    }

    /** Gives the link to its user; false when it has one. */
    boolean take() {
        return isTaken.compareAndSet(false, true);
    }

    boolean isTaken() {
        return isTaken.get();
    }

    @Override
    public Set<Channel> channels() {
        return numbers.keySet();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return request(
                "reading " + channel, channel, LinkMessage.Type.READ, LinkMessage.Type.VALUE, LinkMessage::value);
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        if (octets.length > maxValueLength()) {
            throw new IllegalArgumentException(
                    "a value on this link has at most " + maxValueLength() + " octets, but got " + octets.length);
        }
        Integer number = numbers.get(channel);
        String what = "writing " + channel;
        if (number == null) {
            return unknown(what);
        }
        boolean isAnswered = mode == WriteMode.WITH_RESPONSE;
        LinkMessage message = LinkMessage.ofChannel(
                isAnswered ? LinkMessage.Type.WRITE : LinkMessage.Type.WRITE_WITHOUT_RESPONSE, number, octets.clone());
        return enqueue(new Request<>(what, message, isAnswered, LinkMessage.Type.DONE, done -> null));
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        Listening listening = new Listening(channel, Objects.requireNonNull(octets, "octets"));
        return request(
                "subscribing to " + channel, channel, LinkMessage.Type.SUBSCRIBE, LinkMessage.Type.DONE, done -> {
                    listeners
                            .computeIfAbsent(listening.number(), any -> new ArrayList<>(1))
                            .add(listening);
                    return listening;
                });
    }

    /** One consumer of a channel. */
    private final class Listening implements Subscription {
        private final Channel channel;
        private final Consumer<byte[]> consumer;
        private @Nullable CompletionStage<Void> cancelled;

        Listening(Channel channel, Consumer<byte[]> consumer) {
            this.channel = channel;
            this.consumer = consumer;
        }

        int number() {
            return Objects.requireNonNull(numbers.get(channel), "number");
        }

        @Override
        public CompletionStage<Void> cancel() {
            Cancelling cancelling = new Cancelling(this);
            synchronized (lock) {
                if (cancelled != null) {
                    return cancelled;
                }
                cancelled = cancelling.future;
            }
            if (isOver()) {
                cancelling.future.complete(null);
            } else {
                enqueue(cancelling);
            }
            return cancelling.future;
        }
    }

    /** Asks the device only when nobody else here listens to the channel. */
    private final class Cancelling extends Call<Void> {
        private final Listening listening;

        Cancelling(Listening listening) {
            super("unsubscribing from " + listening.channel);
            this.listening = listening;
        }

        @Override
        @Nullable
        LinkMessage message() {
            List<Listening> there = listeners.getOrDefault(listening.number(), List.of());
            if (there.size() > 1) {
                there.remove(listening);
                return null;
            }
            return LinkMessage.ofChannel(LinkMessage.Type.UNSUBSCRIBE, listening.number());
        }

        @Override
        @Nullable
        Runnable answered(LinkMessage answer) {
            if (answer.type() != LinkMessage.Type.DONE) {
                return null;
            }
            listeners.remove(listening.number());
            return () -> future.complete(null);
        }
    }

    /** Something that is sent as it is. */
    private static final class Request<T> extends Call<T> {
        private final LinkMessage message;
        private final boolean isAnswered;
        private final LinkMessage.Type answer;
        private final Function<LinkMessage, T> taking;

        Request(
                String what,
                LinkMessage message,
                boolean isAnswered,
                LinkMessage.Type answer,
                Function<LinkMessage, T> taking) {
            super(what);
            this.message = message;
            this.isAnswered = isAnswered;
            this.answer = answer;
            this.taking = taking;
        }

        @Override
        LinkMessage message() {
            return message;
        }

        @Override
        boolean isAnswered() {
            return isAnswered;
        }

        @Override
        @Nullable
        Runnable answered(LinkMessage got) {
            if (got.type() != answer) {
                return null;
            }
            T value = taking.apply(got);
            return () -> future.complete(value);
        }
    }

    @Override
    public int maxValueLength() {
        return description().maxValueLength();
    }

    @Override
    public LinkState state() {
        return isOver() ? LinkState.CLOSED : LinkState.OPEN;
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        synchronized (lock) {
            if (!isOver()) {
                closedListeners.add(listener);
                return;
            }
        }
        listener.accept(overBecause());
    }

    @Override
    public void close() {
        end(LinkEnd.CLOSED, "closed by us");
    }

    /** Shows names and fingerprints only. */
    @Override
    public String toString() {
        return "SecureLink[" + connection().peer() + "]";
    }

    @Override
    CompletionStage<Void> handle(LinkMessage message) {
        if (description == null) {
            describe(message);
            return DONE;
        }
        switch (message.type()) {
            case VALUE, DONE, REFUSED -> answer(message);
            case NOTIFICATION -> deliver(message);
            case INDICATION -> {
                synchronized (lock) {
                    isConfirming = true;
                }
                deliver(message);
                CompletionStage<Void> confirmed = reply(LinkMessage.of(LinkMessage.Type.CONFIRM));
                synchronized (lock) {
                    isConfirming = false;
                }
                next();
                return confirmed;
            }
            default -> throw new DecodeException("type", 0, message.type() + " came a second time");
        }
        return DONE;
    }

    private void describe(LinkMessage message) {
        if (message.type() != LinkMessage.Type.DESCRIBE) {
            throw new DecodeException("type", 0, message.type() + " came before the device has described itself");
        }
        PeripheralDescription said = PeripheralDescription.decode(message.value());
        if (said.maxValueLength() > settings.maxValueLength()) {
            throw new DecodeException("maxValueLength", 1, "more than this end has said");
        }
        Map<Channel, Integer> places = new LinkedHashMap<>();
        said.channels().forEach(channel -> places.put(channel, places.size()));
        numbers = Collections.unmodifiableMap(places);
        description = said;
        synchronized (lock) {
            timer.cancel();
        }
        onDescribed.accept(this);
    }

    private void answer(LinkMessage message) {
        Call<?> call;
        Runnable completion;
        synchronized (lock) {
            call = asked;
            completion = call == null ? null : answerOf(call, message);
            if (completion == null) {
                throw new DecodeException("type", 0, message.type() + " answers nothing that was asked");
            }
            asked = null;
            timer.cancel();
        }
        worked();
        tell(completion);
        next();
    }

    private @Nullable Runnable answerOf(Call<?> call, LinkMessage message) {
        if (message.type() == LinkMessage.Type.REFUSED) {
            RefusedException refusal = new RefusedException(message.number(), peerName() + " refused " + call.what);
            return () -> call.future.completeExceptionally(refusal);
        }
        return call.answered(message);
    }

    private void deliver(LinkMessage message) {
        int number = message.number();
        if (number >= numbers.size()) {
            throw new DecodeException("channel", 1, "there are " + numbers.size() + ", but got " + number);
        }
        if (message.value().length > maxValueLength()) {
            throw new DecodeException("value", LinkMessage.HEADER, "longer than the device has said");
        }
        List<Listening> there;
        synchronized (lock) {
            there = List.copyOf(listeners.getOrDefault(number, List.of()));
        }
        for (Listening listening : there) {
            worked();
            tell(() -> listening.consumer.accept(message.value().clone()));
        }
    }

    private <T> CompletionStage<T> request(
            String what,
            Channel channel,
            LinkMessage.Type type,
            LinkMessage.Type answer,
            Function<LinkMessage, T> taking) {
        Integer number = numbers.get(channel);
        return number == null
                ? unknown(what)
                : enqueue(new Request<>(what, LinkMessage.ofChannel(type, number), true, answer, taking));
    }

    private <T> CompletionStage<T> unknown(String what) {
        return CompletableFuture.failedFuture(
                new RefusedException(LinkMessage.NOT_FOUND, peerName() + " has no such channel: " + what));
    }

    private <T> CompletionStage<T> enqueue(Call<T> call) {
        synchronized (lock) {
            if (isOver()) {
                return CompletableFuture.failedFuture(lost(call.what));
            }
            if (calls.size() >= MAX_WAITING) {
                return CompletableFuture.failedFuture(
                        new LinkException(MAX_WAITING + " requests wait for " + peerName() + " already: " + call.what));
            }
            calls.add(call);
        }
        next();
        return call.future;
    }

    /** Sends what stands first in the queue, and goes on as long as nothing has to be waited for. */
    private void next() {
        while (true) {
            Call<?> call;
            LinkMessage message;
            synchronized (lock) {
                if (isOver() || isConfirming || asked != null || calls.isEmpty()) {
                    return;
                }
                call = calls.remove();
                message = call.message();
                asked = message == null ? null : call;
                if (message != null && call.isAnswered()) {
                    timer = timeout(call.what);
                }
            }
            if (message == null) {
                complete(call);
                continue;
            }
            CompletionStage<Void> sent = send(message);
            if (call.isAnswered()) {
                sent.whenComplete((nothing, fault) -> {
                    if (fault != null) {
                        failed(call, fault);
                    }
                });
                return;
            }
            synchronized (lock) {
                asked = null;
            }
            sent.whenComplete((nothing, fault) -> {
                if (fault == null) {
                    complete(call);
                } else {
                    call.future.completeExceptionally(fault);
                }
            });
        }
    }

    private static void complete(Call<?> call) {
        call.future.complete(null);
    }

    private void failed(Call<?> call, Throwable fault) {
        synchronized (lock) {
            if (asked != call) {
                return;
            }
            asked = null;
            timer.cancel();
        }
        call.future.completeExceptionally(fault);
        next();
    }

    private Scheduler.Cancellable timeout(String what) {
        Duration wait = settings.answerTimeout();
        return scheduler.schedule(
                wait, () -> end(LinkEnd.NO_ANSWER, "no answer within " + wait.toMillis() + " ms while " + what));
    }

    @Override
    void ended(LinkEnd why, String because) {
        List<Call<?>> failed = new ArrayList<>();
        List<Consumer<String>> told;
        synchronized (lock) {
            timer.cancel();
            if (asked != null) {
                failed.add(asked);
            }
            failed.addAll(calls);
            told = List.copyOf(closedListeners);
            asked = null;
            calls.clear();
            listeners.clear();
            closedListeners.clear();
        }
        for (Call<?> call : failed) {
            call.future.completeExceptionally(lost(call.what));
        }
        for (Consumer<String> listener : told) {
            tell(() -> listener.accept(because));
        }
    }
}
