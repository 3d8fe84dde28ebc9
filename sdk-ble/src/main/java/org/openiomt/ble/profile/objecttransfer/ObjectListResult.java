package org.openiomt.ble.profile.objecttransfer;

import java.util.Optional;

/** How a request to the list of objects ended, in the order of the numbers from 1. */
public enum ObjectListResult {
    /** It is done. */
    SUCCESS(1),
    /** The server does not know such a request. */
    OP_CODE_NOT_SUPPORTED(2),
    /** A parameter does not fit. */
    INVALID_PARAMETER(3),
    /** It failed. */
    OPERATION_FAILED(4),
    /** There is none before the first or behind the last. */
    OUT_OF_BOUNDS(5),
    /** There are too many to sort. */
    TOO_MANY_OBJECTS(6),
    /** There is none. */
    NO_OBJECT(7),
    /** There is none of that number. */
    OBJECT_ID_NOT_FOUND(8);

    private final int code;

    ObjectListResult(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns the result of a number, or empty when the standard reserves it. */
    public static Optional<ObjectListResult> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
