package org.openiomt.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.LinkException;

/**
 * The door of the Kafka room: observations to a cluster, and from it.
 *
 * <pre>{@code
 * KafkaOptions options = KafkaOptions.of("127.0.0.1:9092", "clinic");
 * Kafka.check(options);
 * KafkaSource source = Kafka.source(options, "clinic", opener, delivery -> store(delivery.observation()));
 * source.start();
 * }</pre>
 */
public final class Kafka {
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(15);

    private Kafka() {}

    /** Makes a sink with threads of its own. */
    public static KafkaSink sink(KafkaOptions options) {
        return KafkaSink.open(options);
    }

    /** Makes a source with threads of its own; nothing is opened before it is started. */
    public static KafkaSource source(KafkaOptions options, String group, RecordOpener opener, DeliveryHandler handler) {
        return KafkaSource.open(options, group, opener, handler);
    }

    /**
     * Finds out whether the cluster is there and can keep the promises of a sink: its topics exist and can be seen, take messages of
     * 1 MiB, and are stored by two brokers at least before they are acknowledged, where there are several copies. Waits at most 15 s.
     *
     * @throws LinkException when it is not so; says what to do
     */
    public static void check(KafkaOptions options) {
        Map<String, Object> properties = new HashMap<>(options.admin());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CHECK_TIMEOUT.toMillis());
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CHECK_TIMEOUT.toMillis() / 2);
        try (Admin admin = Admin.create(properties)) {
            List<String> missing = new ArrayList<>();
            Map<String, KafkaFuture<TopicDescription>> topics =
                    admin.describeTopics(options.topics().all()).topicNameValues();
            for (String topic : options.topics().all()) {
                TopicDescription description = described(topics.get(topic), topic, options);
                if (description == null) {
                    missing.add(topic);
                }
            }
            if (!missing.isEmpty()) {
                throw new LinkException(
                        "the cluster at " + options.servers() + " has no topic " + String.join(", ", missing)
                                + "; make it with kafka-topics.sh --create (the topic of keys with"
                                + " cleanup.policy=compact), or name others");
            }
            checkConfigs(admin, options);
        } catch (KafkaException e) {
            throw KafkaFaults.of(e, options);
        }
    }

    private static @Nullable TopicDescription described(
            @Nullable KafkaFuture<TopicDescription> answer, String topic, KafkaOptions options) {
        if (answer == null) {
            return null;
        }
        try {
            return answer.get(CHECK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            if (cause instanceof TopicAuthorizationException) {
                throw new LinkException(
                        "the cluster refuses this client (" + options.clientId() + ") the topic " + topic
                                + ", or there is none; it needs the rights to describe it and to write or read it",
                        e);
            }
            throw KafkaFaults.of(e, options);
        } catch (TimeoutException e) {
            throw unreachable(options, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(options, e);
        }
    }

    private static LinkException unreachable(KafkaOptions options, Exception cause) {
        return new LinkException(
                "no Kafka answers at " + options.servers() + " within " + CHECK_TIMEOUT.toSeconds()
                        + " s; check that it runs, its address and security.protocol",
                cause);
    }

    private static void checkConfigs(Admin admin, KafkaOptions options) {
        List<ConfigResource> resources = options.topics().all().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> configs;
        try {
            configs = admin.describeConfigs(resources).all().get(CHECK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException
                    || e.getCause() instanceof ClusterAuthorizationException) {
                return; // who may write need not be allowed to see how a topic is set
            }
            throw KafkaFaults.of(e, options);
        } catch (TimeoutException e) {
            throw unreachable(options, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(options, e);
        }
        configs.forEach((resource, config) -> {
            long greatest = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            int needed = ObservationMessage.MAX_OCTETS + KafkaOptions.RECORD_HEAD;
            if (greatest < needed) {
                throw new LinkException("the topic " + resource.name() + " takes messages of " + greatest
                        + " octets, but " + needed + " are needed; set its " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            }
        });
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? Long.MAX_VALUE : Long.parseLong(entry.value());
    }
}
