package org.openiomt.mqtt.port;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A message that came and is not yet acknowledged. Its octets belong to the receiver. */
public final class Inbound {
    private final String topic;
    private final byte[] payload;
    private final Optional<String> traceparent;
    private final BooleanSupplier isStale;
    private final Runnable acknowledgement;

    /** Makes a message that belongs to no trace; parameters as of the other constructor. */
    public Inbound(String topic, byte[] payload, BooleanSupplier isStale, Runnable acknowledgement) {
        this(topic, payload, Optional.empty(), isStale, acknowledgement);
    }

    /**
     * Makes a message.
     *
     * @param topic as the broker sent it
     * @param payload not copied
     * @param traceparent the trace that it says it belongs to, in the form of W3C Trace Context
     * @param isStale whether the connection is gone on which it came
     * @param acknowledgement tells the broker; does nothing when the connection is gone
     */
    public Inbound(
            String topic,
            byte[] payload,
            Optional<String> traceparent,
            BooleanSupplier isStale,
            Runnable acknowledgement) {
        this.topic = topic;
        this.payload = payload;
        this.traceparent = traceparent;
        this.isStale = isStale;
        this.acknowledgement = acknowledgement;
    }

    /** Returns the topic as the broker sent it. */
    public String topic() {
        return topic;
    }

    /** Returns the octets. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the trace that it says it belongs to. */
    public Optional<String> traceparent() {
        return traceparent;
    }

    /** Whether its connection is gone: it can no longer be acknowledged, and the broker will send it again. */
    public boolean isStale() {
        return isStale.getAsBoolean();
    }

    /** Tells the broker that the message need not come again. Once, from any thread. */
    public void acknowledge() {
        acknowledgement.run();
    }
}
