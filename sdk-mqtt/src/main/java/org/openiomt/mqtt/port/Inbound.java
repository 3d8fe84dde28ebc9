package org.openiomt.mqtt.port;

import java.util.function.BooleanSupplier;

/** A message that came and is not yet acknowledged. Its octets belong to the receiver. */
public final class Inbound {
    private final String topic;
    private final byte[] payload;
    private final BooleanSupplier isStale;
    private final Runnable acknowledgement;

    /**
     * Makes a message.
     *
     * @param topic as the broker sent it
     * @param payload not copied
     * @param isStale whether the connection is gone on which it came
     * @param acknowledgement tells the broker; does nothing when the connection is gone
     */
    public Inbound(String topic, byte[] payload, BooleanSupplier isStale, Runnable acknowledgement) {
        this.topic = topic;
        this.payload = payload;
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

    /** Whether its connection is gone: it can no longer be acknowledged, and the broker will send it again. */
    public boolean isStale() {
        return isStale.getAsBoolean();
    }

    /** Tells the broker that the message need not come again. Once, from any thread. */
    public void acknowledge() {
        acknowledgement.run();
    }
}
