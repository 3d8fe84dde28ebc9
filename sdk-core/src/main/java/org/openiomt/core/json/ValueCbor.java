package org.openiomt.core.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Values as CBOR arrays that begin with the number of their class.
 *
 * <pre>
 * class          array
 * numeric        [0, unit, number]
 * compound       [1, type, value, type, value, ...]
 * compound       [2, unit, type, number, type, number, ...]   all parts numeric, in one unit
 * coded          [3, code]
 * flags          [4, bits, width]
 * text           [5, text]
 * sample array   [6, unit, scale, offset, samples, span of so many samples, typed array]
 * opaque         [7, octets]
 * </pre>
 *
 * <p>Types and codes have the default partition 2, units 4; numbers are as {@link CborWriter#number} says, a typed array is
 * tag 77 (int16, little-endian) or, when the samples do not fit, tag 78 (int32).
 */
final class ValueCbor {
    /** The most compounds inside each other. */
    static final int MAX_NESTING = 8;

    private static final int NUMERIC = 0;
    private static final int COMPOUND = 1;
    private static final int NUMERIC_COMPOUND = 2;
    private static final int CODED = 3;
    private static final int FLAGS = 4;
    private static final int TEXT = 5;
    private static final int SAMPLE_ARRAY = 6;
    private static final int OPAQUE = 7;

    static final int TYPES = 2;
    private static final int UNITS = 4;

    private ValueCbor() {}

    static void write(Value value, CborWriter out, int nesting) {
        if (value instanceof Value.Numeric numeric) {
            out.array(3);
            out.integer(NUMERIC);
            out.code(numeric.quantity().unit(), UNITS);
            out.number(numeric.quantity().value());
        } else if (value instanceof Value.Compound compound) {
            writeCompound(compound, out, nesting);
        } else if (value instanceof Value.Coded coded) {
            out.array(2);
            out.integer(CODED);
            out.code(coded.code(), TYPES);
        } else if (value instanceof Value.Flags flags) {
            out.array(3);
            out.integer(FLAGS);
            out.bits(flags.bits());
            out.integer(flags.width());
        } else if (value instanceof Value.Text text) {
            out.array(2);
            out.integer(TEXT);
            out.text(text.text());
        } else if (value instanceof Value.SampleArray wave) {
            out.array(7);
            out.integer(SAMPLE_ARRAY);
            out.code(wave.unit(), UNITS);
            out.number(wave.scale());
            out.number(wave.offset());
            out.integer(wave.rate().samples());
            out.duration(wave.rate().per());
            out.samples(wave.samples());
        } else if (value instanceof Value.Opaque opaque) {
            out.array(2);
            out.integer(OPAQUE);
            out.octets(opaque.octets());
        } else {
            throw new AssertionError(value);
        }
        out.endArray();
    }

    static Value read(String field, CborReader in, int nesting) {
        in.array(field);
        int valueClass = in.integer(field, OPAQUE);
        Value value = switch (valueClass) {
            case NUMERIC -> numeric(field, in);
            case COMPOUND, NUMERIC_COMPOUND -> {
                if (nesting >= MAX_NESTING) {
                    throw in.refuse(field, "more than " + MAX_NESTING + " compounds inside each other");
                }
                yield valueClass == COMPOUND ? compound(field, in, nesting) : numericCompound(field, in);
            }
            case CODED -> new Value.Coded(in.code(field, TYPES));
            case FLAGS -> flags(field, in);
            case TEXT -> new Value.Text(in.text(field));
            case SAMPLE_ARRAY -> sampleArray(field, in);
            default -> Value.Opaque.of(in.octets(field));
        };
        if (valueClass != COMPOUND && valueClass != NUMERIC_COMPOUND) {
            in.end(field);
        }
        return value;
    }

    private static void writeCompound(Value.Compound compound, CborWriter out, int nesting) {
        if (nesting >= MAX_NESTING) {
            throw new IllegalArgumentException("more than " + MAX_NESTING + " compounds inside each other");
        }
        List<Value.Component> parts = compound.components();
        Optional<Code> unit = commonUnit(parts);
        out.array((unit.isPresent() ? 2 : 1) + 2 * parts.size());
        out.integer(unit.isPresent() ? NUMERIC_COMPOUND : COMPOUND);
        unit.ifPresent(code -> out.code(code, UNITS));
        for (Value.Component part : parts) {
            out.code(part.type(), TYPES);
            if (unit.isPresent() && part.value() instanceof Value.Numeric numeric) {
                out.number(numeric.quantity().value());
            } else {
                write(part.value(), out, nesting + 1);
            }
        }
    }

    /** Returns the unit that all parts have, or empty when they differ or one of them is no number. */
    private static Optional<Code> commonUnit(List<Value.Component> parts) {
        Optional<Code> common = Optional.empty();
        for (Value.Component part : parts) {
            if (!(part.value() instanceof Value.Numeric numeric)) {
                return Optional.empty();
            }
            Code unit = numeric.quantity().unit();
            if (common.isPresent() && !common.get().equals(unit)) {
                return Optional.empty();
            }
            common = Optional.of(unit);
        }
        return common;
    }

    private static Value numeric(String field, CborReader in) {
        Code unit = in.code(field, UNITS);
        return Value.Numeric.of(in.number(field), unit);
    }

    private static Value compound(String field, CborReader in, int nesting) {
        List<Value.Component> parts = new ArrayList<>();
        while (in.hasMore(field)) {
            Code type = in.code(field, TYPES);
            parts.add(new Value.Component(type, read(field, in, nesting + 1)));
        }
        return new Value.Compound(parts);
    }

    private static Value numericCompound(String field, CborReader in) {
        Code unit = in.code(field, UNITS);
        List<Value.Component> parts = new ArrayList<>();
        while (in.hasMore(field)) {
            Code type = in.code(field, TYPES);
            parts.add(new Value.Component(type, Value.Numeric.of(in.number(field), unit)));
        }
        return new Value.Compound(parts);
    }

    private static Value flags(String field, CborReader in) {
        long bits = in.bits(field);
        int width = in.integer(field, Long.SIZE);
        return in.attempt(field, () -> new Value.Flags(bits, width));
    }

    private static Value sampleArray(String field, CborReader in) {
        Code unit = in.code(field, UNITS);
        MedicalFloat scale = in.number(field);
        MedicalFloat offset = in.number(field);
        int samples = in.integer(field, Integer.MAX_VALUE);
        Duration per = in.duration(field);
        SampleRate rate = in.attempt(field, () -> new SampleRate(samples, per));
        return Value.SampleArray.of(unit, scale, offset, rate, in.samples(field));
    }
}
