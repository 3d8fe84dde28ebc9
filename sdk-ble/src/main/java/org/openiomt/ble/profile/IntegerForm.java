package org.openiomt.ble.profile;

import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/** How a whole number stands on the wire, little-endian. */
public enum IntegerForm {
    /** 0 to 255. */
    UINT8(1, false),
    /** -128 to 127. */
    SINT8(1, true),
    /** 0 to 65,535. */
    UINT16(2, false),
    /** -32,768 to 32,767. */
    SINT16(2, true),
    /** 0 to 16,777,215. */
    UINT24(3, false),
    /** -8,388,608 to 8,388,607. */
    SINT24(3, true),
    /** 0 to 4,294,967,295. */
    UINT32(4, false),
    /** -2,147,483,648 to 2,147,483,647. */
    SINT32(4, true);

    private final int octets;
    private final boolean isSigned;

    IntegerForm(int octets, boolean isSigned) {
        this.octets = octets;
        this.isSigned = isSigned;
    }

    /** Returns the number of octets. */
    public int octets() {
        return octets;
    }

    /** Returns the smallest number that fits. */
    public long min() {
        return isSigned ? -1L << (octets * Byte.SIZE - 1) : 0;
    }

    /** Returns the largest number that fits. */
    public long max() {
        return (1L << (octets * Byte.SIZE - (isSigned ? 1 : 0))) - 1;
    }

    /**
     * Checks that a number fits.
     *
     * @throws IllegalArgumentException when it does not
     */
    public long require(String field, long value) {
        if (value < min() || value > max()) {
            throw new IllegalArgumentException(field + " out of range " + min() + ".." + max());
        }
        return value;
    }

    /** Reads one number. */
    public long read(ByteReader in, String field) {
        long raw = in.unsigned(field, octets);
        return raw > max() ? raw - (1L << (octets * Byte.SIZE)) : raw;
    }

    /**
     * Writes one number.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public void write(ByteWriter out, String field, long value) {
        out.unsigned(field, require(field, value) & ((1L << (octets * Byte.SIZE)) - 1), octets);
    }
}
