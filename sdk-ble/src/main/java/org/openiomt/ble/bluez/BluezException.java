package org.openiomt.ble.bluez;

import org.openiomt.core.spi.LinkException;

/** A link over BlueZ failed or could not be opened. The message says what happened and what to do about it. */
public final class BluezException extends LinkException {
    private static final long serialVersionUID = 1L;

    private final BluezFault fault;

    BluezException(BluezFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    BluezException(BluezFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** Returns what it was. */
    public BluezFault fault() {
        return fault;
    }
}
