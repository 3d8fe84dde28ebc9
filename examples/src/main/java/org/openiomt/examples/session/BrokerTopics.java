package org.openiomt.examples.session;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.openiomt.security.carrier.PublishSubscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sessions to an MQTT 5 broker: what {@link org.openiomt.security.carrier.TopicPort} asks for, on a client that is connected
 * already and stays its owner's. Messages go with QoS 1, so the broker may repeat them and lose those that nobody has subscribed to;
 * sessions bear both.
 */
public final class BrokerTopics implements PublishSubscribe {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerTopics.class);

    private final Mqtt5AsyncClient client;

    /** Uses a client. Each of its topics may be subscribed to once. */
    public BrokerTopics(Mqtt5AsyncClient client) {
        this.client = client;
    }

    @Override
    public void publish(Message message) {
        if (!client.getState().isConnected()) {
            return; // the client would keep it without a bound, and the session sends again what must arrive
        }
        logged(
                "published under " + message.topic(),
                client.publishWith()
                        .topic(message.topic())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(message.payload())
                        .responseTopic(
                                message.responseTopic().map(MqttTopic::of).orElse(null))
                        .send());
    }

    @Override
    public Runnable subscribe(String topic, Consumer<Message> consumer) {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        logged(
                "subscribed to " + topic,
                client.subscribeWith()
                        .topicFilter(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .callback(publish -> {
                            if (isOpen.get()) {
                                consumer.accept(message(publish));
                            }
                        })
                        .send());
        return () -> {
            isOpen.set(false);
            logged(
                    "unsubscribed from " + topic,
                    client.unsubscribeWith().topicFilter(topic).send());
        };
    }

    private static Message message(Mqtt5Publish publish) {
        Optional<String> responseTopic = publish.getResponseTopic().map(MqttTopic::toString);
        return new Message(publish.getTopic().toString(), publish.getPayloadAsBytes(), responseTopic);
    }

    private static void logged(String what, CompletionStage<?> sent) {
        sent.whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.warn("could not be {}: {}", what, fault.getMessage());
            }
        });
    }
}
