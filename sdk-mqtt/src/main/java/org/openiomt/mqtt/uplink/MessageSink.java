package org.openiomt.mqtt.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.spi.Ack;
import org.openiomt.mqtt.port.BrokerLink;
import org.openiomt.mqtt.port.Outbound;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the records of one device and lane into messages and sends them one behind the other: the second is not sent before
 * the broker has acknowledged the first, so that a message that the broker refuses is never overtaken.
 *
 * <p>A message holds records of one epoch, as many as fit.
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
    private static final int ENVELOPE = 32;

    private static final int ITEM = 16;

    private final Topics topics;
    private final Function<Outbound, CompletionStage<Void>> link;
    private final Supplier<OptionalInt> maxPacketOctets;
    private final LongAdder published = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile Optional<String> lastFault = Optional.empty();

    MessageSink(Topics topics, Function<Outbound, CompletionStage<Void>> link, Supplier<OptionalInt> maxPacketOctets) {
        this.topics = topics;
        this.link = link;
        this.maxPacketOctets = maxPacketOctets;
    }

    @Override
    public CompletionStage<Ack> write(List<OutboxEntry> batch) {
        int greatest = Math.min(GREATEST_MESSAGE, maxPacketOctets.get().orElse(Integer.MAX_VALUE) - HEAD);
        CompletionStage<Void> sent = CompletableFuture.completedFuture(null);
        for (List<OutboxEntry> part : parts(batch, greatest)) {
            sent = sent.thenCompose(done -> send(part));
        }
        return sent.thenApply(done -> {
            lastFault = Optional.empty();
            return Ack.RECEIVED;
        });
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
            if (!part.isEmpty() && (isFull || part.get(0).epoch() != entry.epoch())) {
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
        List<ObservationMessage.Item> items = part.stream()
                .map(entry -> ObservationMessage.Item.of(
                        entry.sequence(), entry.record().payload()))
                .toList();
        byte[] payload = ObservationMessage.encode(part.get(0).epoch(), items);
        Outbound message = Outbound.event(topic(part.get(0).record()), payload, ObservationMessage.CONTENT_TYPE);
        published.add(part.size());
        return link.apply(message).whenComplete((done, fault) -> {
            if (fault == null) {
                acknowledged.add(part.size());
            } else {
                retried.add(part.size());
                lastFault = Optional.of(BrokerLink.reasonOf(fault));
            }
        });
    }

    private Topic topic(OutboxRecord record) {
        return record.lane() == Lane.CLINICAL ? topics.observations(record.device()) : topics.waves(record.device());
    }

    UplinkStats stats() {
        return new UplinkStats(
                published.sum(), acknowledged.sum(), retried.sum(), refused.sum(), Optional.empty(), lastFault);
    }
}
