package org.openiomt.core.model;

/** Where a device's session stands. NEW, CONNECTING, READY and back to DEGRADED, OFFLINE until the next attempt, CLOSED. */
public enum DeviceState {
    /** Discovered and matched, never connected. */
    NEW,
    /** A link is being opened. */
    CONNECTING,
    /** The driver works. */
    READY,
    /** The driver works in part and said why. */
    DEGRADED,
    /** There is no link; the gateway tries again. */
    OFFLINE,
    /** The gateway has ended the session and will not try again. */
    CLOSED
}
