package org.openiomt.security.audit;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.spi.Scheduler;

/**
 * How a log works.
 *
 * @param scheduler its time and threads; not closed with the log. Empty for one daemon thread on the system clock
 * @param synchronisation asked at each entry whether the clock is set from a trusted one; must be quick
 * @param interval how often events of strangers that repeat are counted together, and a checkpoint leaves the log
 * @param maxWaiting how many octets may wait for a slow disk; events beyond are lost, and the log says how many
 * @param anchor where checkpoints are kept
 */
public record AuditOptions(
        Optional<Scheduler> scheduler,
        Supplier<ClockState.Synchronisation> synchronisation,
        Duration interval,
        int maxWaiting,
        CheckpointAnchor anchor) {
    private static final int LEAST_WAITING = 4_096;

    /** Checks the ranges. */
    public AuditOptions {
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(synchronisation, "synchronisation");
        Objects.requireNonNull(anchor, "anchor");
        if (interval.isNegative() || interval.isZero() || maxWaiting < LEAST_WAITING) {
            throw new IllegalArgumentException("an interval longer than zero and room for " + LEAST_WAITING
                    + " octets are needed, but got " + interval + " and " + maxWaiting);
        }
    }

    /** Returns a thread of its own, a clock of unknown quality, 10 seconds, 4 MiB and no anchor. */
    public static AuditOptions defaults() {
        return new AuditOptions(
                Optional.empty(),
                () -> ClockState.Synchronisation.UNKNOWN,
                Duration.ofSeconds(10),
                4 << 20,
                CheckpointAnchor.NONE);
    }

    /** Returns these options with other time and threads. */
    public AuditOptions withScheduler(Scheduler other) {
        return new AuditOptions(Optional.of(other), synchronisation, interval, maxWaiting, anchor);
    }

    /** Returns these options with somebody who knows how good the clock is. */
    public AuditOptions withSynchronisation(Supplier<ClockState.Synchronisation> other) {
        return new AuditOptions(scheduler, other, interval, maxWaiting, anchor);
    }

    /** Returns these options with another interval. */
    public AuditOptions withInterval(Duration other) {
        return new AuditOptions(scheduler, synchronisation, other, maxWaiting, anchor);
    }

    /** Returns these options with another bound of what waits. */
    public AuditOptions withMaxWaiting(int other) {
        return new AuditOptions(scheduler, synchronisation, interval, other, anchor);
    }

    /** Returns these options with an anchor. */
    public AuditOptions withAnchor(CheckpointAnchor other) {
        return new AuditOptions(scheduler, synchronisation, interval, maxWaiting, other);
    }
}
