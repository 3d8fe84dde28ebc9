package org.openiomt.ble.profile.reconnection;

import java.util.Optional;

/** How a procedure of the control point ended, in the order of the numbers from 1. */
public enum ReconnectionResult {
    /** It is done. */
    SUCCESS(1),
    /** The device does not know such a request. */
    OP_CODE_NOT_SUPPORTED(2),
    /** A parameter does not fit. */
    INVALID_OPERAND(3),
    /** It failed. */
    OPERATION_FAILED(4),
    /** A communication parameter is out of its range. */
    OUT_OF_RANGE(5),
    /** The communication parameters do not suit each other. */
    INVALID_COMBINATION(6),
    /** The device is busy. */
    DEVICE_BUSY(7),
    /** The communication parameters were turned down. */
    REJECTED(8),
    /** The proposal was taken. */
    ACCEPTED(9);

    private final int code;

    ReconnectionResult(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns the result of a number, or empty when the standard reserves it. */
    public static Optional<ReconnectionResult> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
