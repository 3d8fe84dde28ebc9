package org.openiomt.mqtt.uplink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Ack;
import org.openiomt.mqtt.port.BrokerLink;
import org.openiomt.mqtt.port.Outbound;
import org.openiomt.mqtt.port.Traceparent;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the records of one device and lane into messages and sends them one behind the other: the second is not sent before
 * the broker has acknowledged the first, so that a message that the broker refuses is never overtaken.
 *
 * <p>A message holds records of one epoch of the outbox and one epoch of keys, as many as fit. What readers must know before they can
 * open it is announced first, on each link and again after five minutes, in case that the broker has lost it; the broker has
 * acknowledged it before the message is sent.
 */
final class MessageSink implements RecordSink {
    private static final Logger LOG = LoggerFactory.getLogger(MessageSink.class);

    /** What a message may have at most where the broker sets no smaller bound: a whole observation fits in any case. */
    static final int GREATEST_MESSAGE = 512 << 10;

    /** How large a message is made of several records. Larger ones only make the others wait. */
    static final int USUAL_MESSAGE = 64 << 10;

    /** Octets of a message beside its payload: packet head, topic, properties. */
    private static final int HEAD = 512;

    /** Octets of a payload beside its observations, and beside each. */
    private static final int ENVELOPE = 128;

    private static final int ITEM = 16;

    /** After which time an announcement is made again. */
    static final Duration ANNOUNCED_FOR = Duration.ofMinutes(5);

    private final Topics topics;
    private final Function<Outbound, CompletionStage<Void>> link;
    private final Supplier<OptionalInt> maxPacketOctets;
    private final RecordSealer sealer;
    private final TraceContext trace;
    private final Clock clock;
    private final Map<Long, Announced> announced = new ConcurrentHashMap<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile Optional<String> lastFault = Optional.empty();

    /** An announcement on its way, or that the broker has. */
    private static final class Announced {
        private final Instant at;
        private final CompletableFuture<Void> heard;

        Announced(Instant at, CompletableFuture<Void> heard) {
            this.at = at;
            this.heard = heard;
        }
    }

    MessageSink(
            Topics topics,
            Function<Outbound, CompletionStage<Void>> link,
            Supplier<OptionalInt> maxPacketOctets,
            RecordSealer sealer,
            TraceContext trace,
            Clock clock) {
        this.topics = topics;
        this.link = link;
        this.maxPacketOctets = maxPacketOctets;
        this.sealer = Objects.requireNonNull(sealer, "sealer");
        this.trace = trace;
        this.clock = clock;
    }

    /** Announces all anew: the broker of a new link may have forgotten. */
    void linked() {
        announced.clear();
    }

    @Override
    public CompletionStage<Ack> write(List<OutboxEntry> batch) {
        int greatest = Math.min(GREATEST_MESSAGE, maxPacketOctets.get().orElse(Integer.MAX_VALUE) - HEAD);
        CompletionStage<Void> sent = CompletableFuture.completedFuture(null);
        for (List<OutboxEntry> part : parts(sealed(batch), greatest)) {
            sent = sent.thenCompose(done -> send(part));
        }
        return sent.thenApply(done -> {
            lastFault = Optional.empty();
            return Ack.RECEIVED;
        });
    }

    /** Seals what was stored before there was a sealer: the disk has seen it, the broker shall not. */
    private List<OutboxEntry> sealed(List<OutboxEntry> batch) {
        return batch.stream()
                .map(entry -> sealer.isSealed(entry.record())
                        ? entry
                        : new OutboxEntry(
                                entry.position(),
                                entry.epoch(),
                                entry.sequence(),
                                sealer.seal(
                                        entry.record(), topic(entry.record()).toString())))
                .toList();
    }

    /** Cuts a batch into what goes into one message each; leaves out what fits into none. */
    private List<List<OutboxEntry>> parts(List<OutboxEntry> batch, int greatest) {
        List<List<OutboxEntry>> parts = new ArrayList<>();
        List<OutboxEntry> part = new ArrayList<>();
        int usual = Math.min(USUAL_MESSAGE, greatest);
        int octets = ENVELOPE;
        for (OutboxEntry entry : batch) {
            int size = entry.record().payloadLength() + ITEM;
            if (ENVELOPE + size > greatest) {
                giveUp(entry, greatest);
                continue;
            }
            boolean isFull = octets + size > usual || part.size() == ObservationMessage.MAX_ITEMS;
            if (!part.isEmpty() && (isFull || !isOfOneEpoch(part.get(0), entry))) {
                parts.add(part);
                part = new ArrayList<>();
                octets = ENVELOPE;
            }
            part.add(entry);
            octets += size;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private boolean isOfOneEpoch(OutboxEntry one, OutboxEntry other) {
        return one.epoch() == other.epoch() && sealer.epochOf(one.record()) == sealer.epochOf(other.record());
    }

    /** Nothing is gained by keeping what no message can hold: it would hold up its device for ever. */
    private void giveUp(OutboxEntry entry, int greatest) {
        refused.increment();
        LOG.warn(
                "an observation of {} has {} octets and is given up: the broker takes messages of at most {}",
                entry.record().device(),
                entry.record().payloadLength(),
                greatest);
    }

    private CompletionStage<Void> send(List<OutboxEntry> part) {
        OutboxRecord first = part.get(0).record();
        Topic topic = topic(first);
        Outbound message =
                Outbound.event(topic, sealer.message(topic.toString(), part), sealer.contentType(), traceparent(part));
        published.add(part.size());
        return announce(first).thenCompose(done -> link.apply(message)).whenComplete((done, fault) -> {
            if (fault == null) {
                acknowledged.add(part.size());
            } else {
                retried.add(part.size());
                lastFault = Optional.of(BrokerLink.reasonOf(fault));
            }
        });
    }

    /** A reading does not wait for its trace, whatever is wrong with that. */
    private Optional<String> traceparent(List<OutboxEntry> part) {
        if (part.get(0).record().lane() == Lane.WAVEFORM) {
            return Optional.empty();
        }
        try {
            Optional<String> given = trace.traceparent(part);
            Optional<String> taken = given.filter(Traceparent::isOne);
            if (given.isPresent() && taken.isEmpty()) {
                LOG.debug("left out a traceparent that is none of version 00");
            }
            return taken;
        } catch (RuntimeException e) { // the application's own
            LOG.debug("left out a traceparent: {}", e.toString());
            return Optional.empty();
        }
    }

    private CompletionStage<Void> announce(OutboxRecord record) {
        return sealer.announcement(record).map(this::announce).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> announce(RecordSealer.Announcement announcement) {
        long epoch = announcement.epoch();
        Instant now = clock.instant();
        Announced fresh = new Announced(now, new CompletableFuture<>());
        Announced last = announced.merge(
                epoch, fresh, (before, next) -> before.at.plus(ANNOUNCED_FOR).isAfter(now) ? before : next);
        if (last != fresh) {
            return last.heard;
        }
        link.apply(Outbound.announcement(topics.keys(epoch), announcement.octets(), announcement.keptFor()))
                .whenComplete((done, fault) -> {
                    if (fault == null) {
                        fresh.heard.complete(null);
                    } else {
                        announced.remove(epoch, fresh);
                        fresh.heard.completeExceptionally(fault);
                    }
                });
        return fresh.heard;
    }

    private Topic topic(OutboxRecord record) {
        return topics.records(record.device(), record.lane());
    }

    UplinkStats stats() {
        return new UplinkStats(
                published.sum(), acknowledged.sum(), retried.sum(), refused.sum(), Optional.empty(), lastFault);
    }
}
