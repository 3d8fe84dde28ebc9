package org.openiomt.security.carrier;

import java.util.Optional;
import java.util.function.Consumer;

/** What a carrier needs of a broker: MQTT 5 with its response topic, or anything of that shape. */
public interface PublishSubscribe {
    /**
     * A message.
     *
     * @param topic where it was published
     * @param payload what; the receiver's
     * @param responseTopic where an answer is expected
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way from one method to its caller
    record Message(String topic, byte[] payload, Optional<String> responseTopic) {
        @Override
        public String toString() {
            return "Message[" + topic + ", " + payload.length + " octets]";
        }
    }

    /** Publishes, or loses it. Must not block. */
    void publish(Message message);

    /**
     * Receives what is published under a topic from now on, on any thread, one call at a time.
     *
     * @return ends it
     */
    Runnable subscribe(String topic, Consumer<Message> consumer);
}
