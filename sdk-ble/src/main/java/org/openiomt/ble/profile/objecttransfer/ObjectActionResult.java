package org.openiomt.ble.profile.objecttransfer;

import java.util.Optional;

/** How an action on an object ended, in the order of the numbers from 1. */
public enum ObjectActionResult {
    /** It is done. */
    SUCCESS(1),
    /** The server does not know such a request. */
    OP_CODE_NOT_SUPPORTED(2),
    /** A parameter does not fit. */
    INVALID_PARAMETER(3),
    /** The server has no room. */
    INSUFFICIENT_RESOURCES(4),
    /** No object is the current one, or it cannot be used so. */
    INVALID_OBJECT(5),
    /** There is no channel for its content. */
    CHANNEL_UNAVAILABLE(6),
    /** The server takes no objects of that kind. */
    UNSUPPORTED_TYPE(7),
    /** The properties of the object forbid it. */
    PROCEDURE_NOT_PERMITTED(8),
    /** Somebody else uses the object. */
    OBJECT_LOCKED(9),
    /** It failed. */
    OPERATION_FAILED(10);

    private final int code;

    ObjectActionResult(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns the result of a number, or empty when the standard reserves it. */
    public static Optional<ObjectActionResult> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
