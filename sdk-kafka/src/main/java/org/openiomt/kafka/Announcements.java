package org.openiomt.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.LinkException;

/** Reads everything that gateways have announced about keys, and goes on reading. Runs in one thread of its own. */
final class Announcements {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String topic;
    private final SourceContext context;
    private final Runnable learnt;
    private final CountDownLatch known = new CountDownLatch(1);

    /**
     * Makes a reader.
     *
     * @param learnt is told when something new was heard
     */
    Announcements(String topic, SourceContext context, Runnable learnt) {
        this.topic = topic;
        this.context = context;
        this.learnt = learnt;
    }

    /** Opened when everything that had been announced before {@link #run} is known, or never will be. */
    CountDownLatch known() {
        return known;
    }

    /** Reads until it is woken up. Throws what the client throws. */
    void run(Consumer<byte[], byte @Nullable []> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Set<TopicPartition> behind = new HashSet<>(partitions);
        while (true) {
            behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (behind.isEmpty()) {
                known.countDown();
            }
            int heard = 0;
            for (ConsumerRecord<byte[], byte @Nullable []> record : consumer.poll(POLL)) {
                learn(record);
                heard++;
            }
            if (heard > 0) {
                learnt.run();
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte @Nullable []> consumer) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new LinkException("the topic " + topic + " is missing, in which gateways announce their keys");
        }
        return infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void learn(ConsumerRecord<byte[], byte @Nullable []> record) {
        byte[] octets = record.value();
        if (octets == null) {
            return; // it was withdrawn
        }
        try {
            context.opener().learn(RecordForm.publisher(record), octets);
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
            context.refused(new SourceEvent.Refused(
                    context.now(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Refusal.of(e),
                    String.valueOf(e.getMessage())));
        }
    }
}
