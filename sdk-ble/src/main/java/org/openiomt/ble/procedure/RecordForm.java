package org.openiomt.ble.procedure;

import java.util.OptionalLong;

/**
 * What differs between the record access control points of services.
 *
 * @param <M> the messages of the control point
 */
interface RecordForm<M> extends ControlPointForm<M> {
    /** Asks for the records from a number on; for all when there is none. */
    M report(OptionalLong from);

    /** Asks how many records there are from a number on; of all when there is none. */
    M count(OptionalLong from);

    /** Asks to delete the records up to and with a number; all when there is none. */
    M delete(OptionalLong upTo);

    /** Asks to stop what is running. */
    M abort();

    /** Returns how many records an answer counts; empty when it counts none. */
    OptionalLong numberOf(M answer);

    /** Whether a device says with this code that no record fits. */
    boolean isNoRecords(int code);

    /** Whether a device says with this code that it does not know the filter, and may know a request without one. */
    boolean isFilterRefused(int code);
}
