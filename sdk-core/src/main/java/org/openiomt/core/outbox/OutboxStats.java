package org.openiomt.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What an outbox holds and has done since it was opened, lane by lane, with sums over all lanes.
 *
 * @param lanes each lane's own
 */
public record OutboxStats(Map<Lane, LaneStats> lanes) {
    /** Why records were dropped: more records waited than the lane's bound. */
    public static final String OVER_RECORDS = "over-records";

    /** Why records were dropped: the records that waited took more octets than the lane's bound. */
    public static final String OVER_OCTETS = "over-octets";

    /** Why records were dropped: they had waited for longer than the lane's bound. */
    public static final String OVER_AGE = "over-age";

    /** Why records were dropped: the outbox refused them and the caller was told. They count in no other number. */
    public static final String REJECTED = "rejected";

    /** Why records were dropped: their octets in storage are damaged. */
    public static final String DAMAGED = "damaged";

    /** Copies the map and checks that every lane is there. */
    public OutboxStats {
        Map<Lane, LaneStats> all = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            all.put(lane, Objects.requireNonNull(lanes.get(lane), () -> "no numbers of " + lane));
        }
        lanes = Map.copyOf(all);
    }

    /** Returns the numbers of one lane. */
    public LaneStats of(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    /** Returns how many records are not yet acknowledged. */
    public long waiting() {
        return sum(LaneStats::waiting);
    }

    /** Returns what they take in storage. */
    public long octets() {
        return sum(LaneStats::octets);
    }

    /** Returns the most octets that all lanes may take. */
    public long capacity() {
        return sum(lane -> lane.bound().octets());
    }

    /** Returns when the oldest waiting record was appended; absent when none waits. */
    public Optional<Instant> oldest() {
        return lanes.values().stream().flatMap(lane -> lane.oldest().stream()).min(Instant::compareTo);
    }

    /** Returns how many records were taken since it was opened. */
    public long appended() {
        return sum(LaneStats::appended);
    }

    /** Returns how many records were acknowledged since it was opened. */
    public long acknowledged() {
        return sum(LaneStats::acknowledged);
    }

    /** Returns how many records were given up since it was opened, by reason. */
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new HashMap<>();
        lanes.values()
                .forEach(lane -> lane.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum)));
        return Map.copyOf(dropped);
    }

    /**
     * Estimates for how long the outbox can still take records, when each lane gets its share. {@link LaneStats#remainingAt} says
     * it of one lane.
     *
     * @param octetsPerSecond the rate at which records come, above 0
     */
    public Duration remainingAt(double octetsPerSecond) {
        if (!(octetsPerSecond > 0)) {
            throw new IllegalArgumentException("a rate above 0 octets a second is needed");
        }
        double seconds = Math.max(0, capacity() - octets()) / octetsPerSecond;
        return Duration.ofSeconds((long) Math.min(seconds, Integer.MAX_VALUE));
    }

    private long sum(ToLongFunction<LaneStats> of) {
        long sum = 0;
        for (LaneStats lane : lanes.values()) {
            long added = sum + of.applyAsLong(lane);
            sum = added < 0 ? Long.MAX_VALUE : added;
        }
        return sum;
    }
}
