package org.openiomt.ble.profile.fitness;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.core.wire.Remainder;

/**
 * Joins the data of a machine that are split over several notifications. One joiner serves one characteristic of one
 * connection; {@link #reset} it when the connection ends. Not for use by several threads at once.
 *
 * <pre>
 * what comes                                                   what happens
 * a part with "more data"                                      it is kept, nothing is given
 * a part without                                               it and the kept parts are given as one whole
 * a part that repeats a kept metric, or the kept parts are     the kept parts are given as lost, and the part begins anew:
 * older than the bound, or of another machine or reading       the end of their record did not come
 * </pre>
 *
 * No number joins the parts, so that a part that is lost before the first kept one cannot be noticed: its metrics are missing
 * in the whole. What is kept is bounded by the metrics of the machine, for none is kept twice. Trailing octets are not
 * joined: each part has given its own.
 */
public final class MachineDataJoiner {
    /** Long enough for the parts of one record, which follow at once, and shorter than the next record of most machines. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(2);

    private final Duration maxAge;
    private Optional<MachineData> kept = Optional.empty();
    private Instant keptSince = Instant.EPOCH;

    /**
     * What a part led to.
     *
     * @param whole the whole record, when the part was the last of it
     * @param lost what was kept of a record whose end did not come
     */
    public record Joined(Optional<MachineData> whole, Optional<MachineData> lost) {
        /** Checks that both are there. */
        public Joined {
            Objects.requireNonNull(whole, "whole");
            Objects.requireNonNull(lost, "lost");
        }
    }

    /**
     * Makes a joiner that keeps nothing.
     *
     * @param maxAge how long the first kept part waits for the last
     */
    public MachineDataJoiner(Duration maxAge) {
        this.maxAge = Objects.requireNonNull(maxAge, "maxAge");
    }

    /** Takes the next part in the order of its arrival. */
    public Joined accept(MachineData part, Instant receivedAt) {
        boolean isNext = kept.isPresent()
                && !receivedAt.isAfter(keptSince.plus(maxAge))
                && kept.get().machine() == part.machine()
                && kept.get().reading() == part.reading()
                && Collections.disjoint(
                        kept.get().values().keySet(), part.values().keySet());
        Optional<MachineData> lost = isNext ? Optional.empty() : reset();
        MachineData joined = kept.map(before -> join(before, part)).orElse(part);
        if (!part.hasMoreData()) {
            kept = Optional.empty();
            return new Joined(Optional.of(joined), lost);
        }
        if (kept.isEmpty()) {
            keptSince = receivedAt;
        }
        kept = Optional.of(joined);
        return new Joined(Optional.empty(), lost);
    }

    /** Forgets what is kept, and returns it. */
    public Optional<MachineData> reset() {
        Optional<MachineData> lost = kept;
        kept = Optional.empty();
        return lost;
    }

    private static MachineData join(MachineData before, MachineData part) {
        Map<Metric, OptionalLong> values = new EnumMap<>(Metric.class);
        values.putAll(before.values());
        values.putAll(part.values());
        long unknownFlags = before.remainder().unknownFlags() | part.remainder().unknownFlags();
        return new MachineData(
                part.machine(), part.reading(), values, part.isBackward(), Remainder.of(unknownFlags, new byte[0]));
    }
}
