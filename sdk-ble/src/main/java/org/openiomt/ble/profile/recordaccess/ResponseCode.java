package org.openiomt.ble.profile.recordaccess;

import java.util.Arrays;
import java.util.Optional;

/** How a server ends a record access procedure. */
public enum ResponseCode {
    /** It did what was asked. */
    SUCCESS(1, "done"),
    /** It does not know the op code. */
    OP_CODE_NOT_SUPPORTED(2, "op code not supported"),
    /** The operator is wrong for this op code. */
    INVALID_OPERATOR(3, "operator not valid"),
    /** It does not know the operator. */
    OPERATOR_NOT_SUPPORTED(4, "operator not supported"),
    /** The operand is wrong for this operator. */
    INVALID_OPERAND(5, "operand not valid"),
    /** No record fits the request; a good answer. */
    NO_RECORDS_FOUND(6, "no records found"),
    /** It could not stop what was running. */
    ABORT_UNSUCCESSFUL(7, "abort unsuccessful"),
    /** It could not end what it had begun. */
    PROCEDURE_NOT_COMPLETED(8, "procedure not completed"),
    /** It does not know the filter. */
    OPERAND_NOT_SUPPORTED(9, "operand not supported");

    private final int code;
    private final String text;

    ResponseCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Returns the code on the wire, 1 to 9. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or empty when the standard reserves it. */
    public static Optional<ResponseCode> of(int code) {
        return Arrays.stream(values()).filter(constant -> constant.code == code).findFirst();
    }

    /** Returns what the code means, for a person. */
    @Override
    public String toString() {
        return text;
    }
}
