package org.openiomt.ble.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * How a number stands in its octets: a row of a table of scalars, or a field of a larger value. The number is
 * {@code (octets + first) x step}, and keeps the resolution of its step.
 *
 * <pre>
 * what is sent                           what is read
 * a number                               that number; one out of the range of the standard is reported, strict refuses it
 * the code for "not known"               NaN
 * the code for "more than can be said"   +INF
 * an SFLOAT                              as it is, special values included
 * </pre>
 *
 * @param field the name of the field
 * @param form how the whole number stands on the wire; empty for an SFLOAT
 * @param step the size of one step, with its resolution
 * @param unit the unit of the number as UCUM text, or words in braces where UCUM has none; {@code 1} for a bare number
 * @param first what is added to the octets before they count steps; mostly 0
 * @param min the smallest octets that the standard foresees
 * @param max the largest octets that the standard foresees
 * @param unknown the octets that stand for "not known"
 * @param above the octets that stand for "more than can be said"
 */
public record Scalar(
        String field,
        Optional<IntegerForm> form,
        MedicalFloat step,
        String unit,
        long first,
        long min,
        long max,
        OptionalLong unknown,
        OptionalLong above) {

    /**
     * Returns a scalar with the whole range of its form.
     *
     * @param step the size of one step and the unit, such as {@code 0.01 Cel}
     */
    public static Scalar of(IntegerForm form, String field, String step) {
        String[] parts = step.split(" ", 2);
        return new Scalar(
                field,
                Optional.of(form),
                MedicalFloat.parse(parts[0]),
                parts[1],
                0,
                form.min(),
                form.max(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** Returns an SFLOAT: mantissa and exponent of the device's choice, special values included. */
    public static Scalar sfloat(String field, String unit) {
        return new Scalar(
                field,
                Optional.empty(),
                MedicalFloat.of(1, 0),
                unit,
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** Returns the same scalar with octets that begin to count at {@code number} steps. */
    public Scalar from(long number) {
        return new Scalar(field, form, step, unit, number, min, max, unknown, above);
    }

    /** Returns the same scalar with the range that the standard foresees, in its unit. */
    public Scalar between(String smallest, String largest) {
        long least = count(MedicalFloat.parse(smallest));
        long most = count(MedicalFloat.parse(largest));
        return new Scalar(field, form, step, unit, first, least, most, unknown, above);
    }

    /** Returns the same scalar with octets that stand for "not known". */
    public Scalar unknown(long octets) {
        return new Scalar(field, form, step, unit, first, min, max, OptionalLong.of(octets), above);
    }

    /** Returns the same scalar with octets that stand for "more than can be said". */
    public Scalar above(long octets) {
        return new Scalar(field, form, step, unit, first, min, max, unknown, OptionalLong.of(octets));
    }

    /** Reads the number; NaN when the device does not know it. */
    public MedicalFloat read(ByteReader in) {
        if (form.isEmpty()) {
            return in.sfloat(field);
        }
        int at = in.offset();
        long octets = form.get().read(in, field);
        if (isCode(unknown, octets)) {
            return MedicalFloat.NAN;
        }
        if (isCode(above, octets)) {
            return MedicalFloat.POSITIVE_INFINITY;
        }
        if (octets < min || octets > max) {
            in.unforeseen(field, at, "expected " + decimal(min) + " to " + decimal(max) + suffix());
        }
        return decimal(octets);
    }

    /**
     * Writes the number; the mirror of {@link #read}.
     *
     * @throws IllegalArgumentException when the octets cannot bear it
     */
    public void write(ByteWriter out, MedicalFloat value) {
        if (form.isEmpty()) {
            out.sfloat(field, value);
        } else {
            form.get().write(out, field, octets(value));
        }
    }

    /**
     * Returns the same number with the digits that the octets give it: 21.5 in steps of 0.01 becomes 21.50.
     *
     * @throws IllegalArgumentException when the octets cannot bear it
     */
    public MedicalFloat atResolution(MedicalFloat value) {
        if (form.isEmpty()) {
            new ByteWriter().sfloat(field, value);
            return value;
        }
        long octets = octets(value);
        return value.isFinite() ? decimal(octets) : value;
    }

    /** Whether it is a number that the standard foresees; false when it is not known. */
    public boolean isInRange(MedicalFloat value) {
        if (!value.isFinite() || form.isEmpty()) {
            return value.isFinite();
        }
        long octets = octets(value);
        return octets >= min && octets <= max;
    }

    /** Returns the codec of a characteristic that is this scalar and nothing else. */
    public <T extends ScalarValue> Codec<T> codec(BiFunction<MedicalFloat, Remainder, T> maker) {
        return Codec.of(in -> maker.apply(read(in), in.remainder(0)), (value, out) -> {
            if (!value.scalar().equals(this)) {
                throw new IllegalArgumentException(
                        "expected " + field + ", but got " + value.scalar().field());
            }
            write(out, value.value());
            value.remainder().writeTo(out);
        });
    }

    Map<String, Object> fields(MedicalFloat value, Remainder remainder) {
        Fields fields = Fields.start().put(field, value);
        return (hasUnit() ? fields.put("unit", unit) : fields)
                .trailing(remainder)
                .toMap();
    }

    private MedicalFloat decimal(long octets) {
        return MedicalFloat.of((octets + first) * step.mantissa(), step.exponent());
    }

    private long octets(MedicalFloat value) {
        if (value.equals(MedicalFloat.NAN) && unknown.isPresent()) {
            return unknown.getAsLong();
        }
        if (value.equals(MedicalFloat.POSITIVE_INFINITY) && above.isPresent()) {
            return above.getAsLong();
        }
        long octets = count(value);
        if (isCode(unknown, octets) || isCode(above, octets)) {
            throw new IllegalArgumentException(field + ": would read as not known or as more than can be said");
        }
        return octets;
    }

    private long count(MedicalFloat value) {
        IntegerForm range = form.orElseThrow();
        if (value.isFinite()) {
            BigDecimal[] parts = value.toBigDecimal().divideAndRemainder(step.toBigDecimal());
            BigInteger octets = parts[0].toBigInteger().subtract(BigInteger.valueOf(first));
            if (parts[1].signum() == 0 && octets.bitLength() < Long.SIZE) {
                if (octets.longValue() >= range.min() && octets.longValue() <= range.max()) {
                    return octets.longValue();
                }
            }
        }
        throw new IllegalArgumentException(field + ": expected a multiple of " + step + " from " + decimal(range.min())
                + " to " + decimal(range.max()) + suffix());
    }

    private boolean hasUnit() {
        return !unit.equals("1");
    }

    private String suffix() {
        return hasUnit() ? " " + unit : "";
    }

    private static boolean isCode(OptionalLong code, long octets) {
        return code.isPresent() && code.getAsLong() == octets;
    }
}
