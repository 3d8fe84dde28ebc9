package org.openiomt.core.outbox;

/** Which queue of the outbox a record waits in. The first is always emptied before the second. */
public enum Lane {
    /** Readings, alarms, states. */
    CLINICAL,
    /** Pieces of wave forms. */
    WAVEFORM
}
