package org.openiomt.core.wire;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A decimal as a medical device sends it: a mantissa and a power of ten, or one of five special values.
 *
 * <p>The exponent is the sensor's resolution and is kept: {@code 37.60} (3760 x 10<sup>-2</sup>) is not equal to
 * {@code 37.6}. On the wire it is an SFLOAT (exponent of 4 bits, mantissa of 12) or a FLOAT (8 and 24), see
 * {@link ByteReader#sfloat} and {@link ByteReader#float32}.
 *
 * <pre>
 * special      SFLOAT  FLOAT       meaning
 * NaN          07FF    007FFFFF    not a number: the measurement failed
 * NRes         0800    00800000    a value exists, but not at this resolution
 * +INF         07FE    007FFFFE    above the range
 * -INF         0802    00800002    below the range
 * reserved     0801    00800001    kept as such
 * </pre>
 *
 * @param kind {@link Kind#FINITE} or the special value
 * @param mantissa the digits; 0 for a special value
 * @param exponent the power of ten, -128 to 127; 0 for a special value
 * @see <a href="https://standards.ieee.org/ieee/11073-20601/5995/">ISO/IEEE 11073-20601, annex F.5 and F.6</a>
 */
public record MedicalFloat(Kind kind, long mantissa, int exponent) {

    /** What a medical float can be. */
    public enum Kind {
        /** An ordinary decimal. */
        FINITE(""),
        /** Not a number. */
        NAN("NaN"),
        /** Not at this resolution. */
        NRES("NRes"),
        /** Above the range. */
        POSITIVE_INFINITY("+INF"),
        /** Below the range. */
        NEGATIVE_INFINITY("-INF"),
        /** The code that the standard reserves. */
        RESERVED("reserved");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** Not a number. */
    public static final MedicalFloat NAN = new MedicalFloat(Kind.NAN, 0, 0);

    /** Not at this resolution. */
    public static final MedicalFloat NRES = new MedicalFloat(Kind.NRES, 0, 0);

    /** Above the range. */
    public static final MedicalFloat POSITIVE_INFINITY = new MedicalFloat(Kind.POSITIVE_INFINITY, 0, 0);

    /** Below the range. */
    public static final MedicalFloat NEGATIVE_INFINITY = new MedicalFloat(Kind.NEGATIVE_INFINITY, 0, 0);

    /** The reserved code. */
    public static final MedicalFloat RESERVED = new MedicalFloat(Kind.RESERVED, 0, 0);

    private static final int MIN_EXPONENT = -128;
    private static final int MAX_EXPONENT = 127;

    /** Checks the ranges. */
    public MedicalFloat {
        Objects.requireNonNull(kind, "kind");
        if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
            throw new IllegalArgumentException("exponent out of range -128..127: " + exponent);
        }
        if (kind != Kind.FINITE && (mantissa != 0 || exponent != 0)) {
            throw new IllegalArgumentException("a special value has neither mantissa nor exponent: " + kind);
        }
    }

    /** Returns {@code mantissa} x 10<sup>{@code exponent}</sup>. */
    public static MedicalFloat of(long mantissa, int exponent) {
        return new MedicalFloat(Kind.FINITE, mantissa, exponent);
    }

    /**
     * Returns the same digits at the same resolution.
     *
     * @throws IllegalArgumentException when the digits do not fit 64 bits or the scale does not fit -127..128
     */
    public static MedicalFloat from(BigDecimal decimal) {
        try {
            return of(decimal.unscaledValue().longValueExact(), -decimal.scale());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("more digits than 64 bits hold: " + decimal, e);
        }
    }

    /**
     * Reads {@code 37.60}, {@code 104e-5}, {@code NaN}, {@code NRes}, {@code +INF}, {@code -INF} or {@code reserved}.
     *
     * @throws IllegalArgumentException when {@code text} is none of these
     */
    public static MedicalFloat parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.FINITE && kind.text.equals(text)) {
                return new MedicalFloat(kind, 0, 0);
            }
        }
        try {
            return from(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a decimal, NaN, NRes, +INF, -INF or reserved, but got '" + text + "'", e);
        }
    }

    /** Whether this is an ordinary decimal. */
    public boolean isFinite() {
        return kind == Kind.FINITE;
    }

    /**
     * Returns the decimal with its resolution as scale.
     *
     * @throws ArithmeticException when this is a special value; ask {@link #isFinite()} first
     */
    public BigDecimal toBigDecimal() {
        if (!isFinite()) {
            throw new ArithmeticException("not a finite value: " + kind.text);
        }
        return BigDecimal.valueOf(mantissa, -exponent);
    }

    /** Returns the nearest double; the infinities as such, and NaN for NaN, NRes and reserved. */
    public double toDouble() {
        return switch (kind) {
            case FINITE -> toBigDecimal().doubleValue();
            case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** Returns plain digits ({@code 37.60}, {@code 120000}) or the name of the special value. */
    @Override
    public String toString() {
        return isFinite() ? toBigDecimal().toPlainString() : kind.text;
    }
}
