package org.openiomt.security.privacy;

import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.model.Code;

/**
 * One thing that a reduction took out of an observation; never its content.
 *
 * @param item what it was
 * @param about the term of the value that it was about; empty where it was no value
 * @param action what was done
 */
public record Removal(Item item, Optional<Code> about, Action action) {
    /** What can be taken out. */
    public enum Item {
        /** The id of the device. */
        DEVICE_ID,
        /** The id of the person. */
        SUBJECT_ID,
        /** The id of the observation, which is derived from device, time and value. */
        OBSERVATION_ID,
        /** The ids of observations that this one was computed from. */
        SOURCE_IDS,
        /** Month, day and time of day of the device's clock, its offset, its ticks. */
        DEVICE_TIME,
        /** Month, day and time of day of the reception. */
        RECEPTION_TIME,
        /** An age over 89. */
        AGE,
        /** Words. */
        FREE_TEXT,
        /** Octets that only the device understands, which may hold anything. */
        OPAQUE_OCTETS,
        /** A wave form, which can tell a person as a voice does. */
        WAVE_FORM,
        /** A value of a term that is not on the list of what may stay. */
        UNLISTED_VALUE,
        /** What a newer writer added, which may be anything. */
        UNKNOWN_ENTRIES
    }

    /** What can be done. */
    public enum Action {
        /** It is gone. */
        REMOVED,
        /** A random value is in its place. */
        REPLACED,
        /** A coarser value is in its place. */
        COARSENED
    }

    /** Checks that all are there. */
    public Removal {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(action, "action");
    }
}
