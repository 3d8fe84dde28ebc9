package org.openiomt.core.wire;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the fields of one value in order; the mirror of {@link ByteReader}. A number that does not fit its field is the
 * caller's fault and refused. Not for use by several threads at once.
 */
public final class ByteWriter {
    private final boolean isBigEndian;
    private byte[] octets = new byte[32];
    private int size;

    /** Writes little-endian octets. */
    public ByteWriter() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes octets of the given byte order. */
    public ByteWriter(ByteOrder order) {
        this.isBigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    /** Returns the number of octets written so far. */
    public int size() {
        return size;
    }

    /** Returns a copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, size);
    }

    /** Writes 0 to 255. */
    public void uint8(String field, long value) {
        number(field, value, 1, 0, 0xFF);
    }

    /** Writes -128 to 127. */
    public void int8(String field, long value) {
        number(field, value, 1, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** Writes 0 to 65,535. */
    public void uint16(String field, long value) {
        number(field, value, 2, 0, 0xFFFF);
    }

    /** Writes -32,768 to 32,767. */
    public void int16(String field, long value) {
        number(field, value, 2, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Writes 0 to 16,777,215. */
    public void uint24(String field, long value) {
        number(field, value, 3, 0, 0xFFFFFF);
    }

    /** Writes -8,388,608 to 8,388,607. */
    public void int24(String field, long value) {
        number(field, value, 3, -0x800000, 0x7FFFFF);
    }

    /** Writes 0 to 4,294,967,295. */
    public void uint32(String field, long value) {
        number(field, value, 4, 0, 0xFFFFFFFFL);
    }

    /** Writes a signed number of 32 bits. */
    public void int32(String field, long value) {
        number(field, value, 4, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Writes an unsigned number of {@code count} octets, 1 to 7. */
    public void unsigned(String field, long value, int count) {
        number(field, value, count, 0, (1L << (8 * count)) - 1);
    }

    /**
     * Writes a medical float of 16 bits with exactly its digits and resolution.
     *
     * @throws IllegalArgumentException when mantissa or exponent do not fit, or would read as a special value
     */
    public void sfloat(String field, MedicalFloat value) {
        int raw = switch (value.kind()) {
            case NAN -> 0x07FF;
            case NRES -> 0x0800;
            case POSITIVE_INFINITY -> 0x07FE;
            case NEGATIVE_INFINITY -> 0x0802;
            case RESERVED -> 0x0801;
            default -> finite(field, value, 12, 4);
        };
        append(raw, 2);
    }

    /**
     * Writes a medical float of 32 bits with exactly its digits and resolution.
     *
     * @throws IllegalArgumentException when mantissa or exponent do not fit, or would read as a special value
     */
    public void float32(String field, MedicalFloat value) {
        int raw = switch (value.kind()) {
            case NAN -> 0x007FFFFF;
            case NRES -> 0x00800000;
            case POSITIVE_INFINITY -> 0x007FFFFE;
            case NEGATIVE_INFINITY -> 0x00800002;
            case RESERVED -> 0x00800001;
            default -> finite(field, value, 24, 8);
        };
        append(raw, 4);
    }

    /** Writes octets as they are. */
    public void octets(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, octets, size, value.length);
        size += value.length;
    }

    private static int finite(String field, MedicalFloat value, int mantissaBits, int exponentBits) {
        long limit = 1L << (mantissaBits - 1);
        long exponentLimit = 1L << (exponentBits - 1);
        long mantissa = value.mantissa();
        int exponent = value.exponent();
        boolean isSpecial = exponent == 0 && (mantissa >= limit - 2 || mantissa <= -limit + 2);
        if (mantissa < -limit
                || mantissa >= limit
                || exponent < -exponentLimit
                || exponent >= exponentLimit
                || isSpecial) {
            throw new IllegalArgumentException(field + ": the digits do not fit a medical float with a mantissa of "
                    + mantissaBits + " bits and an exponent of " + exponentBits + " bits");
        }
        return (int) ((long) exponent << mantissaBits | (mantissa & (limit * 2 - 1)));
    }

    private void number(String field, long value, int count, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " out of range " + min + ".." + max);
        }
        append(value, count);
    }

    private void append(long value, int count) {
        reserve(count);
        for (int i = 0; i < count; i++) {
            int shift = 8 * (isBigEndian ? count - 1 - i : i);
            octets[size++] = (byte) (value >> shift);
        }
    }

    private void reserve(int count) {
        if (size + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + count));
        }
    }
}
