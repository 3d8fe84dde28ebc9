package org.openiomt.ble.profile.healthsensor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * An attribute or value that says its type and form by itself (type, length, value).
 *
 * <pre>
 * field   type    octets  present when  meaning
 * type    uint32  4       always        an MDC term
 * size    uint16  2       always        how many octets the value has
 * format  uint8   1       always        4 to 10 unsigned of 1, 1.5, 2, 3, 4, 6, 8 octets; 12 to 18 signed alike, 22 SFLOAT, 23 FLOAT,
 *                                       25 UTF-8 (the formats of the assigned numbers); others kept as octets
 * value   octets  size    always        in that format
 * </pre>
 *
 * @param type an MDC term, 0 to 4,294,967,295
 * @param format 0 to 255
 * @param octets the value, at most 65,535 octets
 */
public record HealthEntry(long type, int format, Remainder octets) implements Described {
    private static final int UTF8 = 0x19;
    private static final int SFLOAT = 0x16;
    private static final int FLOAT = 0x17;

    /** How many octets the whole numbers have, by format; those of half octets are left out, and those of 8, which are no long. */
    private static final Map<Integer, Integer> UNSIGNED = Map.of(4, 1, 6, 2, 7, 3, 8, 4, 9, 6);

    private static final Map<Integer, Integer> SIGNED = Map.of(12, 1, 14, 2, 15, 3, 16, 4, 17, 6);

    /** Checks the ranges. */
    public HealthEntry {
        Bits.requireUnsigned("type", type, Integer.SIZE);
        Bits.requireUnsigned("format", format, Byte.SIZE);
        Bits.requireUnknown(octets, ~0L);
        Bits.requireUnsigned("size", octets.trailing().length, Short.SIZE);
    }

    /** Returns a whole number of 4 octets. */
    public static HealthEntry of(long type, long number) {
        ByteWriter out = new ByteWriter();
        out.uint32("value", number);
        return new HealthEntry(type, 8, Remainder.of(0, out.toByteArray()));
    }

    /** Returns a text. */
    public static HealthEntry of(long type, String text) {
        return new HealthEntry(type, UTF8, Remainder.of(0, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the whole number, where the format is one and the size fits. */
    public OptionalLong number() {
        byte[] value = octets.trailing();
        boolean isSigned = SIGNED.containsKey(format);
        Integer size = isSigned ? SIGNED.get(format) : UNSIGNED.get(format);
        if (size == null || size != value.length) {
            return OptionalLong.empty();
        }
        long number = ByteReader.of(value, DecodeMode.LENIENT).unsigned("value", size);
        int spare = Long.SIZE - size * Byte.SIZE;
        return OptionalLong.of(isSigned ? number << spare >> spare : number);
    }

    /** Returns the medical float, where the format is one and the size fits. */
    public Optional<MedicalFloat> decimal() {
        ByteReader in = ByteReader.of(octets.trailing(), DecodeMode.LENIENT);
        if (format == SFLOAT && in.remaining() == Short.BYTES) {
            return Optional.of(in.sfloat("value"));
        }
        return format == FLOAT && in.remaining() == Integer.BYTES ? Optional.of(in.float32("value")) : Optional.empty();
    }

    /** Returns the text, where the format is one; octets that are no UTF-8 are U+FFFD. */
    public Optional<String> text() {
        return format == UTF8 ? Optional.of(new String(octets.trailing(), StandardCharsets.UTF_8)) : Optional.empty();
    }

    static List<HealthEntry> readAll(ByteReader in) {
        return in.list(in.uint8("entryCount"), HealthEntry::read);
    }

    private static HealthEntry read(ByteReader in) {
        long type = in.uint32("entryType");
        int at = in.offset();
        int size = in.uint16("entrySize");
        int format = in.uint8("entryFormat");
        if (size > in.remaining()) {
            throw new DecodeException(
                    "entrySize", at, "promises " + size + " octets, but only " + in.remaining() + " follow");
        }
        return new HealthEntry(type, format, in.kept("entry", size));
    }

    static void writeAll(ByteWriter out, List<HealthEntry> entries) {
        out.uint8("entryCount", entries.size());
        for (HealthEntry entry : entries) {
            out.uint32("entryType", entry.type);
            out.uint16("entrySize", entry.octets.trailing().length);
            out.uint8("entryFormat", entry.format);
            entry.octets.writeTo(out);
        }
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("type", type).put("format", format);
        if (number().isPresent()) {
            fields.put("value", number());
        } else if (decimal().isPresent()) {
            fields.put("value", decimal());
        } else if (text().isPresent()) {
            fields.put("value", text());
        } else {
            fields.octets("octets", octets.trailing());
        }
        return fields.toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
