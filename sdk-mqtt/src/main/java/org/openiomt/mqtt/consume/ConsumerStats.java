package org.openiomt.mqtt.consume;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a consumer has done since it was opened.
 *
 * @param received messages that came, repeats included
 * @param delivered observations that the handler has taken
 * @param duplicates observations that came again and were not delivered again
 * @param refusals messages, and observations in messages, that were refused, by the reason; what never happened is left out
 * @param overtaking messages that the broker sent before earlier ones of their device, and that waited for those
 * @param missing observations that did not come, by their sequence numbers
 * @param failures how often the handler failed
 * @param abandoned observations that were given up after too many failures of the handler
 * @param unremembered observations that were taken and could not be remembered
 * @param connectedSince since when there is a link; empty while there is none
 */
public record ConsumerStats(
        long received,
        long delivered,
        long duplicates,
        Map<Refusal, Long> refusals,
        long overtaking,
        long missing,
        long failures,
        long abandoned,
        long unremembered,
        Optional<Instant> connectedSince) {
    /** Checks that all are there, and copies the map. */
    public ConsumerStats {
        refusals = Map.copyOf(refusals);
        Objects.requireNonNull(connectedSince, "connectedSince");
    }

    /** Returns how many messages, and observations in messages, were refused for any reason. */
    public long refused() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }
}
