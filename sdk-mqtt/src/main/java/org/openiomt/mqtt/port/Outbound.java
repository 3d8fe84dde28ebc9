package org.openiomt.mqtt.port;

import java.util.Optional;
import org.openiomt.mqtt.topic.Topic;

/** A message to be sent. Its octets must not change any more. */
public final class Outbound {
    private final Topic topic;
    private final byte[] payload;
    private final Optional<String> contentType;
    private final boolean isRetained;

    private Outbound(Topic topic, byte[] payload, Optional<String> contentType, boolean isRetained) {
        this.topic = topic;
        this.payload = payload;
        this.contentType = contentType;
        this.isRetained = isRetained;
    }

    /** Returns a message for whoever listens. */
    public static Outbound event(Topic topic, byte[] payload, String contentType) {
        return new Outbound(topic, payload, Optional.of(contentType), false);
    }

    /** Returns a message that the broker keeps for whoever comes later. */
    public static Outbound state(Topic topic, byte[] payload) {
        return new Outbound(topic, payload, Optional.empty(), true);
    }

    Topic topic() {
        return topic;
    }

    byte[] payload() {
        return payload;
    }

    Optional<String> contentType() {
        return contentType;
    }

    /** Whether the broker keeps it for whoever comes later. */
    boolean isRetained() {
        return isRetained;
    }
}
