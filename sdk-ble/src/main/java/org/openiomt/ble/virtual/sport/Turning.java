package org.openiomt.ble.virtual.sport;

import java.time.Duration;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;

/** A wheel or crank that turns, and its counter. Not for use by several threads at once. */
final class Turning {
    private static final int TIME_RANGE = 1 << Short.SIZE;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Counter counter;
    private final long range;
    private Duration clock = Duration.ZERO;
    private Duration lastTurn = Duration.ZERO;
    private long count;

    Turning(Counter counter) {
        this.counter = counter;
        this.range = counter == Counter.CRANK ? 1L << Short.SIZE : 1L << Integer.SIZE;
    }

    /** Lets time pass, at the end of which the last of so many turns ended; below 0 it went backwards. */
    void turn(long turns, Duration during) {
        clock = clock.plus(during);
        if (turns != 0) {
            count = Math.floorMod(count + turns, range);
            lastTurn = clock;
        }
    }

    void set(long turns) {
        count = turns;
    }

    Revolutions now() {
        long ticks = lastTurn.getSeconds() * counter.ticksPerSecond()
                + lastTurn.getNano() * (long) counter.ticksPerSecond() / NANOS_PER_SECOND;
        return new Revolutions(counter, count, (int) (ticks % TIME_RANGE));
    }
}
