package org.openiomt.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.RecordSink;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores messages of observations in a Kafka cluster, keyed by their device.
 *
 * <ul>
 *   <li>What is sent is stored by all in-sync replicas before it is acknowledged: {@link Ack#STORED}. The topics' {@code min.insync.replicas}
 *       says how many those are at least.
 *   <li>What the producer sends again, it stores once and in its place. Who sends a message twice stores it twice; a
 *       {@link KafkaSource} knows it by its numbers.
 *   <li>While brokers are away it is tried again, for as long as the sink is open. What cannot succeed fails: a right that is missing, a topic
 *       that is none, a cluster that cannot be found within {@code max.block.ms}.
 *   <li>After a fault of {@link #send} the sink takes no further message, so that nothing overtakes what failed: close it, open another,
 *       and send again from what failed on.
 * </ul>
 *
 * All methods may be called by any thread, and none of them blocks but {@link #close}.
 */
public final class KafkaSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** How large a message is made of several records of an outbox. */
    private static final int USUAL_MESSAGE = 64 << 10;

    private static final int ITEM = 16;

    private final KafkaOptions options;
    private final RecordForm form;
    private final Producer<byte[], byte[]> producer;
    private final Scheduler thread;
    private final Mailbox mailbox;
    private volatile @Nullable LinkException end;

    KafkaSink(KafkaOptions options, Producer<byte[], byte[]> producer, Scheduler thread) {
        this.options = options;
        this.form = new RecordForm(options.topics());
        this.producer = producer;
        this.thread = thread;
        this.mailbox = new Mailbox(thread);
    }

    /**
     * Makes a sink with threads of its own. Whether the cluster and its topics are there, {@link Kafka#check} says.
     *
     * @throws LinkException when the options do not fit together
     */
    public static KafkaSink open(KafkaOptions options) {
        try {
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(options.producer(), new ByteArraySerializer(), new ByteArraySerializer());
            return new KafkaSink(options, producer, Scheduler.system("openiomt-kafka-sink", 1));
        } catch (KafkaException e) {
            throw KafkaFaults.of(e, options);
        }
    }

    /**
     * Stores a message behind all that were sent before it.
     *
     * @return completes when the cluster has stored it; fails with {@link LinkException}, and so does then all that is sent later
     */
    public CompletionStage<Ack> send(KafkaMessage message) {
        return send(form.write(message), true);
    }

    /**
     * Stores what a gateway announces about an epoch of keys. To be done before messages are sent that need it.
     *
     * @param epoch the name of the epoch
     * @param octets for {@link org.openiomt.core.sealing.RecordOpener#learn}; copied
     * @return as of {@link #send}
     */
    public CompletionStage<Ack> announce(String site, String gateway, String epoch, byte[] octets) {
        return send(form.announcement(site, gateway, epoch, octets), true);
    }

    /**
     * Returns a sink for the outbox of one gateway, which then needs no broker of MQTT: messages are made as an uplink makes them. A batch
     * that fails is sent again by the drain, before later ones of its device.
     *
     * @param places where the records of a device and lane are sent to, {@code iomt/1/{site}/{gateway}/{device}/{obs|wave}/all}; as of the outbox
     *     that has sealed them
     * @param sealer what has sealed them; stays the caller's
     */
    public RecordSink records(
            String site, String gateway, BiFunction<DeviceId, Lane, String> places, RecordSealer sealer) {
        Objects.requireNonNull(places, "places");
        Objects.requireNonNull(sealer, "sealer");
        Map<Long, CompletionStage<Ack>> announced = new ConcurrentHashMap<>();
        return batch -> {
            CompletionStage<Ack> stored = CompletableFuture.completedFuture(Ack.STORED);
            for (List<OutboxEntry> part : parts(sealed(batch, places, sealer), sealer)) {
                Optional<RecordSealer.Announcement> needed =
                        sealer.announcement(part.get(0).record());
                CompletionStage<Ack> heard = needed.map(announcement -> announced.compute(
                                announcement.epoch(),
                                (epoch, before) -> before != null && !hasFailed(before)
                                        ? before
                                        : send(
                                                form.announcement(
                                                        site, gateway, Long.toString(epoch), announcement.octets()),
                                                false)))
                        .orElseGet(() -> CompletableFuture.completedFuture(Ack.STORED));
                KafkaMessage message = message(part, places, sealer);
                stored = stored.thenCompose(done -> heard).thenCompose(done -> send(form.write(message), false));
            }
            return stored;
        };
    }

    private static boolean hasFailed(CompletionStage<Ack> stage) {
        return stage.toCompletableFuture().isCompletedExceptionally();
    }

    private static KafkaMessage message(
            List<OutboxEntry> part, BiFunction<DeviceId, Lane, String> places, RecordSealer sealer) {
        OutboxEntry first = part.get(0);
        String place = places.apply(first.record().device(), first.record().lane());
        return KafkaMessage.of(
                place,
                sealer.contentType(),
                sealer.message(place, part),
                Optional.of(new KafkaMessage.Numbers(
                        first.epoch(),
                        first.sequence(),
                        part.get(part.size() - 1).sequence())));
    }

    /** Seals what was stored before there was a sealer. */
    private static List<OutboxEntry> sealed(
            List<OutboxEntry> batch, BiFunction<DeviceId, Lane, String> places, RecordSealer sealer) {
        return batch.stream()
                .map(entry -> sealer.isSealed(entry.record())
                        ? entry
                        : new OutboxEntry(
                                entry.position(),
                                entry.epoch(),
                                entry.sequence(),
                                sealer.seal(
                                        entry.record(),
                                        places.apply(
                                                entry.record().device(),
                                                entry.record().lane()))))
                .toList();
    }

    /** Cuts a batch into what goes into one message each. */
    private static List<List<OutboxEntry>> parts(List<OutboxEntry> batch, RecordSealer sealer) {
        List<List<OutboxEntry>> parts = new ArrayList<>();
        int octets = 0;
        for (OutboxEntry entry : batch) {
            octets += entry.record().payloadLength() + ITEM;
            List<OutboxEntry> last = parts.isEmpty() ? List.of() : parts.get(parts.size() - 1);
            boolean isFull = octets > USUAL_MESSAGE || last.size() == ObservationMessage.MAX_ITEMS;
            if (last.isEmpty() || isFull || !isOfOneEpoch(last.get(0), entry, sealer)) {
                octets = entry.record().payloadLength() + ITEM;
                last = new ArrayList<>();
                parts.add(last);
            }
            last.add(entry);
        }
        return parts;
    }

    private static boolean isOfOneEpoch(OutboxEntry one, OutboxEntry other, RecordSealer sealer) {
        return one.epoch() == other.epoch() && sealer.epochOf(one.record()) == sealer.epochOf(other.record());
    }

    /** Sends on the thread of this sink, because the producer blocks while it looks for the cluster and while its memory is full. */
    private CompletionStage<Ack> send(ProducerRecord<byte[], byte[]> record, boolean isLastAfterFault) {
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            LinkException ended = end;
            if (ended != null) {
                answer.completeExceptionally(new LinkException(String.valueOf(ended.getMessage()), ended));
                return;
            }
            try {
                Future<RecordMetadata> told = producer.send(record, (metadata, fault) -> {
                    if (fault == null) {
                        answer.complete(Ack.STORED);
                    } else {
                        fail(answer, fault, isLastAfterFault);
                    }
                });
                LOG.trace("handed to the client, {}", told.isDone() ? "refused at once" : "on its way");
            } catch (RuntimeException e) { // what the client throws at once is as much a fault as what it tells later
                fail(answer, e, isLastAfterFault);
            }
        });
        return answer;
    }

    private void fail(CompletableFuture<Ack> answer, Exception fault, boolean isLast) {
        LinkException explained = KafkaFaults.of(fault, options);
        if (isLast && end == null) {
            end = explained;
        }
        answer.completeExceptionally(explained);
    }

    /** Waits at most 5 s for what is on its way; what is not stored by then fails. */
    @Override
    public void close() {
        end = new LinkException("the sink is closed");
        producer.close(CLOSE_TIMEOUT);
        CompletableFuture<Void> rest = new CompletableFuture<>();
        mailbox.execute(() -> rest.complete(null));
        thread.await(rest, CLOSE_TIMEOUT);
        thread.close();
    }
}
