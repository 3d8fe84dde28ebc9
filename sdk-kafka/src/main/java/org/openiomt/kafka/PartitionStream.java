package org.openiomt.kafka;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.sealing.RecordOpener;

/**
 * One partition, from the client to the application: one mailbox works on its records. Records that wait for something do not hold up other
 * devices, so they end out of order; what can be committed is the place before which all have ended.
 */
final class PartitionStream {
    private final TopicPartition partition;
    private final long from;
    private final SourceContext context;
    private final RecordForm form;
    private final Mailbox mailbox;
    private final Map<String, DeviceLane> devices = new LinkedHashMap<>(16, 0.75f, true);
    private final NavigableSet<Long> unfinished = new TreeSet<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private long next;
    private volatile long position;
    private volatile boolean isStopped;

    /**
     * Makes a stream.
     *
     * @param from the place where the group has left the partition: what lies before was done with
     */
    PartitionStream(TopicPartition partition, long from, SourceContext context) {
        this.partition = partition;
        this.from = from;
        this.next = from;
        this.position = from;
        this.context = context;
        this.form = context.form();
        this.mailbox = new Mailbox(context.executor());
    }

    /** Takes what the client has read next. Called by one thread. */
    void add(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        inHand.addAndGet(records.size());
        records.forEach(record -> mailbox.execute(() -> accept(record)));
    }

    /** Returns how many records are not done with. */
    int inHand() {
        return inHand.get();
    }

    /** Returns the place before which all records are done with. */
    long position() {
        return position;
    }

    /** Looks again at what waits: something was announced. */
    void look() {
        mailbox.execute(() -> List.copyOf(devices.values()).forEach(DeviceLane::step));
    }

    /** Begins nothing new; the stage completes when the observation that the handler has now is over. */
    CompletionStage<Void> stop() {
        isStopped = true;
        CompletableFuture<Void> resting = new CompletableFuture<>();
        mailbox.execute(() -> resting.complete(null));
        return resting;
    }

    boolean isStopped() {
        return isStopped;
    }

    void execute(Runnable task) {
        mailbox.execute(task);
    }

    private void accept(ConsumerRecord<byte[], byte @Nullable []> record) {
        if (isStopped) {
            return;
        }
        unfinished.add(record.offset());
        next = Math.max(next, record.offset() + 1);
        boolean isPast = record.offset() < from;
        if (!isPast) {
            context.received();
        }
        KafkaMessage message;
        RecordOpener.Checked checked;
        try {
            message = form.read(record);
            checked = context.opener().check(message.publisher(), message.place(), message.device(), message.octets());
        } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
            if (!isPast) {
                refused(record.offset(), Refusal.of(e), String.valueOf(e.getMessage()));
            }
            done(record.offset());
            return;
        }
        device(message.key()).add(new DeviceLane.Work(record.offset(), isPast, message, checked));
    }

    private DeviceLane device(String key) {
        DeviceLane device = devices.computeIfAbsent(key, unknown -> new DeviceLane(this, context));
        Iterator<DeviceLane> eldest = devices.values().iterator();
        while (devices.size() > context.settings().devices() && eldest.hasNext()) {
            DeviceLane each = eldest.next();
            if (each.isIdle() && each != device) {
                eldest.remove();
            }
        }
        return device;
    }

    void done(long offset) {
        if (unfinished.remove(offset)) {
            inHand.decrementAndGet();
            position = Math.max(from, unfinished.isEmpty() ? next : unfinished.first());
        }
    }

    void refused(long offset, Refusal cause, String reason) {
        context.refused(new SourceEvent.Refused(
                context.now(), partition.topic(), partition.partition(), offset, cause, reason));
    }
}
