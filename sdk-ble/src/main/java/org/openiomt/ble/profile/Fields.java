package org.openiomt.ble.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Collects the fields of a decoded value for people, tools and tests. Not for use by several threads at once.
 *
 * <pre>
 * Java value                 form in the map
 * absent Optional            no entry
 * whole number, Boolean      as it is
 * MedicalFloat               as it is, with its resolution
 * text                       as it is
 * DeviceDateTime             text, 2024-06-15T17:17:27; 0000 or 00 is not known
 * enum                       its toString, or its name as words (NOT_DETECTED: not detected)
 * bit field                  text, 0x0027, as wide as the field
 * collection                 List of these
 * Described                  Map of these
 * </pre>
 */
public final class Fields {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int BITS_PER_DIGIT = 4;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private Fields() {}

    /**
     * Returns the fields of a decoded value, in the order of its layout table; unmodifiable.
     *
     * @throws IllegalArgumentException when {@code decoded} is not a value of a profile
     */
    public static Map<String, Object> of(Object decoded) {
        if (decoded instanceof Described described) {
            return described.fields();
        }
        throw new IllegalArgumentException(
                "not a value of a profile: " + decoded.getClass().getName());
    }

    /** Returns the type of a value and the names of its fields, without content: what its {@code toString} may show. */
    public static String names(Described value) {
        return value.getClass().getSimpleName() + value.fields().keySet();
    }

    /** Returns a bit field of {@code width} bits, a multiple of 4, as text: {@code 0x0027}. */
    public static String hex(long bits, int width) {
        return "0x" + HEX.toHexDigits(bits, width / BITS_PER_DIGIT);
    }

    /** Returns a constant as text: its {@code toString}, or its name as words. */
    public static String words(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', ' ') : text;
    }

    /** Begins with no field. */
    public static Fields start() {
        return new Fields();
    }

    /**
     * Adds a field, unless it is an empty Optional.
     *
     * @throws IllegalArgumentException when there is no form for the type of {@code value}
     */
    public Fields put(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> put(name, present));
        } else if (value instanceof OptionalInt optional) {
            optional.ifPresent(present -> put(name, present));
        } else if (value instanceof OptionalLong optional) {
            optional.ifPresent(present -> put(name, present));
        } else if (fields.putIfAbsent(name, plain(value)) != null) {
            throw new IllegalArgumentException("field named twice: " + name);
        }
        return this;
    }

    /** Adds a bit field of {@code width} bits as text. */
    public Fields bits(String name, long bits, int width) {
        return put(name, hex(bits, width));
    }

    /** Adds {@code unknownFlags} as text, where there are any, and {@code trailing} octets, where there are any. */
    public Fields remainder(Remainder remainder, int flagsWidth) {
        if (remainder.unknownFlags() != 0) {
            bits("unknownFlags", remainder.unknownFlags(), flagsWidth);
        }
        return trailing(remainder);
    }

    /** Adds the {@code trailing} octets of a value without flags, where there are any. */
    public Fields trailing(Remainder remainder) {
        byte[] octets = remainder.trailing();
        return octets.length == 0 ? this : octets("trailing", octets);
    }

    /** Adds octets as hexadecimal text. */
    public Fields octets(String name, byte[] octets) {
        return put(name, HEX.formatHex(octets));
    }

    /** Returns what was collected; unmodifiable. */
    public Map<String, Object> toMap() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private static Object plain(Object value) {
        if (value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof MedicalFloat) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return words(constant);
        }
        if (value instanceof DeviceDateTime time) {
            return time.toString();
        }
        if (value instanceof Described described) {
            return described.fields();
        }
        if (value instanceof Collection<?> many) {
            List<Object> list = new ArrayList<>(many.size());
            many.forEach(one -> list.add(plain(one)));
            return Collections.unmodifiableList(list);
        }
        throw new IllegalArgumentException(
                "no form for a field of type " + value.getClass().getName());
    }
}
