package org.openiomt.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.IomtException;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads observations from a Kafka cluster and hands each to the application, in the order of its device.
 *
 * <ul>
 *   <li>Sources of one group share the partitions; all of a device is in one partition, so one source has all of it. Start as many as there
 *       is work for; when one is gone, the others take over.
 *   <li>A record is committed after the handler has returned for each of its observations. When it throws, the observation is offered again
 *       after a pause, for ever, and its device waits.
 *   <li>The order is that of the numbers that the gateway gave: a record that was stored before earlier ones waits for them for a while. What
 *       has not come by then is told as a {@link SourceEvent.Gap}.
 *   <li>What comes again is known by its number and by its id, and not delivered again. Whoever takes over a partition reads some records
 *       before the place again, to know them too ({@link SourceSettings#lookBack}). Still an application that was killed may get again
 *       what it had taken and not yet committed, so it stores observations by their ids.
 *   <li>What is sealed is opened after its origin was checked: the signature, the place, the device. Nobody on the way need be believed, neither
 *       who wrote the records nor the cluster. What gateways announce about their keys is read first.
 *   <li>What is not authentic or not understood is refused, counted by its {@link Refusal}, told as an event, written into the audit log,
 *       and passed over.
 * </ul>
 *
 * All methods may be called by any thread.
 */
public final class KafkaSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_OWN_THREADS = 4;

    private final KafkaOptions options;
    private final String group;
    private final SourceContext context;
    private final List<Scheduler> own;
    private final Function<Map<String, Object>, Consumer<byte[], byte @Nullable []>> clients;
    private final Map<TopicPartition, PartitionStream> streams = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Set<Consumer<?, ?>> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private boolean isStarted;

    /** One thing that a thread of this source does with a client of its own, until it is woken up. */
    private interface Reading {
        void run(Consumer<byte[], byte @Nullable []> consumer);
    }

    KafkaSource(
            KafkaOptions options,
            String group,
            SourceContext context,
            List<Scheduler> own,
            Function<Map<String, Object>, Consumer<byte[], byte @Nullable []>> clients) {
        this.options = options;
        this.group = group;
        this.context = context;
        this.own = own;
        this.clients = clients;
    }

    /** Makes a source with the usual settings; nothing is opened before {@link #start}. */
    public static KafkaSource open(KafkaOptions options, String group, RecordOpener opener, DeliveryHandler handler) {
        return open(options, group, opener, handler, SourceSettings.DEFAULT);
    }

    /**
     * Makes a source with threads of its own; nothing is opened before {@link #start}.
     *
     * @param options which cluster, as whom
     * @param group names those who share the partitions, and the places up to which they have read
     * @param opener opens what is sealed, and says whom to believe; stays the caller's, and must live longer
     * @param handler what to do with the observations
     * @param settings how much to keep
     */
    public static KafkaSource open(
            KafkaOptions options, String group, RecordOpener opener, DeliveryHandler handler, SourceSettings settings) {
        Objects.requireNonNull(opener, "opener");
        Objects.requireNonNull(handler, "handler");
        if (group.isBlank()) {
            throw new IllegalArgumentException("a source needs the name of its group");
        }
        Scheduler scheduler = Scheduler.system("openiomt-kafka-source", 1);
        Scheduler workers = Scheduler.system(
                "openiomt-kafka-delivery",
                Math.min(MAX_OWN_THREADS, Runtime.getRuntime().availableProcessors()));
        SourceContext context =
                new SourceContext(new RecordForm(options.topics()), opener, handler, settings, scheduler, workers);
        return new KafkaSource(
                options,
                group,
                context,
                List.of(scheduler, workers),
                properties ->
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Begins to read, and goes on until it is closed, however long the cluster is away. */
    public synchronized void start() {
        if (isStarted || isClosing()) {
            return;
        }
        isStarted = true;
        Announcements announcements = new Announcements(options.topics().keys(), context, this::look);
        if (context.opener().needsAnnouncements()) {
            begin("keys", options.consumer(), announcements::run);
        } else {
            announcements.known().countDown();
        }
        begin("records", options.consumer(group), consumer -> read(consumer, announcements.known()));
    }

    /** Returns what happens: gaps, refusals, failures, partitions that come. What nobody asks for is given up, the oldest first. */
    public Flow.Publisher<SourceEvent> events() {
        return context.events();
    }

    /** Returns what it has done. */
    public SourceStats stats() {
        return context.stats(streams.size());
    }

    /** Lets the handler finish what it has now, for 5 s at most, commits what was taken, and leaves the group. */
    @Override
    public void close() {
        closing.countDown();
        open.forEach(Consumer::wakeup);
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        try {
            for (Thread thread : running) {
                thread.join(CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.end();
        own.forEach(Scheduler::close);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void look() {
        streams.values().forEach(PartitionStream::look);
    }

    private void begin(String what, Map<String, Object> properties, Reading reading) {
        Thread thread = new Thread(() -> keepReading(properties, reading), "openiomt-kafka-" + what);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Reads with one client after the other, because one that has thrown may be of no use any more. */
    private void keepReading(Map<String, Object> properties, Reading reading) {
        int failures = 0;
        while (!isClosing()) {
            try (Consumer<byte[], byte @Nullable []> consumer = clients.apply(properties)) {
                open.add(consumer);
                try {
                    reading.run(consumer);
                } finally {
                    open.remove(consumer);
                }
            } catch (WakeupException e) {
                LOG.debug("woken up to end");
            } catch (KafkaException | IomtException e) {
                failures++;
                context.troubled(KafkaFaults.explain(e, options), failures);
                pause(context.pause(failures));
            }
        }
    }

    private void pause(Duration pause) {
        try {
            closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<byte[], byte @Nullable []> consumer, CountDownLatch known) {
        try {
            while (!isClosing() && !known.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("waiting for what was announced about keys");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Assignment assignment = new Assignment(consumer);
        List<String> topics =
                context.settings().lanes().stream().map(context.form()::topic).toList();
        try {
            consumer.subscribe(topics, assignment);
            while (!isClosing()) {
                ConsumerRecords<byte[], byte @Nullable []> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    PartitionStream stream = streams.get(partition);
                    if (stream != null) {
                        stream.add(records.records(partition));
                    }
                }
                hold(consumer);
                commit(consumer);
            }
        } finally {
            assignment.end();
        }
    }

    /** Reads on only where the application keeps up. */
    private void hold(Consumer<?, ?> consumer) {
        int waiting = context.settings().waiting();
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>(consumer.paused());
        streams.forEach((partition, stream) -> {
            if (stream.inHand() >= waiting) {
                full.add(partition);
            }
        });
        free.removeAll(full);
        full.removeAll(consumer.paused());
        consumer.pause(full);
        consumer.resume(free);
    }

    private void commit(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> changed = positions(streams.keySet());
        if (!changed.isEmpty()) {
            consumer.commitAsync(changed, (offsets, fault) -> {
                if (fault != null) {
                    LOG.debug("not committed, the next one will be: {}", fault.getMessage());
                    offsets.keySet().forEach(committed::remove);
                }
            });
        }
    }

    /** Returns the places that the cluster does not know yet, and notes them as told. */
    private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionStream stream = streams.get(partition);
            if (stream != null) {
                long position = stream.position();
                Long before = committed.put(partition, position);
                if (before == null || before != position) {
                    changed.put(partition, new OffsetAndMetadata(position));
                }
            }
        }
        return changed;
    }

    /** Takes and gives back partitions, in the thread that reads. */
    private final class Assignment implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte @Nullable []> consumer;

        Assignment(Consumer<byte[], byte @Nullable []> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> left = consumer.committed(new HashSet<>(partitions));
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long begin = first.getOrDefault(partition, 0L);
                OffsetAndMetadata place = left.get(partition);
                long from = place == null ? begin : Math.max(begin, place.offset());
                committed.put(partition, from);
                streams.put(partition, new PartitionStream(partition, from, context));
                consumer.seek(
                        partition, Math.max(begin, from - context.settings().lookBack()));
            }
            tell();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            rest(partitions);
            Map<TopicPartition, OffsetAndMetadata> changed = positions(partitions);
            try {
                if (!changed.isEmpty()) {
                    consumer.commitSync(changed, REST_TIMEOUT);
                }
            } catch (CommitFailedException | RebalanceInProgressException e) {
                LOG.debug("not committed, so some records come again: {}", e.getMessage());
            }
            partitions.forEach(this::forget);
            tell();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            rest(partitions);
            partitions.forEach(this::forget);
            tell();
        }

        private void forget(TopicPartition partition) {
            streams.remove(partition);
            committed.remove(partition);
        }

        private void rest(Collection<TopicPartition> partitions) {
            CompletionStage<Void> all = CompletableFuture.completedFuture(null);
            for (TopicPartition partition : partitions) {
                PartitionStream stream = streams.get(partition);
                if (stream != null) {
                    CompletionStage<Void> one = stream.stop();
                    all = all.thenCompose(done -> one);
                }
            }
            if (!context.scheduler().await(all, REST_TIMEOUT)) {
                LOG.warn("the handler holds an observation for longer than {}; it comes again elsewhere", REST_TIMEOUT);
            }
        }

        private void tell() {
            context.publish(new SourceEvent.Assigned(
                    context.now(),
                    streams.keySet().stream()
                            .map(TopicPartition::toString)
                            .sorted()
                            .toList()));
        }

        /** Gives back everything, when the reading ends for whatever reason. */
        void end() {
            List<TopicPartition> all = List.copyOf(streams.keySet());
            rest(all);
            Map<TopicPartition, OffsetAndMetadata> changed = positions(all);
            try {
                if (!changed.isEmpty()) {
                    consumer.commitSync(changed, REST_TIMEOUT);
                }
            } catch (KafkaException e) {
                LOG.debug("not committed, so some records come again: {}", e.getMessage());
            }
            all.forEach(this::forget);
        }
    }
}
