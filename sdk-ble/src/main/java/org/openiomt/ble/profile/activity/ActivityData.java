package org.openiomt.ble.profile.activity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * The activity data of the Physical Activity Monitor Service, characteristics {@code 0x2B3C} to {@code 0x2B42}, which share one form.
 * They are split over packets, see {@link Segmented}; this is the whole.
 *
 * <pre>
 * field              type             octets  present when  meaning
 * flags              uint8 to uint32  1-4     always        bit n for field n of the {@link ActivityLayout}; in the instantaneous
 *                                                           ones the highest bit: the device is worn; others kept
 * sessionId          uint16           2       always        counts sessions
 * subSessionId       uint16           2       always        counts the parts of a session
 * relativeTimestamp  uint32           4       always        s since the session began
 * sequenceNumber     uint32           4       always        counts the values
 * fields             by the layout    ...     by the flags  see {@link ActivityLayout}
 * </pre>
 *
 * @param layout which characteristic it is
 * @param sessionId 0 to 65,535
 * @param subSessionId 0 to 65,535
 * @param relativeSeconds since the session began, 0 to 4,294,967,295
 * @param sequenceNumber 0 to 4,294,967,295
 * @param isWorn whether the device says that it is worn; false where it cannot say
 * @param values the fields that are there, as sent, by their names; unmodifiable, in the order of the layout
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/physical-activity-monitor-service-1-0/">PAMS 1.0, 3.2 to 3.8</a>
 */
public record ActivityData(
        ActivityLayout layout,
        int sessionId,
        int subSessionId,
        long relativeSeconds,
        long sequenceNumber,
        boolean isWorn,
        Map<String, Long> values,
        Remainder remainder)
        implements Described {

    /** Checks the ranges and orders the fields. */
    public ActivityData {
        Objects.requireNonNull(layout, "layout");
        Bits.requireUnsigned("sessionId", sessionId, Short.SIZE);
        Bits.requireUnsigned("subSessionId", subSessionId, Short.SIZE);
        Bits.requireUnsigned("relativeTimestamp", relativeSeconds, Integer.SIZE);
        Bits.requireUnsigned("sequenceNumber", sequenceNumber, Integer.SIZE);
        if (isWorn && layout.wornBit().isEmpty()) {
            throw new IllegalArgumentException(layout + " cannot say whether the device is worn");
        }
        values.keySet().forEach(layout::flag);
        Map<String, Long> ordered = new LinkedHashMap<>();
        for (ActivityLayout.Field field : layout.fields()) {
            Long value = values.get(field.name());
            if (value != null) {
                requireRange(field, value);
                ordered.put(field.name(), value);
            }
        }
        values = Collections.unmodifiableMap(ordered);
        Bits.requireUnknown(remainder, known(layout));
    }

    /** Returns a field, where it is there. */
    public OptionalLong value(String name) {
        layout.flag(name);
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static void requireRange(ActivityLayout.Field field, long value) {
        int width = field.size() * Byte.SIZE;
        long shifted = field.isSigned() ? value + (1L << (width - 1)) : value;
        Bits.requireUnsigned(field.name(), shifted, width);
    }

    private static long known(ActivityLayout layout) {
        long fields = (1L << layout.fields().size()) - 1;
        return fields | layout.wornBit().map(bit -> 1L << bit).orElse(0L);
    }

    private long flags() {
        long flags = remainder.unknownFlags();
        for (String name : values.keySet()) {
            flags |= 1L << layout.flag(name);
        }
        return isWorn ? flags | 1L << layout.wornBit().orElseThrow() : flags;
    }

    static Codec<ActivityData> codec(ActivityLayout layout) {
        return Codec.of(in -> read(in, layout), ActivityData::write);
    }

    private static ActivityData read(ByteReader in, ActivityLayout layout) {
        int at = in.offset();
        long flags = in.unsigned("flags", layout.flagsSize());
        long unknown = in.unknownBits("flags", at, flags, known(layout));
        int sessionId = in.uint16("sessionId");
        int subSessionId = in.uint16("subSessionId");
        long relativeSeconds = in.uint32("relativeTimestamp");
        long sequenceNumber = in.uint32("sequenceNumber");
        Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 0; i < layout.fields().size(); i++) {
            if ((flags >> i & 1) != 0) {
                ActivityLayout.Field field = layout.fields().get(i);
                values.put(field.name(), readField(in, field));
            }
        }
        boolean isWorn = layout.wornBit().filter(bit -> (flags >> bit & 1) != 0).isPresent();
        return new ActivityData(
                layout,
                sessionId,
                subSessionId,
                relativeSeconds,
                sequenceNumber,
                isWorn,
                values,
                in.remainder(unknown));
    }

    private static long readField(ByteReader in, ActivityLayout.Field field) {
        int at = in.offset();
        long value = in.unsigned(field.name(), field.size());
        if (field.name().equals("sleepStage")) {
            in.unknownBits(field.name(), at, value, Bits.known(SleepStage.class));
        }
        int spare = Long.SIZE - field.size() * Byte.SIZE;
        return field.isSigned() ? value << spare >> spare : value;
    }

    private static void write(ActivityData value, ByteWriter out) {
        out.unsigned("flags", value.flags(), value.layout.flagsSize());
        out.uint16("sessionId", value.sessionId);
        out.uint16("subSessionId", value.subSessionId);
        out.uint32("relativeTimestamp", value.relativeSeconds);
        out.uint32("sequenceNumber", value.sequenceNumber);
        for (ActivityLayout.Field field : value.layout.fields()) {
            long mask = (1L << (field.size() * Byte.SIZE)) - 1;
            value.value(field.name()).ifPresent(number -> out.unsigned(field.name(), number & mask, field.size()));
        }
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        int width = layout.flagsSize() * Byte.SIZE;
        Fields fields = Fields.start()
                .bits("flags", flags(), width)
                .put("sessionId", sessionId)
                .put("subSessionId", subSessionId)
                .put("relativeSeconds", relativeSeconds)
                .put("sequenceNumber", sequenceNumber);
        if (layout.wornBit().isPresent()) {
            fields.put("worn", isWorn);
        }
        values.forEach(fields::put);
        if (values.containsKey("sleepStage")) {
            fields.put("sleepStages", Bits.set(SleepStage.class, values.get("sleepStage")));
        }
        return fields.remainder(remainder, width).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
