package org.openiomt.mqtt.broker;

/**
 * What becomes of an observation to which nobody has subscribed. Brokers that say so are Mosquitto, HiveMQ and EMQX among
 * others; Artemis does not say it, and drops the observation.
 */
public enum WhenUnheard {
    /** It stays in the outbox and is sent again: whoever should have subscribed may have been late, or have lost its session. */
    SEND_AGAIN,
    /** It is done with: somebody takes it by other means than a subscription, as the rules of a broker do. */
    FORGET
}
