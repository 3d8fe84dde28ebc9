package org.openiomt.core.wire;

/** How a codec treats what the standard does not foresee. A flagged field that is cut short is refused in both modes. */
public enum DecodeMode {
    /** For data from the air: unknown flag bits, unknown codes and trailing octets are kept and reported. */
    LENIENT,
    /** For conformance tests and our own servers: all of these are refused. */
    STRICT
}
