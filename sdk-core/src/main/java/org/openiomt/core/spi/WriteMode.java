package org.openiomt.core.spi;

/** Whether a write is answered. */
public enum WriteMode {
    /** The peer confirms or refuses the write. */
    WITH_RESPONSE,
    /** The write is sent and forgotten. */
    WITHOUT_RESPONSE
}
