package org.openiomt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.LinkException;
import org.openiomt.kafka.cluster.KafkaCluster;

/** The sink and the source with three real brokers. */
@Timeout(180)
class KafkaClusterTest {
    private static final Map<String, String> QUICK_GROUP =
            Map.of("session.timeout.ms", "4000", "heartbeat.interval.ms", "500");

    @TempDir
    static Path folder;

    private static KafkaCluster cluster;

    @BeforeAll
    static void startTheCluster() {
        cluster = KafkaCluster.start(folder, 3);
    }

    @AfterAll
    static void endTheCluster() {
        cluster.close();
    }

    private static KafkaOptions given(String prefix, int partitions) {
        KafkaOptions.Topics topics = KafkaOptions.Topics.of(prefix);
        cluster.create(topics, partitions);
        return KafkaOptions.of(cluster.servers(), "test").withTopics(topics).withProperties(QUICK_GROUP);
    }

    /** What sources have delivered: all of a device in the order of arrival, over all sources. */
    private static final class Arrivals implements DeliveryHandler {
        private final Map<String, List<Long>> numbers = new ConcurrentHashMap<>();
        private final Semaphore first = new Semaphore(0);

        @Override
        public void take(Delivery delivery) {
            String device = delivery.gateway() + "/" + delivery.observation().device();
            List<Long> all = numbers.computeIfAbsent(device, unknown -> new ArrayList<>());
            synchronized (all) {
                if (!all.contains(delivery.sequence())) {
                    first.release();
                }
                all.add(delivery.sequence());
            }
        }

        void await(int distinct) throws InterruptedException {
            assertThat(first.tryAcquire(distinct, 90, TimeUnit.SECONDS))
                    .as("%s of %s observations have come", first.availablePermits(), distinct)
                    .isTrue();
        }

        long repeats() {
            return numbers.values().stream()
                    .mapToLong(all -> all.size() - Set.copyOf(all).size())
                    .sum();
        }

        /** Each device's numbers without repeats, in the order in which each came first. */
        Map<String, List<Long>> distinct() {
            Map<String, List<Long>> distinct = new ConcurrentHashMap<>();
            numbers.forEach((device, all) -> distinct.put(device, List.copyOf(new LinkedHashSet<>(all))));
            return distinct;
        }
    }

    /** Sends the n-th reading of every device, one round after the other, with at most 500 on their way. */
    private static final class Traffic {
        private final KafkaSink sink;
        private final List<String> gateways;
        private final int devices;
        private final Semaphore window = new Semaphore(500);
        private final AtomicReference<Throwable> fault = new AtomicReference<>();

        Traffic(KafkaSink sink, List<String> gateways, int devices) {
            this.sink = sink;
            this.gateways = gateways;
            this.devices = devices;
        }

        void send(long first, long last) throws InterruptedException {
            for (long n = first; n <= last; n++) {
                for (String gateway : gateways) {
                    for (int device = 0; device < devices; device++) {
                        window.acquire();
                        sink.send(Readings.message(gateway, "cuff-" + device, n, n))
                                .whenComplete((ack, problem) -> {
                                    if (problem != null || ack != Ack.STORED) {
                                        fault.compareAndSet(null, problem == null ? new AssertionError(ack) : problem);
                                    }
                                    window.release();
                                });
                    }
                }
            }
        }

        void awaitStored() throws InterruptedException {
            assertThat(window.tryAcquire(500, 90, TimeUnit.SECONDS))
                    .as("all stored")
                    .isTrue();
            window.release(500);
            assertThat(fault.get()).isNull();
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void everyReadingArrivesInTheOrderOfItsDeviceWhileABrokerDiesPartitionsMoveAndSourcesComeAndGo() throws Exception {
        KafkaOptions options = given("chaos.1", 6);
        Arrivals arrivals = new Arrivals();
        List<String> gateways = List.of("gw-1", "gw-2");
        int devices = 20;
        long rounds = 200;
        KafkaSource one = Kafka.source(options, "chaos", RecordOpener.PLAIN, arrivals);
        KafkaSource two = Kafka.source(options, "chaos", RecordOpener.PLAIN, arrivals);
        KafkaSource three = Kafka.source(options, "chaos", RecordOpener.PLAIN, arrivals);
        try (KafkaSink sink = Kafka.sink(options);
                one;
                two;
                three) {
            one.start();
            two.start();
            Traffic traffic = new Traffic(sink, gateways, devices);
            traffic.send(1, 50);
            int killed = cluster.leader("chaos.1.obs", 0);
            cluster.kill(killed);
            traffic.send(51, 100);
            traffic.awaitStored();
            three.start();
            cluster.moveLeaders("chaos.1.obs");
            traffic.send(101, 150);
            one.close();
            cluster.restart(killed);
            traffic.send(151, rounds);
            traffic.awaitStored();
            arrivals.await((int) rounds * devices * gateways.size());

            Map<String, List<Long>> distinct = arrivals.distinct();
            assertThat(distinct).hasSize(devices * gateways.size());
            assertThat(distinct)
                    .allSatisfy(
                            (device, numbers) -> assertThat(numbers).as(device).isEqualTo(upTo(rounds)));
            long missing = one.stats().missing()
                    + two.stats().missing()
                    + three.stats().missing();
            assertThat(missing).isZero();
            System.out.println("kafka: " + rounds * devices * gateways.size() + " readings of "
                    + devices * gateways.size() + " devices, 0 lost, in order; delivered twice "
                    + arrivals.repeats() + ", known as repeats "
                    + (one.stats().duplicates()
                            + two.stats().duplicates()
                            + three.stats().duplicates()));
        }
    }

    @Test
    void whoTakesOverAPartitionKnowsWhatWasDeliveredBefore() throws Exception {
        KafkaOptions options = given("memory.1", 1);
        Arrivals arrivals = new Arrivals();
        try (KafkaSink sink = Kafka.sink(options)) {
            stored(sink.send(Readings.message("gw-1", "cuff", 1, 3)));
            try (KafkaSource first = Kafka.source(options, "memory", RecordOpener.PLAIN, arrivals)) {
                first.start();
                arrivals.await(3);
            }
            stored(sink.send(Readings.message("gw-1", "cuff", 2, 3)));
            stored(sink.send(Readings.message("gw-1", "cuff", 4, 5)));
            try (KafkaSource second = Kafka.source(options, "memory", RecordOpener.PLAIN, arrivals)) {
                second.start();
                arrivals.await(2);
                assertThat(second.stats().duplicates()).isEqualTo(2);
                assertThat(second.stats().received()).isEqualTo(2);
            }
        }
        assertThat(arrivals.numbers.get("gw-1/cuff")).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatTheHandlerRefusesComesAgainAndIsCommittedOnlyThen() throws Exception {
        KafkaOptions options = given("refusing.1", 1);
        BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        try (KafkaSink sink = Kafka.sink(options)) {
            stored(sink.send(Readings.message("gw-1", "cuff", 1, 2)));
            KafkaSource failing = Kafka.source(options, "refusing", RecordOpener.PLAIN, delivery -> {
                asked.add(delivery.sequence());
                if (delivery.sequence() == 2) {
                    throw new IllegalStateException("the data base is away");
                }
            });
            try (failing) {
                failing.start();
                assertThat(List.of(take(asked), take(asked), take(asked))).containsExactly(1L, 2L, 2L);
            }
            asked.clear();
            try (KafkaSource next =
                    Kafka.source(options, "refusing", RecordOpener.PLAIN, delivery -> asked.add(delivery.sequence()))) {
                next.start();
                assertThat(List.of(take(asked), take(asked))).containsExactly(1L, 2L);
            }
        }
    }

    private static Long take(BlockingQueue<Long> queue) throws InterruptedException {
        Long next = queue.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("something within 60 s").isNotNull();
        return next == null ? -1L : next;
    }

    @Test
    void aClusterThatIsNotThereIsNamed() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        KafkaOptions options = KafkaOptions.of("127.0.0.1:" + closed, "test")
                .withProperties(Map.of("default.api.timeout.ms", "3000", "request.timeout.ms", "1000"));

        assertThatThrownBy(() -> Kafka.check(options))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("no Kafka answers at [127.0.0.1:" + closed + "]");
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        KafkaOptions options = KafkaOptions.of(cluster.servers(), "test").withTopics(KafkaOptions.Topics.of("nowhere"));

        assertThatThrownBy(() -> Kafka.check(options))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("has no topic nowhere.obs, nowhere.wave, nowhere.keys");
    }

    @Test
    void aRightThatIsMissingIsNamedByTheCheckAndByTheSink(@TempDir Path home) throws Exception {
        KafkaOptions.Topics topics = KafkaOptions.Topics.DEFAULT;
        try (KafkaCluster guarded = KafkaCluster.start(
                home,
                1,
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found=true")) {
            guarded.create(topics, 1);
            KafkaOptions options = KafkaOptions.of(guarded.servers(), "test");
            Kafka.check(options);
            deny(guarded, topics.readings(), AclOperation.WRITE);
            try (KafkaSink sink = Kafka.sink(options)) {
                assertThatThrownBy(() -> stored(sink.send(Readings.message("gw-1", "cuff", 1, 1))))
                        .hasCauseInstanceOf(LinkException.class)
                        .hasMessageContaining("the cluster refuses this client (test)");
                assertThatThrownBy(() -> stored(sink.announce("ward", "gw-1", "1", new byte[1])))
                        .as("nothing overtakes what failed")
                        .hasCauseInstanceOf(LinkException.class);
            }
            deny(guarded, topics.readings(), AclOperation.DESCRIBE);
            assertThatThrownBy(() -> Kafka.check(options))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("refuses this client (test) the topic " + topics.readings());
        }
    }

    private static void stored(CompletionStage<Ack> answer) throws Exception {
        assertThat(answer.toCompletableFuture().get(60, TimeUnit.SECONDS)).isEqualTo(Ack.STORED);
    }

    private static void deny(KafkaCluster guarded, String topic, AclOperation operation) throws Exception {
        guarded.admin()
                .createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }
}
