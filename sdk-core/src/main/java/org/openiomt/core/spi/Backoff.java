package org.openiomt.core.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random time between zero and a bound that doubles with each failure (full
 * jitter), so that many devices that failed together do not come back together.
 *
 * @param first the bound after the first failure
 * @param cap the greatest bound
 */
public record Backoff(Duration first, Duration cap) {
    private static final int MAX_DOUBLINGS = 30;

    /** One second, at most one minute. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Checks that both are positive and in order. */
    public Backoff {
        Objects.requireNonNull(first, "first");
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("needed: 0 < first <= cap, but got " + first + " and " + cap);
        }
    }

    /**
     * Returns the time to wait.
     *
     * @param failures how many attempts in a row have failed, at least 1
     * @param random gives the jitter
     */
    public Duration delay(int failures, RandomGenerator random) {
        long bound = cap.toNanos();
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        if (first.toNanos() <= bound >> doublings) {
            bound = first.toNanos() << doublings;
        }
        return Duration.ofNanos(random.nextLong(bound + 1));
    }
}
