package org.openiomt.core.spi;

/** Whether a link can be used. */
public enum LinkState {
    /** Octets flow. */
    OPEN,
    /** The link is gone for good; open another. */
    CLOSED
}
