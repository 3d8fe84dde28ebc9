package org.openiomt.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an outbox holds and has done since it was opened. What waited then and what was appended since is either waiting,
 * acknowledged or dropped; only what was {@link #REJECTED} or was found {@link #DAMAGED} at opening stands beside this sum.
 *
 * @param waiting records not yet acknowledged
 * @param octets what they take in storage
 * @param capacity the most octets that it may take
 * @param oldest when the oldest waiting record was appended; absent when none waits
 * @param appended records taken since it was opened
 * @param acknowledged records acknowledged since it was opened
 * @param dropped records given up since it was opened, by reason
 */
public record OutboxStats(
        long waiting,
        long octets,
        long capacity,
        Optional<Instant> oldest,
        long appended,
        long acknowledged,
        Map<String, Long> dropped) {
    /** Why records were dropped: more records waited than the lane's bound. */
    public static final String OVER_RECORDS = "over-records";

    /** Why records were dropped: the records that waited took more octets than the lane's bound. */
    public static final String OVER_OCTETS = "over-octets";

    /** Why records were dropped: the outbox refused them and the caller was told. They count in no other number. */
    public static final String REJECTED = "rejected";

    /** Why records were dropped: their octets in storage are damaged. */
    public static final String DAMAGED = "damaged";

    /** Copies the map. */
    public OutboxStats {
        dropped = Map.copyOf(dropped);
    }

    /**
     * Estimates for how long the outbox can still take records.
     *
     * @param octetsPerSecond the rate at which records come, above 0
     */
    public Duration remainingAt(double octetsPerSecond) {
        if (!(octetsPerSecond > 0)) {
            throw new IllegalArgumentException("a rate above 0 octets a second is needed");
        }
        double seconds = Math.max(0, capacity - octets) / octetsPerSecond;
        return Duration.ofSeconds((long) Math.min(seconds, Integer.MAX_VALUE));
    }
}
