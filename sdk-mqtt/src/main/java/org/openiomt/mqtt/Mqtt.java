package org.openiomt.mqtt;

import org.openiomt.core.outbox.Outbox;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.DeliveryHandler;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;

/**
 * The door of the MQTT room: observations to a broker, and from a broker.
 *
 * <pre>{@code
 * Uplink uplink = Mqtt.uplink(options, Topics.of("home-7", "gw-1"), outbox);
 * uplink.start();
 *
 * ObservationConsumer clinic = Mqtt.consumer(others, Scope.everywhere(), delivery -> store(delivery.observation()));
 * clinic.start();
 * }</pre>
 */
public final class Mqtt {
    private Mqtt() {}

    /** Makes an uplink with threads of its own; nothing is opened before it is started. */
    public static Uplink uplink(MqttOptions broker, Topics topics, Outbox outbox) {
        return Uplink.open(broker, topics, outbox);
    }

    /** Makes a consumer with threads of its own; nothing is opened before it is started. */
    public static ObservationConsumer consumer(MqttOptions broker, Scope scope, DeliveryHandler handler) {
        return ObservationConsumer.open(broker, scope, handler);
    }
}
