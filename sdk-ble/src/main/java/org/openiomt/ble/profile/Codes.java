package org.openiomt.ble.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A field of one octet whose codes have meanings: the constants of an enum in the order of their codes, without gaps. Codes
 * that have none are reserved: kept and reported; strict refuses them.
 *
 * @param <E> the meanings
 */
public final class Codes<E extends Enum<E>> {
    private final String field;
    private final List<E> meanings;
    private final int first;

    private Codes(String field, List<E> meanings, int first) {
        this.field = field;
        this.meanings = meanings;
        this.first = first;
    }

    /**
     * Returns the codes of a field.
     *
     * @param first the code of the first constant
     */
    public static <E extends Enum<E>> Codes<E> of(String field, Class<E> meanings, int first) {
        return new Codes<>(field, List.of(meanings.getEnumConstants()), first);
    }

    /** Returns the meaning of a code, or empty when the standard reserves it. */
    public Optional<E> meaning(int code) {
        int index = code - first;
        return index >= 0 && index < meanings.size() ? Optional.of(meanings.get(index)) : Optional.empty();
    }

    /** Returns the code of a meaning, 0 to 255. */
    public int code(E meaning) {
        return meanings.indexOf(meaning) + first;
    }

    /** Reads a code and reports a reserved one. */
    public int read(ByteReader in) {
        int at = in.offset();
        int code = in.uint8(field);
        if (meaning(code).isEmpty()) {
            in.unforeseen(field, at, "reserved code " + code);
        }
        return code;
    }

    /** Writes a code. */
    public void write(ByteWriter out, int code) {
        out.uint8(field, code);
    }

    /**
     * Checks a code and what is kept beside it.
     *
     * @throws IllegalArgumentException when the code does not fit one octet
     */
    public void check(int code, Remainder remainder) {
        Bits.requireUnsigned(field, code, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the codec of a characteristic that is this field and nothing else. */
    public <T> Codec<T> codec(
            BiFunction<Integer, Remainder, T> maker, ToIntFunction<T> code, Function<T, Remainder> remainder) {
        return Codec.of(in -> maker.apply(read(in), in.remainder(0)), (value, out) -> {
            write(out, code.applyAsInt(value));
            remainder.apply(value).writeTo(out);
        });
    }

    /** Returns the fields of a characteristic that is this field and nothing else: the code, and its meaning if any. */
    public Map<String, Object> fields(int code, Remainder remainder) {
        return Fields.start()
                .put(field, code)
                .put("meaning", meaning(code))
                .trailing(remainder)
                .toMap();
    }
}
