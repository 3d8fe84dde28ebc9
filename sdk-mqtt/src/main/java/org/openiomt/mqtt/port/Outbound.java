package org.openiomt.mqtt.port;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.mqtt.topic.Topic;

/** A message to be sent. Its octets must not change any more. */
public final class Outbound {
    private final Topic topic;
    private final byte[] payload;
    private final Optional<String> contentType;
    private final boolean isRetained;
    private final OptionalLong expirySeconds;
    private final Optional<String> traceparent;

    private Outbound(
            Topic topic,
            byte[] payload,
            Optional<String> contentType,
            boolean isRetained,
            OptionalLong expirySeconds,
            Optional<String> traceparent) {
        this.topic = topic;
        this.payload = payload;
        this.contentType = contentType;
        this.isRetained = isRetained;
        this.expirySeconds = expirySeconds;
        this.traceparent = traceparent;
    }

    /** Returns a message for whoever listens. */
    public static Outbound event(Topic topic, byte[] payload, String contentType) {
        return event(topic, payload, contentType, Optional.empty());
    }

    /** Returns a message for whoever listens, which may belong to a trace. */
    public static Outbound event(Topic topic, byte[] payload, String contentType, Optional<String> traceparent) {
        return new Outbound(topic, payload, Optional.of(contentType), false, OptionalLong.empty(), traceparent);
    }

    /** Returns a message that the broker keeps for whoever comes later. */
    public static Outbound state(Topic topic, byte[] payload) {
        return new Outbound(topic, payload, Optional.empty(), true, OptionalLong.empty(), Optional.empty());
    }

    /** Returns a message that the broker keeps for whoever comes within a time. */
    public static Outbound announcement(Topic topic, byte[] payload, Duration keptFor) {
        return new Outbound(
                topic, payload, Optional.empty(), true, OptionalLong.of(keptFor.toSeconds()), Optional.empty());
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

    /** Returns the trace that it belongs to. */
    Optional<String> traceparent() {
        return traceparent;
    }

    /** Returns how long the broker keeps it; empty for ever. */
    OptionalLong expirySeconds() {
        return expirySeconds;
    }

    /** Whether the broker keeps it for whoever comes later. */
    boolean isRetained() {
        return isRetained;
    }
}
