package org.openiomt.core.outbox;

import java.util.Objects;

/**
 * How much may wait in one lane, and what happens then.
 *
 * @param records the most records, at least 1
 * @param octets the most octets in storage, at least 1; how an outbox counts them is its own affair, and declared by it
 * @param whenFull what happens when one of them is reached
 */
public record LaneBound(long records, long octets, WhenFull whenFull) {
    /** Checks the ranges. */
    public LaneBound {
        Objects.requireNonNull(whenFull, "whenFull");
        if (records < 1 || octets < 1) {
            throw new IllegalArgumentException("a lane needs room for 1 record of 1 octet, but got " + records
                    + " records, " + octets + " octets");
        }
    }
}
