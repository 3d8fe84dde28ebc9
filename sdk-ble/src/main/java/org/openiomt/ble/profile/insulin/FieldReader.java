package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.MedicalFloat;

/** Reads the fields of one insulin value, within its protection. Not for use by several threads at once. */
final class FieldReader {
    private final E2e e2e;
    private final ByteReader in;
    private final InsulinContext context;
    private long unknownFlags;

    FieldReader(ByteReader whole, InsulinContext context) {
        this.e2e = E2e.open(whole, context.e2e(), E2eLayout.COUNTER_AND_CRC);
        this.in = e2e.body();
        this.context = context;
    }

    ByteReader octets() {
        return in;
    }

    /** Whether a counter and a check sum may follow, though nobody knows. */
    boolean mayBeProtected() {
        return context.e2e().presence() == E2eContext.Presence.NOT_KNOWN;
    }

    int uint8(String field) {
        return in.uint8(field);
    }

    int uint16(String field) {
        return in.uint16(field);
    }

    /** Reads an amount or a rate in the form of the pump. */
    MedicalFloat amount(String field) {
        return switch (context.amounts()) {
            case SFLOAT -> in.sfloat(field);
            case FLOAT -> in.float32(field);
        };
    }

    DeviceDateTime dateTime(String field) {
        return DateTimeCodec.read(in, field);
    }

    /** Reads flags; the bits that the standard reserves are kept for the remainder. */
    int flags(int known) {
        int at = in.offset();
        int flags = in.uint8("flags");
        unknownFlags = in.unknownBits("flags", at, flags, known);
        return flags;
    }

    /** Keeps flags that the standard knows but that say nothing here, and reports them. */
    void keepFlags(int flags, String reason) {
        in.unforeseen("flags", in.offset() - 1, reason);
        unknownFlags |= flags;
    }

    long flags16(long known) {
        int at = in.offset();
        int flags = in.uint16("flags");
        unknownFlags = in.unknownBits("flags", at, flags, known);
        return flags & known;
    }

    /** Reads a code of one octet; one that the standard reserves is kept and reported. */
    <E extends Enum<E> & InsulinCode> Coded<E> code8(String field, Class<E> table) {
        return checked(field, in.offset(), new Coded<>(table, in.uint8(field)));
    }

    /** Reads a code of two octets; one that the standard reserves is kept and reported. */
    <E extends Enum<E> & InsulinCode> Coded<E> code16(String field, Class<E> table) {
        return checked(field, in.offset(), new Coded<>(table, in.uint16(field)));
    }

    private <E extends Enum<E> & InsulinCode> Coded<E> checked(String field, int at, Coded<E> coded) {
        if (coded.known().isEmpty()) {
            in.unforeseen(field, at, "unknown code 0x" + Integer.toHexString(coded.code()));
        }
        return coded;
    }

    OptionalInt uint8If(int flag, String field) {
        return flag != 0 ? OptionalInt.of(in.uint8(field)) : OptionalInt.empty();
    }

    OptionalInt uint16If(int flag, String field) {
        return flag != 0 ? OptionalInt.of(in.uint16(field)) : OptionalInt.empty();
    }

    <E extends Enum<E> & InsulinCode> Optional<Coded<E>> code8If(int flag, String field, Class<E> table) {
        return flag != 0 ? Optional.of(code8(field, table)) : Optional.empty();
    }

    /** Reads {@code count} of the same. */
    <T> List<T> list(int count, Function<FieldReader, T> one) {
        List<T> all = new ArrayList<>(Math.min(count, in.remaining()));
        for (int i = 0; i < count; i++) {
            all.add(one.apply(this));
        }
        return all;
    }

    /** Ends the value after its last known field. */
    E2e.End end() {
        return e2e.end(unknownFlags);
    }
}
