package org.openiomt.ble.bluez;

/** A call over D-Bus failed, by an error that the other side named or because the bus has gone. */
final class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** There is no connection to the bus, or it has ended. */
    static final String DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected";

    /** Who was to answer has gone; the bus says so. */
    static final String NO_REPLY = "org.freedesktop.DBus.Error.NoReply";

    /** Nobody answered in time; we say so. */
    static final String TIMEOUT = "org.openiomt.Timeout";

    private final String name;

    BusException(String name, String message) {
        super(message);
        this.name = name;
    }

    BusException(String name, String message, Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /** Returns the error's name, as {@code org.bluez.Error.Failed}. */
    String name() {
        return name;
    }
}
