package org.openiomt.mqtt.broker;

import java.time.Instant;
import java.util.Optional;

/** Whether the broker can be reached. */
public sealed interface BrokerState {
    /** Returns since when it is so. */
    Instant since();

    /** Whether messages can be sent now. */
    default boolean isConnected() {
        return this instanceof Connected;
    }

    /**
     * Messages flow.
     *
     * @param since since when
     * @param isSessionPresent whether the broker still knew this client and what waits for it
     */
    record Connected(Instant since, boolean isSessionPresent) implements BrokerState {}

    /**
     * No message flows.
     *
     * @param since since when; a further failed attempt begins a new state
     * @param reason why, for a person, with what to check
     * @param nextAttempt when the next attempt is made; empty while one is being made and after closing
     */
    record Disconnected(Instant since, String reason, Optional<Instant> nextAttempt) implements BrokerState {}
}
