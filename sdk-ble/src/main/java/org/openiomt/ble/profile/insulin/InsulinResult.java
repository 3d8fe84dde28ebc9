package org.openiomt.ble.profile.insulin;

/** How a request to the status reader or the command control point went. */
public enum InsulinResult implements InsulinCode {
    /** The pump did what was asked. */
    SUCCESS(0x0F),
    /** It does not know the op code. */
    OP_CODE_NOT_SUPPORTED(0x70),
    /** The operand is wrong for this op code. */
    INVALID_OPERAND(0x71),
    /** It could not end what it had begun. */
    PROCEDURE_NOT_COMPLETED(0x72),
    /** The operand is beyond its range. */
    PARAMETER_OUT_OF_RANGE(0x73),
    /** It cannot do that now. */
    PROCEDURE_NOT_APPLICABLE(0x74),
    /** The parts of a transaction do not fit each other. */
    PLAUSIBILITY_CHECK_FAILED(0x75),
    /** It runs as many boluses as it can. */
    MAXIMUM_BOLUS_NUMBER_REACHED(0x76);

    private final int code;

    InsulinResult(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
