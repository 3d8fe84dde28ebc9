package org.openiomt.kafka.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.openiomt.kafka.KafkaOptions;

/**
 * Real brokers on the loopback, each a process of its own that can be killed. All copies of everything are on three brokers, and two must have
 * a record before it is acknowledged.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";

    private final Path folder;
    private final List<Integer> ports;
    private final List<Integer> controllers;
    private final List<String> settings;
    private final Map<Integer, Process> processes = new TreeMap<>();
    private final Admin admin;

    private KafkaCluster(Path folder, int brokers, List<String> settings) {
        this.folder = folder;
        this.settings = settings;
        List<Integer> free = freePorts(2 * brokers);
        this.ports = free.subList(0, brokers);
        this.controllers = free.subList(brokers, 2 * brokers);
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()));
    }

    /**
     * Starts brokers, numbered from 0, and waits until all of them are in the cluster.
     *
     * @param settings further settings of the brokers, {@code name=value} each
     */
    public static KafkaCluster start(Path folder, int brokers, String... settings) {
        KafkaCluster cluster = new KafkaCluster(folder, brokers, List.of(settings));
        try {
            for (int node = 0; node < brokers; node++) {
                cluster.start(node);
            }
            cluster.awaitBrokers(brokers);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Returns the addresses of all brokers. */
    public String servers() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Makes the topics of the library, with a copy on each broker. */
    public void create(KafkaOptions.Topics topics, int partitions) {
        Map<String, String> sizes = Map.of("max.message.bytes", "2097152");
        Map<String, String> compacted = new HashMap<>(sizes);
        compacted.put("cleanup.policy", "compact");
        short copies = (short) ports.size();
        await(admin.createTopics(List.of(
                        new NewTopic(topics.readings(), partitions, copies).configs(sizes),
                        new NewTopic(topics.waves(), partitions, copies).configs(sizes),
                        new NewTopic(topics.keys(), 1, copies).configs(compacted)))
                .all());
    }

    /** Returns what administers the cluster; stays the cluster's. */
    public Admin admin() {
        return admin;
    }

    /** Returns the broker that leads a partition. */
    public int leader(String topic, int partition) {
        return partitions(topic).get(partition).leader().id();
    }

    private List<TopicPartitionInfo> partitions(String topic) {
        return Objects.requireNonNull(await(admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic))
                .partitions();
    }

    /** Lets another broker lead each partition of a topic, and waits until it does. */
    public void moveLeaders(String topic) {
        Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
        for (TopicPartitionInfo info : partitions(topic)) {
            List<Integer> nodes = new ArrayList<>(
                    info.replicas().stream().map(node -> node.id()).toList());
            while (nodes.get(0) == info.leader().id() || !processes.containsKey(nodes.get(0))) {
                Collections.rotate(nodes, 1);
            }
            moves.put(new TopicPartition(topic, info.partition()), Optional.of(new NewPartitionReassignment(nodes)));
        }
        await(admin.alterPartitionReassignments(moves).all());
        await(admin.electLeaders(ElectionType.PREFERRED, moves.keySet()).partitions());
        List<TopicPartitionInfo> now = partitions(topic);
        moves.forEach((partition, move) -> {
            int expected = move.orElseThrow().targetReplicas().get(0);
            if (now.get(partition.partition()).leader().id() != expected) {
                throw new AssertionError(partition + " has not been moved to " + expected);
            }
        });
    }

    /** Kills a broker as {@code kill -9} does. */
    public void kill(int node) {
        Process process = processes.remove(node);
        if (process == null) {
            throw new IllegalStateException("no such broker runs: " + node);
        }
        end(process);
    }

    /** Starts a broker that was killed, on its folder, and waits until it is in the cluster. */
    public void restart(int node) {
        start(node);
        awaitBrokers(processes.size());
    }

    private void start(int node) {
        Path home = folder.resolve("broker-" + node);
        Path config = folder.resolve("broker-" + node + ".properties");
        try {
            Files.createDirectories(home);
            Files.writeString(config, properties(node, home));
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    config.toString(),
                    home.toString(),
                    CLUSTER_ID);
            File output = folder.resolve("broker-" + node + ".out").toFile();
            processes.put(
                    node,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String properties(int node, Path home) {
        String voters = IntStream.range(0, controllers.size())
                .mapToObj(each -> each + "@127.0.0.1:" + controllers.get(each))
                .collect(Collectors.joining(","));
        int copies = ports.size();
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + node,
                "controller.quorum.voters=" + voters,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://127.0.0.1:" + ports.get(node) + ",CONTROLLER://127.0.0.1:"
                        + controllers.get(node),
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + ports.get(node),
                "log.dirs=" + home,
                "auto.create.topics.enable=false",
                "default.replication.factor=" + copies,
                "min.insync.replicas=" + Math.min(2, copies),
                "offsets.topic.replication.factor=" + copies,
                "offsets.topic.num.partitions=4",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=2000",
                "broker.session.timeout.ms=4000",
                "broker.heartbeat.interval.ms=500",
                "num.network.threads=2",
                "num.io.threads=2",
                "log.cleaner.dedupe.buffer.size=4194304",
                "log.index.size.max.bytes=1048576",
                String.join("\n", settings),
                "");
    }

    private void awaitBrokers(int count) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        int there = 0;
        while (there < count) {
            if (System.nanoTime() > end || processes.values().stream().anyMatch(process -> !process.isAlive())) {
                throw new AssertionError(there + " of " + count + " brokers are there; see " + folder);
            }
            there = await(admin.describeCluster().nodes()).size();
            if (there < count) {
                pause();
            }
        }
    }

    /** A cluster says nothing by itself when a broker comes: it is asked five times a second. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.destroyForcibly()
                .onExit()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Ends all brokers. */
    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
        Set.copyOf(processes.keySet()).forEach(this::kill);
    }
}
