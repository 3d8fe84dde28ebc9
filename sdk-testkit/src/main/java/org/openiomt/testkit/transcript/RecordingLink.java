package org.openiomt.testkit.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;

/** A link that does what another does and has it written down. */
final class RecordingLink implements Link {
    private final Link link;
    private final TranscriptWriter writer;
    private final String device;

    // Guarded by this.
    private final Map<Channel, List<Object>> consumers = new HashMap<>();
    private boolean isEnded;

    RecordingLink(Link link, TranscriptWriter writer, String device) {
        this.link = link;
        this.writer = writer;
        this.device = device;
    }

    /** Writes that the link is open, and later that it is closed. */
    void begin(Runnable ended) {
        writer.write(device, new Event.Opened(link.maxValueLength(), link.channels()));
        link.onClosed(reason -> {
            synchronized (this) {
                isEnded = true;
                writer.write(device, new Event.Closed(reason));
            }
            ended.run();
        });
    }

    @Override
    public Set<Channel> channels() {
        return link.channels();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return ask(Event.Verb.READ, channel, "", () -> link.read(channel), HexFormat.of()::formatHex);
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        String hex = HexFormat.of().formatHex(octets);
        return ask(Event.Verb.of(mode), channel, hex, () -> link.write(channel, octets, mode), nothing -> "");
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        Object consumer = new Object();
        Consumer<byte[]> recorded = value -> {
            announced(channel, consumer, value);
            octets.accept(value);
        };
        synchronized (this) {
            consumers.computeIfAbsent(channel, any -> new ArrayList<>()).add(consumer);
        }
        CompletionStage<Subscription> asked = ask(
                Event.Verb.SUBSCRIBE,
                channel,
                "",
                () -> link.subscribe(channel, recorded).thenApply(inner -> () -> cancel(channel, consumer, inner)),
                done -> "");
        asked.whenComplete((subscription, fault) -> {
            if (fault != null) {
                remove(channel, consumer);
            }
        });
        return asked;
    }

    @Override
    public int maxValueLength() {
        return link.maxValueLength();
    }

    @Override
    public LinkState state() {
        return link.state();
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        link.onClosed(listener);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!isEnded) {
                writer.write(device, new Event.Close());
            }
        }
        link.close();
    }

    /** With two consumers of a channel each value comes twice. */
    private synchronized void announced(Channel channel, Object consumer, byte[] value) {
        List<Object> all = consumers.getOrDefault(channel, List.of());
        if (!all.isEmpty() && all.get(0) == consumer) {
            writer.write(device, new Event.Value(channel, HexFormat.of().formatHex(value)));
        }
    }

    private CompletionStage<Void> cancel(Channel channel, Object consumer, Subscription subscription) {
        CompletionStage<Void> cancelled = ask(Event.Verb.UNSUBSCRIBE, channel, "", subscription::cancel, nothing -> "");
        return cancelled.whenComplete((nothing, fault) -> remove(channel, consumer));
    }

    private synchronized void remove(Channel channel, Object consumer) {
        consumers.getOrDefault(channel, new ArrayList<>()).remove(consumer);
    }

    private <T> CompletionStage<T> ask(
            Event.Verb verb,
            Channel channel,
            String hex,
            Supplier<CompletionStage<T>> request,
            Function<T, String> answer) {
        int number;
        synchronized (this) {
            if (isEnded) {
                return request.get();
            }
            number = writer.ask(device, verb, channel, hex);
        }
        CompletionStage<T> asked;
        try {
            asked = request.get();
        } catch (RuntimeException e) {
            writer.write(device, new Event.Failure(number, RecordingTransport.reason(e)));
            throw e;
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        asked.whenComplete((value, fault) -> {
            if (fault == null) {
                writer.write(device, new Event.Answer(number, answer.apply(value)));
                result.complete(value);
            } else {
                Throwable cause = RecordingTransport.cause(fault);
                writer.write(device, failure(number, cause));
                result.completeExceptionally(cause);
            }
        });
        return result;
    }

    private static Event failure(int number, Throwable fault) {
        String reason = RecordingTransport.reason(fault);
        return fault instanceof RefusedException refused
                ? new Event.Refusal(number, refused.code(), reason)
                : new Event.Failure(number, reason);
    }
}
