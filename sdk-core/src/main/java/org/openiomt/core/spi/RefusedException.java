package org.openiomt.core.spi;

/** The peer answered a read, write or subscription with a no. The link stays open. */
public class RefusedException extends LinkException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * Keeps the peer's code.
     *
     * @param code the protocol's error code (for GATT the ATT error, 0x01 to 0xFF)
     * @param message what was refused
     */
    public RefusedException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the protocol's error code. */
    public int code() {
        return code;
    }
}
