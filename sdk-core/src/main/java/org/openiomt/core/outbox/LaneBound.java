package org.openiomt.core.outbox;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How much may wait in one lane, for how long, and what happens then.
 *
 * @param records the most records, at least 1
 * @param octets the most octets in storage, at least 1; how an outbox counts them is its own affair, and declared by it
 * @param whenFull what happens when {@code records} or {@code octets} is reached
 * @param age what has waited for longer is given up, whatever {@code whenFull} says; above 0, absent for no bound. Measured by
 *     {@link SteadyTime}, and looked at when records are appended or acknowledged; an outbox may keep a record for a quarter longer
 */
public record LaneBound(long records, long octets, WhenFull whenFull, Optional<Duration> age) {
    /** Checks the ranges. */
    public LaneBound {
        Objects.requireNonNull(whenFull, "whenFull");
        if (records < 1 || octets < 1) {
            throw new IllegalArgumentException("a lane needs room for 1 record of 1 octet, but got " + records
                    + " records, " + octets + " octets");
        }
        if (age.filter(most -> most.isNegative() || most.isZero()).isPresent()) {
            throw new IllegalArgumentException("an age above 0 is needed, but got " + age.get());
        }
    }

    /** Returns a bound without an age: nothing is given up because it has waited. */
    public LaneBound(long records, long octets, WhenFull whenFull) {
        this(records, octets, whenFull, Optional.empty());
    }

    /** Returns this bound with an age. */
    public LaneBound withAge(Duration most) {
        return new LaneBound(records, octets, whenFull, Optional.of(most));
    }
}
