package org.openiomt.security.net.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.net.SecureConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A device's end: asks the peripheral what the gateway asks, one request at a time, and sends what it announces. A request that
 * comes before the one before is answered breaks the protocol. What is announced before a subscription is answered is held back.
 */
final class DeviceEnd extends LinkPort {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceEnd.class);
    private static final int MAX_HELD = 64;
    private static final int MAX_INDICATIONS = 256;

    private final Peripheral peripheral;

    // Guarded by the lock.
    private final Map<Integer, Announcing> announcing = new HashMap<>(2);
    private final Deque<Announced> indications = new ArrayDeque<>(1);
    private @Nullable Greeting greeting;
    private Peripheral.@Nullable Session session;
    private volatile @Nullable PeripheralDescription description;
    private boolean isServing;
    private Scheduler.Cancellable timer = () -> {};

    /** A value that is announced; {@code done} when it was sent or confirmed. */
    private static final class Announced {
        final Announcing by;
        final boolean isConfirmed;
        final byte[] octets;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        Announced(Announcing by, boolean isConfirmed, byte[] octets) {
            this.by = by;
            this.isConfirmed = isConfirmed;
            this.octets = octets;
        }
    }

    DeviceEnd(SecureConnection connection, Owner owner, Peripheral peripheral) {
        super(connection, owner, LinkMessage.Sender.GATEWAY);
        this.peripheral = peripheral;
    }

    @Override
    void begin() {
        synchronized (lock) {
            timer = timeout("waiting for the gateway's first message");
        }
        super.begin();
    }

    @Override
    CompletionStage<Void> handle(LinkMessage message) {
        if (message.type() == LinkMessage.Type.HELLO) {
            greeted(Greeting.decode(message.value()));
            return DONE;
        }
        Peripheral.Session serving;
        PeripheralDescription described;
        synchronized (lock) {
            serving = session;
            described = description;
        }
        if (serving == null || described == null) {
            throw new DecodeException("type", 0, message.type() + " came before this end has described itself");
        }
        worked();
        switch (message.type()) {
            case READ -> {
                Channel channel = channel(described, message);
                serve(() -> serving.read(channel), this::valueOrTooLong, () -> {});
            }
            case WRITE -> {
                Channel channel = channel(described, message);
                byte[] octets = value(described, message);
                serve(() -> serving.write(channel, octets, WriteMode.WITH_RESPONSE), DeviceEnd::done, () -> {});
            }
            case SUBSCRIBE -> subscribe(serving, channel(described, message), message.number());
            case UNSUBSCRIBE -> unsubscribe(serving, channel(described, message), message.number());
            case UNKNOWN_REQUEST ->
                serve(
                        () -> CompletableFuture.failedFuture(
                                new RefusedException(LinkMessage.NOT_SUPPORTED, "unknown")),
                        DeviceEnd::done,
                        () -> {});
            case WRITE_WITHOUT_RESPONSE -> {
                Channel channel = channel(described, message);
                byte[] octets = value(described, message);
                return quietly(() -> serving.write(channel, octets, WriteMode.WITHOUT_RESPONSE));
            }
            case CONFIRM -> confirmed();
            default -> throw new DecodeException("type", 0, message.type() + " has no place here");
        }
        return DONE;
    }

    private void greeted(Greeting said) {
        synchronized (lock) {
            if (greeting != null) {
                throw new DecodeException("type", 0, "HELLO came a second time");
            }
            greeting = said;
            timer.cancel();
        }
        CompletionStage<Peripheral.Session> connecting;
        try {
            connecting = peripheral.connect(
                    connection().peer(), () -> end(LinkEnd.DEVICE_LOST, LinkEnd.DEVICE_LOST.words()));
        } catch (RuntimeException e) {
            connecting = CompletableFuture.failedFuture(e);
        }
        connecting.whenComplete((opened, fault) -> {
            if (fault == null) {
                opened(opened, said.maxValueLength());
            } else {
                LOG.debug("the device cannot serve {}: {}", peerName(), fault.getMessage());
                end(
                        LinkEnd.DEVICE_LOST,
                        "the device cannot be reached: " + cause(fault).getMessage());
            }
        });
    }

    private void opened(Peripheral.Session opened, int most) {
        PeripheralDescription described;
        LinkMessage message;
        try {
            described = opened.description().within(Math.min(most, settings.maxValueLength()));
            message = LinkMessage.ofValue(LinkMessage.Type.DESCRIBE, described.encode());
            requireFits(message.value());
        } catch (RuntimeException e) {
            LOG.error("the device cannot describe itself", e);
            tell(opened::close);
            end(LinkEnd.DEVICE_LOST, "the device cannot describe itself");
            return;
        }
        boolean isTooLate;
        synchronized (lock) {
            isTooLate = isOver();
            session = opened;
            description = described;
        }
        if (isTooLate) {
            tell(opened::close);
        } else {
            reply(message);
        }
    }

    private void requireFits(byte[] body) {
        if (body.length >= maxMessageLength()) {
            throw new IllegalArgumentException(
                    "a description of " + body.length + " octets is longer than a message of " + maxMessageLength());
        }
    }

    private static Channel channel(PeripheralDescription described, LinkMessage message) {
        if (message.number() >= described.channels().size()) {
            throw new DecodeException(
                    "channel", 1, "there are " + described.channels().size() + ", but got " + message.number());
        }
        return described.channels().get(message.number());
    }

    private static byte[] value(PeripheralDescription described, LinkMessage message) {
        if (message.value().length > described.maxValueLength()) {
            throw new DecodeException("value", LinkMessage.HEADER, "longer than this end has said");
        }
        return message.value();
    }

    private static LinkMessage done(@Nullable Void nothing) {
        return LinkMessage.of(LinkMessage.Type.DONE);
    }

    private LinkMessage valueOrTooLong(byte[] octets) {
        if (octets.length >= maxMessageLength()) {
            LOG.error("a value of {} octets is longer than a message", octets.length);
            return LinkMessage.ofCode(LinkMessage.Type.REFUSED, LinkMessage.UNLIKELY);
        }
        return LinkMessage.ofValue(LinkMessage.Type.VALUE, octets);
    }

    /** Asks the peripheral, answers the gateway, and does what comes behind the answer. */
    private <T> void serve(
            Supplier<CompletionStage<T>> asking, Function<T, LinkMessage> answer, Runnable behindTheAnswer) {
        synchronized (lock) {
            if (isServing) {
                throw new DecodeException("type", 0, "a request came before the one before was answered");
            }
            isServing = true;
        }
        CompletionStage<T> asked;
        try {
            asked = asking.get();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((value, fault) -> {
            LinkMessage message = fault == null
                    ? answer.apply(value)
                    : LinkMessage.ofCode(LinkMessage.Type.REFUSED, codeOf(cause(fault)));
            synchronized (lock) {
                isServing = false;
            }
            if (!isOver()) {
                reply(message);
            }
            behindTheAnswer.run();
        });
    }

    private int codeOf(Throwable fault) {
        if (fault instanceof RefusedException refusal && refusal.code() > 0 && refusal.code() <= 0xFF) {
            return refusal.code();
        }
        LOG.warn("the device has failed a request of {}: {}", peerName(), fault.getMessage());
        return LinkMessage.UNLIKELY;
    }

    private static Throwable cause(Throwable fault) {
        Throwable cause = fault.getCause();
        return fault instanceof CompletionException && cause != null ? cause : fault;
    }

    /** Waits for the end of something of which nobody hears how it went. */
    private CompletionStage<Void> quietly(Supplier<CompletionStage<Void>> asking) {
        try {
            return asking.get();
        } catch (RuntimeException e) {
            LOG.debug("a write without a response has failed: {}", e.getMessage());
            return DONE;
        }
    }

    private void subscribe(Peripheral.Session serving, Channel channel, int number) {
        Announcing added = new Announcing(channel, number);
        boolean isNew;
        synchronized (lock) {
            isNew = announcing.putIfAbsent(number, added) == null;
        }
        serve(
                () -> {
                    if (!isNew) {
                        return DONE;
                    }
                    return serving.subscribe(channel, added).whenComplete((nothing, fault) -> {
                        if (fault != null) {
                            end(added);
                        }
                    });
                },
                DeviceEnd::done,
                added::release);
    }

    private void unsubscribe(Peripheral.Session serving, Channel channel, int number) {
        Announcing ended;
        synchronized (lock) {
            ended = announcing.get(number);
        }
        serve(
                () -> {
                    if (ended == null) {
                        return DONE;
                    }
                    end(ended);
                    return serving.unsubscribe(channel);
                },
                DeviceEnd::done,
                () -> {});
    }

    /** Ends a subscription: what waits to be announced fails, but for the one that is on its way. */
    private void end(Announcing ended) {
        List<Announced> failed = new ArrayList<>();
        synchronized (lock) {
            announcing.remove(ended.number, ended);
            Announced first = indications.peek();
            for (Announced each : indications) {
                if (each.by == ended && each != first) {
                    failed.add(each);
                }
            }
            indications.removeAll(failed);
        }
        failed.forEach(each -> each.done.completeExceptionally(ended.nobody()));
        ended.release();
    }

    /** Sends the values of one channel. */
    private final class Announcing implements Peripheral.Announcer {
        private final Channel channel;
        private final int number;
        private @Nullable List<Announced> held = new ArrayList<>(1);

        Announcing(Channel channel, int number) {
            this.channel = channel;
            this.number = number;
        }

        @Override
        public CompletionStage<Void> notify(byte[] octets) {
            return announce(octets, false);
        }

        @Override
        public CompletionStage<Void> indicate(byte[] octets) {
            return announce(octets, true);
        }

        private CompletionStage<Void> announce(byte[] octets, boolean isConfirmed) {
            PeripheralDescription described = description;
            if (described == null || octets.length > described.maxValueLength()) {
                throw new IllegalArgumentException(
                        "a value of " + octets.length + " octets is too long for " + channel);
            }
            Announced announced = new Announced(this, isConfirmed, octets.clone());
            CompletionStage<Void> sent;
            synchronized (lock) {
                if (held != null && held.size() >= MAX_HELD) {
                    announced.done.completeExceptionally(
                            new LinkException(MAX_HELD + " values of " + channel + " wait for its subscription"));
                    return announced.done;
                }
                if (held != null) {
                    held.add(announced);
                    return announced.done;
                }
                sent = sendOrQueue(announced);
            }
            passOn(sent, announced);
            return announced.done;
        }

        /** Under the lock, so that values keep their order; nobody waits for the stage yet. */
        private CompletionStage<Void> sendOrQueue(Announced announced) {
            if (isOver()) {
                return CompletableFuture.failedFuture(lost("announcing " + channel));
            }
            if (announcing.get(number) != this) {
                return CompletableFuture.failedFuture(nobody());
            }
            if (!announced.isConfirmed) {
                return send(LinkMessage.ofChannel(LinkMessage.Type.NOTIFICATION, number, announced.octets));
            }
            if (indications.size() >= MAX_INDICATIONS) {
                return CompletableFuture.failedFuture(
                        new LinkException(MAX_INDICATIONS + " indications wait for " + peerName() + " already"));
            }
            indications.add(announced);
            return DONE;
        }

        /** Tells whoever has announced a value how it went, and sends an indication that is the first. */
        private void passOn(CompletionStage<Void> sent, Announced announced) {
            sent.whenComplete((nothing, fault) -> {
                if (fault != null) {
                    announced.done.completeExceptionally(fault);
                } else if (!announced.isConfirmed) {
                    announced.done.complete(null);
                }
            });
            if (announced.isConfirmed) {
                indicateNext(announced);
            }
        }

        LinkException nobody() {
            return new LinkException("nobody has subscribed to " + channel);
        }

        /** The subscription is answered, or has come to nothing: what was held back goes, or fails. */
        void release() {
            Map<Announced, CompletionStage<Void>> released = new LinkedHashMap<>();
            synchronized (lock) {
                if (held == null) {
                    return;
                }
                held.forEach(each -> released.put(each, sendOrQueue(each)));
                held = null;
            }
            released.forEach((announced, sent) -> passOn(sent, announced));
        }
    }

    /** Sends an indication when it is the first that waits; another one waits for the confirmation of the first. */
    private void indicateNext(@Nullable Announced candidate) {
        if (candidate == null) {
            return;
        }
        synchronized (lock) {
            if (indications.peek() != candidate || isOver()) {
                return;
            }
            timer = timeout("waiting for the confirmation of " + candidate.by.channel);
        }
        reply(LinkMessage.ofChannel(LinkMessage.Type.INDICATION, candidate.by.number, candidate.octets));
    }

    private void confirmed() {
        Announced first;
        Announced next;
        synchronized (lock) {
            first = indications.poll();
            if (first == null) {
                throw new DecodeException("type", 0, "CONFIRM confirms nothing");
            }
            timer.cancel();
            next = indications.peek();
        }
        indicateNext(next);
        tell(() -> first.done.complete(null));
    }

    private Scheduler.Cancellable timeout(String what) {
        Duration wait = settings.answerTimeout();
        return scheduler.schedule(
                wait, () -> end(LinkEnd.NO_ANSWER, "no answer within " + wait.toMillis() + " ms while " + what));
    }

    @Override
    void ended(LinkEnd why, String because) {
        List<Announced> failed;
        List<Announcing> ended;
        Peripheral.Session over;
        synchronized (lock) {
            timer.cancel();
            failed = List.copyOf(indications);
            ended = List.copyOf(announcing.values());
            indications.clear();
            announcing.clear();
            over = session;
        }
        failed.forEach(each -> each.done.completeExceptionally(lost("indicating " + each.by.channel)));
        ended.forEach(Announcing::release);
        if (over != null) {
            tell(over::close);
        }
    }
}
