package org.openiomt.core.model;

import java.util.Objects;

/**
 * What is known about the clock that a time stamp came from.
 *
 * @param synchronisation whether it was set from a trusted clock
 * @param continuity whether it ran without a jump since the stamp
 */
public record ClockState(Synchronisation synchronisation, Continuity continuity) {
    /** Nothing is known. */
    public static final ClockState UNKNOWN = new ClockState(Synchronisation.UNKNOWN, Continuity.UNKNOWN);

    /** Whether a clock was set from a trusted clock. */
    public enum Synchronisation {
        /** It was. */
        SYNCHRONISED,
        /** It was not. */
        NOT_SYNCHRONISED,
        /** The device does not say. */
        UNKNOWN
    }

    /** Whether a clock ran without a jump since the stamp. */
    public enum Continuity {
        /** It did. */
        CONTINUOUS,
        /** It was set, or stopped, since. */
        JUMPED,
        /** The device does not say. */
        UNKNOWN
    }

    /** Checks that both are there. */
    public ClockState {
        Objects.requireNonNull(synchronisation, "synchronisation");
        Objects.requireNonNull(continuity, "continuity");
    }
}
