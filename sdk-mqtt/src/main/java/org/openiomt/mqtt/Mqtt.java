package org.openiomt.mqtt;

import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
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
 * Topics topics = Topics.of("home-7", "gw-1");
 * Outbox sealed = new SealedOutbox(outbox, sealer, (device, lane) -> topics.records(device, lane).toString());
 * Uplink uplink = Mqtt.uplink(options, topics, sealed, sealer);
 * uplink.start();
 *
 * ObservationConsumer clinic = Mqtt.consumer(others, Scope.everywhere(), opener, delivery -> store(delivery.observation()));
 * clinic.start();
 * }</pre>
 *
 * What protects from end to end is given by the caller: a publisher and a reader of {@code org.openiomt.security.sealed}. Who wants
 * none says so, with {@link RecordSealer#PLAIN} and {@link RecordOpener#PLAIN}.
 */
public final class Mqtt {
    private Mqtt() {}

    /** Makes an uplink with threads of its own; nothing is opened before it is started. */
    public static Uplink uplink(MqttOptions broker, Topics topics, Outbox outbox, RecordSealer sealer) {
        return Uplink.open(broker, topics, outbox, sealer);
    }

    /** Makes a consumer with threads of its own; nothing is opened before it is started. */
    public static ObservationConsumer consumer(
            MqttOptions broker, Scope scope, RecordOpener opener, DeliveryHandler handler) {
        return ObservationConsumer.open(broker, scope, opener, handler);
    }
}
