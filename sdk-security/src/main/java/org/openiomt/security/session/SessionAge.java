package org.openiomt.security.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long something has lasted by a clock that people may set: setting it back does not make it younger, setting it forward
 * makes it older. May be used by several threads.
 */
final class SessionAge {
    private final Clock clock;
    private long last;
    private volatile long millis;
    private volatile long end = Long.MAX_VALUE;

    SessionAge(Clock clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    /** Returns the age as it was when somebody has last asked the clock, in milliseconds. */
    long millis() {
        return millis;
    }

    /** Asks the clock. */
    synchronized long update() {
        long now = clock.millis();
        long age = millis + Math.max(0, now - last);
        last = now;
        millis = age;
        return age;
    }

    /**
     * Sets the age at which it is over: {@code longest}, or less where it holds only until a moment of the same clock. From now on the
     * moment is an age too, which nobody puts off by setting the clock back.
     */
    void endAt(Duration longest, Optional<Instant> validUntil) {
        long now = update();
        Duration left = validUntil
                .map(until -> Duration.between(clock.instant(), until).plusMillis(now))
                .orElse(longest);
        end = (left.compareTo(longest) < 0 ? left : longest).toMillis();
    }

    /** Returns the age at which it is over. */
    Duration end() {
        return Duration.ofMillis(end);
    }

    /** Returns whether it was over when somebody has last asked the clock. */
    boolean isOver() {
        return millis >= end;
    }
}
