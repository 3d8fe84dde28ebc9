package org.openiomt.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.openiomt.core.json.ObservationMessage;

/**
 * Which cluster to use, as whom, and which topics of it. Immutable; each {@code with} method returns a changed copy.
 *
 * @param servers some brokers, {@code host:port} each; they tell of the others
 * @param clientId names this client in the brokers' logs and quotas; 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param topics where the messages are
 * @param properties further properties of the Kafka client: keys, passwords, time-outs, compression. What the promises of this
 *     package hang on cannot be set.
 */
public record KafkaOptions(List<String> servers, String clientId, Topics topics, Map<String, String> properties) {
    /** The octets of a record beside its message, at most. */
    static final int RECORD_HEAD = 64 << 10;

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SERVER = Pattern.compile("(.+):([0-9]{1,5})");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Set<String> PROTECTED = Set.of("SSL", "SASL_SSL");

    private static final Set<String> OURS = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    /**
     * The names of the topics.
     *
     * @param readings messages of readings; any number of partitions, the key is the device
     * @param waves messages of wave forms; the same
     * @param keys what gateways announce about keys; to be compacted, so that the newest of each key stays
     */
    public record Topics(String readings, String waves, String keys) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

        /** {@code iomt.1.obs}, {@code iomt.1.wave} and {@code iomt.1.keys}. */
        public static final Topics DEFAULT = of("iomt.1");

        /** Checks the names. */
        public Topics {
            for (String name : List.of(readings, waves, keys)) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "a Kafka topic must be 1 to 249 of A-Z a-z 0-9 . _ -, but got " + name);
                }
            }
            if (Set.of(readings).contains(waves) || Set.of(readings, waves).contains(keys)) {
                throw new IllegalArgumentException("readings, wave forms and keys need a topic each");
            }
        }

        /** Returns the topics that begin with a prefix and end with {@code .obs}, {@code .wave} and {@code .keys}. */
        public static Topics of(String prefix) {
            return new Topics(prefix + ".obs", prefix + ".wave", prefix + ".keys");
        }

        /** Returns all three. */
        public List<String> all() {
            return List.of(readings, waves, keys);
        }
    }

    /** Checks every part and copies the collections. */
    public KafkaOptions {
        servers = List.copyOf(servers);
        Objects.requireNonNull(topics, "topics");
        properties = Map.copyOf(properties);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("at least one broker of the cluster must be named");
        }
        if (!CLIENT_ID.matcher(clientId).matches()) {
            throw new IllegalArgumentException("a client id must be 1 to 64 of A-Z a-z 0-9 _ -, but got " + clientId);
        }
        Set<String> taken = new TreeSet<>(properties.keySet());
        taken.retainAll(OURS);
        if (!taken.isEmpty()) {
            throw new IllegalArgumentException("not to be set, because order and safety hang on them: " + taken);
        }
        boolean isProtected =
                PROTECTED.contains(properties.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"));
        for (String server : servers) {
            var parts = SERVER.matcher(server);
            if (!parts.matches()) {
                throw new IllegalArgumentException("a broker is host:port, but got '" + server + "'");
            }
            if (!isProtected && !LOOPBACK.contains(parts.group(1))) {
                throw new IllegalArgumentException(
                        "without TLS only 127.0.0.1, [::1] and localhost are allowed, but got " + server
                                + "; set security.protocol to SSL or SASL_SSL");
            }
        }
    }

    /**
     * Returns options with the usual topics and no further properties: for a cluster on this machine.
     *
     * @param servers {@code host:port}, several separated by commas
     */
    public static KafkaOptions of(String servers, String clientId) {
        return new KafkaOptions(List.of(servers.split(",", -1)), clientId, Topics.DEFAULT, Map.of());
    }

    /** Returns these options for other topics. */
    public KafkaOptions withTopics(Topics other) {
        return new KafkaOptions(servers, clientId, other, properties);
    }

    /** Returns these options with other properties of the client. */
    public KafkaOptions withProperties(Map<String, String> other) {
        return new KafkaOptions(servers, clientId, topics, other);
    }

    /** Hides the properties, among which are passwords. */
    @Override
    public String toString() {
        return "KafkaOptions[servers=" + servers + ", clientId=" + clientId + ", topics=" + topics + "]";
    }

    /**
     * What a producer needs, so that nothing is lost and nothing overtakes: every in-sync replica has a record before it is acknowledged,
     * what is sent again is stored once and in its place, and it is sent again for as long as the producer lives.
     */
    Map<String, Object> producer() {
        Map<String, Object> all = new HashMap<>(common(ProducerConfig.configNames()));
        all.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        all.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ObservationMessage.MAX_OCTETS + RECORD_HEAD);
        return all;
    }

    /** What a consumer needs that commits what has been taken, and nothing before. */
    Map<String, Object> consumer() {
        Map<String, Object> all = new HashMap<>(common(ConsumerConfig.configNames()));
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    /** What a member of a group needs. */
    Map<String, Object> consumer(String group) {
        Map<String, Object> all = consumer();
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        return all;
    }

    Map<String, Object> admin() {
        return common(AdminClientConfig.configNames());
    }

    /** What is meant for another kind of client is left out: the client would warn of it. */
    private Map<String, Object> common(Set<String> known) {
        Map<String, Object> all = new HashMap<>();
        properties.forEach((name, value) -> {
            if (known.contains(name) || !isAnyClients(name)) {
                all.put(name, value);
            }
        });
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", servers));
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return all;
    }

    private static boolean isAnyClients(String name) {
        return ProducerConfig.configNames().contains(name)
                || ConsumerConfig.configNames().contains(name)
                || AdminClientConfig.configNames().contains(name);
    }
}
