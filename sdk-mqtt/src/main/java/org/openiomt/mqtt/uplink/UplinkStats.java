package org.openiomt.mqtt.uplink;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an uplink has done since it was opened. Counts are of observations.
 *
 * @param published handed to the broker, repeats included
 * @param acknowledged taken by the broker; the outbox has forgotten them
 * @param retried handed to the broker and not acknowledged, so that they come again
 * @param refused given up, because one alone is larger than the broker takes
 * @param connectedSince since when there is a link; empty while there is none
 * @param lastFault why the broker did not take the last ones that it did not take; empty when it took all
 */
public record UplinkStats(
        long published,
        long acknowledged,
        long retried,
        long refused,
        Optional<Instant> connectedSince,
        Optional<String> lastFault) {
    /** Checks that all are there. */
    public UplinkStats {
        Objects.requireNonNull(connectedSince, "connectedSince");
        Objects.requireNonNull(lastFault, "lastFault");
    }
}
