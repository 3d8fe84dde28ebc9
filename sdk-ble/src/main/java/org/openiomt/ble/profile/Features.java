package org.openiomt.ble.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A feature characteristic that is one bit field and nothing else: what a device can do.
 *
 * <pre>
 * field     type             octets    present when  meaning
 * features  uint16 | uint32  2 | 4     always        see the constants of the table; reserved bits kept
 * </pre>
 *
 * @param table the constants that have a name, in the order of their bits
 * @param width the bits of the field, a multiple of 8
 * @param bits the field as sent
 * @param remainder reserved bits and trailing octets
 */
public record Features(List<Bit> table, int width, long bits, Remainder remainder) implements Described {
    /** Copies the table and checks that the reserved bits are where they belong. */
    public Features {
        table = List.copyOf(table);
        Bits.requireUnsigned("features", bits, width);
        if ((bits & ~Bits.mask(table)) != remainder.unknownFlags()) {
            throw new IllegalArgumentException("bits without a name belong into the remainder, and no others");
        }
    }

    /** Returns the features of a table, without reserved bits and tail. */
    public static <E extends Enum<E> & Bit> Features of(Class<E> table, int width, Set<E> features) {
        return new Features(constants(table), width, Bits.mask(features), Remainder.NONE);
    }

    /** Returns the codec of a feature characteristic of {@code width} bits. */
    public static <E extends Enum<E> & Bit> Codec<Features> codec(Class<E> table, int width) {
        List<Bit> constants = constants(table);
        long known = Bits.known(table);
        return Codec.of(in -> read(in, constants, known, width), (value, out) -> write(value, constants, out));
    }

    /** Whether a feature is there; false for one of another table. */
    public boolean has(Bit feature) {
        return table.contains(feature) && (bits & feature.mask()) != 0;
    }

    private static Features read(ByteReader in, List<Bit> table, long known, int width) {
        int at = in.offset();
        long bits = in.unsigned("features", width / Byte.SIZE);
        long unknown = in.unknownBits("features", at, bits, known);
        return new Features(table, width, bits, in.remainder(unknown));
    }

    private static void write(Features value, List<Bit> table, ByteWriter out) {
        if (!Objects.equals(table, value.table)) {
            throw new IllegalArgumentException("features of another table");
        }
        out.unsigned("features", value.bits, value.width / Byte.SIZE);
        value.remainder.writeTo(out);
    }

    private static <E extends Enum<E> & Bit> List<Bit> constants(Class<E> table) {
        return List.of(table.getEnumConstants());
    }

    @Override
    public Map<String, Object> fields() {
        List<Bit> supported = new ArrayList<>(table);
        supported.removeIf(feature -> !has(feature));
        return Fields.start()
                .bits("features", bits, width)
                .put("supported", supported)
                .remainder(remainder, width)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
