package org.openiomt.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one lane of an outbox holds and has done since it was opened. What waited then and what was appended since is either
 * waiting, acknowledged or dropped; only what was {@link OutboxStats#REJECTED} or was found {@link OutboxStats#DAMAGED} at opening
 * stands beside this sum.
 *
 * @param waiting records not yet acknowledged
 * @param octets what they take in storage
 * @param bound how much may wait
 * @param oldest when the oldest waiting record was appended, by the clock of then; absent when none waits
 * @param appended records taken since it was opened
 * @param acknowledged records acknowledged since it was opened
 * @param dropped records given up since it was opened, by reason: the names in {@link OutboxStats}
 */
public record LaneStats(
        long waiting,
        long octets,
        LaneBound bound,
        Optional<Instant> oldest,
        long appended,
        long acknowledged,
        Map<String, Long> dropped) {
    /** Copies the map. */
    public LaneStats {
        Objects.requireNonNull(bound, "bound");
        Objects.requireNonNull(oldest, "oldest");
        dropped = Map.copyOf(dropped);
    }

    /**
     * Estimates for how long the lane can still take records before its records or its octets are reached.
     *
     * @param recordsPerSecond the rate at which records come, above 0
     * @param octetsPerRecord what one takes in storage, above 0
     */
    public Duration remainingAt(double recordsPerSecond, double octetsPerRecord) {
        if (!(recordsPerSecond > 0) || !(octetsPerRecord > 0)) {
            throw new IllegalArgumentException("a rate above 0 records a second of more than 0 octets is needed");
        }
        double records = Math.max(0, bound.records() - waiting);
        double ofOctets = Math.max(0, bound.octets() - octets) / octetsPerRecord;
        return Duration.ofSeconds((long) Math.min(Math.min(records, ofOctets) / recordsPerSecond, Integer.MAX_VALUE));
    }

    /**
     * Estimates for how long the lane can still take records when they go on coming as they did since {@code earlier}, each with as
     * many octets as those that wait, and none is delivered.
     *
     * @param earlier what the same lane said before
     * @param between the time since then, above 0
     * @return absent when none came since then or none waits
     */
    public Optional<Duration> remaining(LaneStats earlier, Duration between) {
        if (between.isNegative() || between.isZero()) {
            throw new IllegalArgumentException("a time above 0 is needed, but got " + between);
        }
        long came = appended - earlier.appended;
        return came <= 0 || waiting == 0 || octets == 0
                ? Optional.empty()
                : Optional.of(remainingAt(came / (between.toNanos() / 1e9), (double) octets / waiting));
    }
}
