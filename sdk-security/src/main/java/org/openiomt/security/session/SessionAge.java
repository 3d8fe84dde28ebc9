package org.openiomt.security.session;

import java.time.Clock;
import java.time.Duration;

/**
 * How long something has lasted by a clock that people may set: setting it back does not make it younger, setting it forward
 * makes it older. May be used by several threads.
 */
final class SessionAge {
    private final Clock clock;
    private long last;
    private volatile long millis;

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

    boolean isAtLeast(Duration limit) {
        return millis >= limit.toMillis();
    }
}
