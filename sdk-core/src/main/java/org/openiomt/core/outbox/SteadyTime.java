package org.openiomt.core.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * The time that has passed, by a wall clock that may jump: what ages are measured by. A clock that is set forward by years, as on a
 * gateway that starts in 1970 and then finds a time server, must not make every record look old.
 *
 * <p>Between two looks at the clock at most {@link #LARGEST_STEP} is counted, and never less than nothing. So where nobody looks for
 * longer, or where the process did not run, less has passed than really has: an error that keeps a record for longer and never
 * gives one up too early. Safe for use by several threads at once.
 */
public final class SteadyTime {
    /** The most that is counted between two looks. */
    public static final Duration LARGEST_STEP = Duration.ofHours(1);

    private final Clock clock;
    private long last;
    private long passed;

    /**
     * Goes on counting.
     *
     * @param clock the wall clock
     * @param passed the milliseconds that had passed before, 0 at the very beginning
     */
    public SteadyTime(Clock clock, long passed) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.last = clock.millis();
        this.passed = passed;
    }

    /** Looks at the clock and returns the milliseconds that have passed; they never go back. */
    public synchronized long millis() {
        long now = clock.millis();
        passed += Math.max(0, Math.min(now - last, LARGEST_STEP.toMillis()));
        last = now;
        return passed;
    }
}
