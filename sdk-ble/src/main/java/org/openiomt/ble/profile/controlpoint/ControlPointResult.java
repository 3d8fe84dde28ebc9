package org.openiomt.ble.profile.controlpoint;

import java.util.Optional;

/** How a device answers a request, in the order of the codes from 1. */
public enum ControlPointResult {
    /** It did what was asked. */
    SUCCESS("done"),
    /** It does not know the op code. */
    OP_CODE_NOT_SUPPORTED("op code not supported"),
    /** The parameter is wrong or out of its range. */
    INVALID_PARAMETER("parameter not valid"),
    /** It tried and could not. */
    OPERATION_FAILED("operation failed"),
    /** The client has not asked for control, or has lost it; fitness machines only. */
    CONTROL_NOT_PERMITTED("control not permitted");

    private final String text;

    ControlPointResult(String text) {
        this.text = text;
    }

    /** Returns the code on the wire, 1 to 5. */
    @SuppressWarnings("EnumOrdinal") // the standard numbers them in this order
    public int code() {
        return ordinal() + 1;
    }

    /** Returns the constant of a code, or empty when the standard reserves it. */
    public static Optional<ControlPointResult> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }

    /** Returns what the code means, for a person. */
    @Override
    public String toString() {
        return text;
    }
}
