package org.openiomt.core.wire;

import org.openiomt.core.IomtException;

/** A peer's octets that cannot be understood: which field, at which octet, and why. The frame is lost, the link is not. */
public final class DecodeException extends IomtException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final int offset;
    private final String reason;

    /**
     * Names the fault.
     *
     * @param field the name of the field as the layout table of its codec has it
     * @param offset the octet at which the field starts, from 0
     * @param reason what was expected and what came, without the payload
     */
    public DecodeException(String field, int offset, String reason) {
        super(field + " at octet " + offset + ": " + reason);
        this.field = field;
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns the name of the field. */
    public String field() {
        return field;
    }

    /** Returns the octet at which the field starts, from 0. */
    public int offset() {
        return offset;
    }

    /** Returns what was expected and what came. */
    public String reason() {
        return reason;
    }
}
