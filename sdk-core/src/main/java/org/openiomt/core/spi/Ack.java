package org.openiomt.core.spi;

/** A sink has taken a batch. */
public enum Ack {
    /** The sink has received it and will not lose it as long as it runs. */
    RECEIVED,
    /** The sink has stored it durably. */
    STORED
}
