package org.openiomt.testkit.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;

/** A link of a transcript. Its events happen in the transport's mailbox. */
final class ReplayLink implements Link {
    private final ReplayTransport transport;
    private final ReplayTransport.Lane lane;
    private final Event.Opened opened;

    // Guarded by this; never while the transport is asked.
    private final Map<Integer, Waiting> pending = new LinkedHashMap<>();
    private final Map<Channel, List<Consumer<byte[]>>> consumers = new HashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private boolean isClosing;
    private @Nullable String closedBecause;

    /** Somebody who waits for an answer. */
    private record Waiting(Consumer<String> answered, Consumer<LinkException> failed) {}

    ReplayLink(ReplayTransport transport, ReplayTransport.Lane lane, Event.Opened opened) {
        this.transport = transport;
        this.lane = lane;
        this.opened = opened;
    }

    @Override
    public Set<Channel> channels() {
        return opened.channels();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return request(Event.Verb.READ, channel, "", HexFormat.of()::parseHex);
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        return request(Event.Verb.of(mode), channel, HexFormat.of().formatHex(octets), ReplayLink::nothing);
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        return request(Event.Verb.SUBSCRIBE, channel, "", answer -> {
            synchronized (this) {
                consumers.computeIfAbsent(channel, any -> new ArrayList<>()).add(octets);
            }
            return () -> cancel(channel, octets);
        });
    }

    private CompletionStage<Void> cancel(Channel channel, Consumer<byte[]> octets) {
        if (state() == LinkState.CLOSED) {
            return CompletableFuture.completedFuture(null);
        }
        return request(Event.Verb.UNSUBSCRIBE, channel, "", answer -> {
            synchronized (this) {
                consumers.getOrDefault(channel, new ArrayList<>()).remove(octets);
            }
            return nothing(answer);
        });
    }

    @Override
    public int maxValueLength() {
        return opened.maxValueLength();
    }

    @Override
    public synchronized LinkState state() {
        return isClosing || closedBecause != null ? LinkState.CLOSED : LinkState.OPEN;
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        synchronized (this) {
            if (closedBecause == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(String.valueOf(closedBecause));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (isClosing || closedBecause != null) {
                return;
            }
            isClosing = true;
        }
        transport.ask(lane, new Event.Close(), expected -> {});
    }

    /** Lets an event of the transcript happen. */
    void happen(Event event) {
        if (event instanceof Event.Answer answer) {
            take(answer.number()).ifPresent(waiting -> waiting.answered.accept(answer.hex()));
        } else if (event instanceof Event.Refusal refusal) {
            RefusedException refused = new RefusedException(refusal.code(), refusal.reason());
            take(refusal.number()).ifPresent(waiting -> waiting.failed.accept(refused));
        } else if (event instanceof Event.Failure failure) {
            LinkException failed = new LinkException(failure.reason());
            take(failure.number()).ifPresent(waiting -> waiting.failed.accept(failed));
        } else if (event instanceof Event.Value value) {
            List<Consumer<byte[]>> all;
            synchronized (this) {
                all = List.copyOf(consumers.getOrDefault(value.channel(), List.of()));
            }
            all.forEach(consumer -> consumer.accept(value.octets()));
        } else if (event instanceof Event.Closed closed) {
            end(closed.reason());
        } else {
            throw new AssertionError(event);
        }
    }

    /** Ends the link: what waits fails, the listeners hear it once. */
    void end(String reason) {
        List<Waiting> failed;
        List<Consumer<String>> told;
        synchronized (this) {
            if (closedBecause != null) {
                return;
            }
            closedBecause = reason;
            failed = List.copyOf(pending.values());
            told = List.copyOf(listeners);
            pending.clear();
            listeners.clear();
        }
        failed.forEach(waiting -> waiting.failed.accept(new LinkException("link lost: " + reason)));
        told.forEach(listener -> transport.tell(() -> listener.accept(reason)));
    }

    private <T> CompletionStage<T> request(
            Event.Verb verb, Channel channel, String hex, Function<String, ? extends @Nullable T> received) {
        if (state() == LinkState.CLOSED) {
            return CompletableFuture.failedFuture(new LinkException("the link is closed"));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Waiting waiting =
                new Waiting(hexRead -> result.complete(received.apply(hexRead)), result::completeExceptionally);
        boolean isExpected = transport.ask(lane, new Event.Request(0, verb, channel, hex), expected -> {
            if (expected instanceof Event.Request request) {
                synchronized (this) {
                    pending.put(request.number(), waiting);
                }
            }
        });
        return isExpected ? result : CompletableFuture.failedFuture(new LinkException(transport.ending()));
    }

    private synchronized Optional<Waiting> take(int number) {
        return Optional.ofNullable(pending.remove(number));
    }

    private static @Nullable Void nothing(String answer) {
        return null;
    }
}
