package org.openiomt.mqtt.port;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Opens connections to one broker. Stages and callbacks come on the client's thread: whoever gets them must not block. */
public interface MqttPort {
    /**
     * Opens one connection, resuming the session that the broker has kept.
     *
     * @param events is told what happens on this connection; messages can come before the stage completes
     * @return fails with {@link org.openiomt.core.spi.LinkException} whose message says what to check; nothing is then left
     *     behind
     */
    CompletionStage<Connection> connect(Events events);

    /** What happens on one connection. */
    interface Events {
        /** A message came. */
        void received(Inbound message);

        /** The connection is gone, not by our wish. Called once, after every waiting publish has failed. */
        void lost(String reason);
    }

    /** One open connection. Used once: what is lost stays lost, and the next connection knows nothing of it. */
    interface Connection {
        /** Whether the broker still knew this client. */
        boolean isSessionPresent();

        /** Returns the most octets of a message, topic and head included, that the broker takes. */
        int maxPacketOctets();

        /** Subscribes at QoS 1. Fails when the broker refuses one of the filters. */
        CompletionStage<Void> subscribe(List<String> filters);

        /**
         * Sends a message at QoS 1.
         *
         * @return completes when the broker has acknowledged it; fails with {@link org.openiomt.core.spi.LinkException} when
         *     it refused the message or when the connection was lost before the answer; never hangs
         */
        CompletionStage<Void> publish(Outbound message);

        /**
         * Lets the broker take note of what was acknowledged before. Some brokers forget acknowledgements that came just before the
         * end of the connection, and send those messages again on the next one.
         *
         * @return completes when it has; fails when the connection was lost before
         */
        CompletionStage<Void> settle();

        /** Says goodbye and closes; the session stays with the broker. Waiting publishes fail. Completes in any case. */
        CompletionStage<Void> disconnect();
    }
}
