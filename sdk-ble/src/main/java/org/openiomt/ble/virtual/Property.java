package org.openiomt.ble.virtual;

/** What a characteristic allows. */
public enum Property {
    /** It can be read. */
    READ,
    /** It can be written, and the write is answered. */
    WRITE,
    /** It can be written without an answer. */
    WRITE_WITHOUT_RESPONSE,
    /** It announces values without confirmation. */
    NOTIFY,
    /** It announces values one by one, each confirmed. */
    INDICATE
}
