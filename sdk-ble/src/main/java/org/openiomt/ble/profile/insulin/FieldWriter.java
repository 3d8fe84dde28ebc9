package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Writes the fields of one insulin value twice, as octets and for people, so that both have the same fields in the same order.
 * Not for use by several threads at once.
 */
public final class FieldWriter {
    private static final int OCTET = 8;
    private static final int TWO_OCTETS = 16;
    private static final int MINUTES = 15;

    private final ByteWriter octets;
    private final InsulinContext.AmountForm amounts;
    private final long unknownFlags;
    private Fields fields = Fields.start();

    FieldWriter(ByteWriter octets, InsulinContext.AmountForm amounts, long unknownFlags) {
        this.octets = octets;
        this.amounts = amounts;
        this.unknownFlags = unknownFlags;
    }

    Fields fields() {
        return fields;
    }

    ByteWriter octets() {
        return octets;
    }

    void uint8(String field, int value) {
        octets.uint8(field, value);
        fields.put(field, value);
    }

    void uint16(String field, int value) {
        octets.uint16(field, value);
        fields.put(field, value);
    }

    void uint16(String field, OptionalInt value) {
        value.ifPresent(number -> uint16(field, number));
    }

    void uint8(String field, OptionalInt value) {
        value.ifPresent(number -> uint8(field, number));
    }

    void uint32(String field, long value) {
        octets.uint32(field, value);
        fields.put(field, value);
    }

    void amount(String field, MedicalFloat value) {
        switch (amounts) {
            case SFLOAT -> octets.sfloat(field, value);
            case FLOAT -> octets.float32(field, value);
        }
        fields.put(field, value);
    }

    void dateTime(String field, DeviceDateTime value) {
        DateTimeCodec.write(octets, field, value);
        fields.put(field, value);
    }

    /** Writes quarters of an hour in one octet, and describes them in minutes. */
    void quarters(String field, OptionalInt value, int unknown) {
        octets.uint8(field, value.orElse(unknown) & 0xFF);
        fields.put(field + "Minutes", value.isPresent() ? (Object) (value.getAsInt() * MINUTES) : "unknown");
    }

    void flags(long known) {
        octets.uint8("flags", known | unknownFlags);
        fields.bits("flags", known | unknownFlags, OCTET);
    }

    void flags16(long known) {
        octets.uint16("flags", known | unknownFlags);
        fields.bits("flags", known | unknownFlags, TWO_OCTETS);
    }

    void code8(String field, Coded<?> value) {
        octets.uint8(field, value.code());
        fields.bits(field, value.code(), OCTET);
    }

    void code16(String field, Coded<?> value) {
        octets.uint16(field, value.code());
        fields.bits(field, value.code(), TWO_OCTETS);
    }

    <E extends Enum<E> & InsulinCode> void code8(String field, Optional<Coded<E>> value) {
        value.ifPresent(coded -> code8(field, coded));
    }

    /** Writes several of the same, each with fields of its own. */
    void list(String field, List<? extends InsulinBody> all) {
        Fields outer = fields;
        List<Described> each = new ArrayList<>(all.size());
        for (InsulinBody one : all) {
            fields = Fields.start();
            one.write(this);
            Map<String, Object> written = fields.toMap();
            each.add(() -> written);
        }
        fields = outer.put(field, each);
    }
}
