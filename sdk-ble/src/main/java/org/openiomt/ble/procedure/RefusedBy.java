package org.openiomt.ble.procedure;

/** Who refused a request. */
public enum RefusedBy {
    /** The device, in its answer on the control point. */
    PROCEDURE,
    /** The device, when the control point was written. */
    ATTRIBUTE,
    /** This side, and nothing was sent: the device has no such control point, too many requests wait, or it is no longer wanted. */
    CLIENT
}
