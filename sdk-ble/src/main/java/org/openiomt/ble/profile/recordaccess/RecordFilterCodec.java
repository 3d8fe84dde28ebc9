package org.openiomt.ble.profile.recordaccess;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.recordaccess.RecordFilter.ByLongNumber;
import org.openiomt.ble.profile.recordaccess.RecordFilter.ByNumber;
import org.openiomt.ble.profile.recordaccess.RecordFilter.ByTime;
import org.openiomt.ble.profile.recordaccess.RecordFilter.Other;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/** Reads, writes and names the parts of a {@link RecordFilter}, for the message that holds it. */
final class RecordFilterCodec {
    private RecordFilterCodec() {}

    /** Reads the operand of an operator that has one; numbers of records have 2 octets, or 4 where they are so said. */
    static RecordFilter read(ByteReader in, int operator, IntegerForm numbers) {
        int at = in.offset();
        int type = in.uint8("filterType");
        boolean hasMinimum = operator != RecordAccessMessage.AT_MOST;
        boolean hasMaximum = operator != RecordAccessMessage.AT_LEAST;
        return switch (type) {
            case ByNumber.TYPE ->
                numbers == IntegerForm.UINT32
                        ? new ByLongNumber(
                                hasMinimum ? OptionalLong.of(in.uint32("minimum")) : OptionalLong.empty(),
                                hasMaximum ? OptionalLong.of(in.uint32("maximum")) : OptionalLong.empty())
                        : new ByNumber(
                                hasMinimum ? OptionalInt.of(in.uint16("minimum")) : OptionalInt.empty(),
                                hasMaximum ? OptionalInt.of(in.uint16("maximum")) : OptionalInt.empty());
            case ByTime.TYPE ->
                new ByTime(
                        hasMinimum ? Optional.of(DateTimeCodec.read(in, "minimum")) : Optional.empty(),
                        hasMaximum ? Optional.of(DateTimeCodec.read(in, "maximum")) : Optional.empty());
            default -> {
                in.unforeseen("filterType", at, "unknown code " + type);
                yield new Other(type, in.kept("operand", in.remaining()));
            }
        };
    }

    /** Writes what {@link #read} reads. */
    static void write(RecordFilter filter, ByteWriter out) {
        out.uint8("filterType", filter.type());
        if (filter instanceof ByNumber number) {
            number.minimum().ifPresent(first -> out.uint16("minimum", first));
            number.maximum().ifPresent(last -> out.uint16("maximum", last));
        } else if (filter instanceof ByLongNumber number) {
            number.minimum().ifPresent(first -> out.uint32("minimum", first));
            number.maximum().ifPresent(last -> out.uint32("maximum", last));
        } else if (filter instanceof ByTime time) {
            time.minimum().ifPresent(first -> DateTimeCodec.write(out, "minimum", first));
            time.maximum().ifPresent(last -> DateTimeCodec.write(out, "maximum", last));
        } else if (filter instanceof Other other) {
            other.operand().writeTo(out);
        } else {
            throw new AssertionError(filter);
        }
    }

    /** Adds the fields of a filter. */
    static void describe(RecordFilter filter, Fields fields) {
        fields.put("filterType", filter.type());
        if (filter instanceof ByNumber number) {
            fields.put("minimum", number.minimum()).put("maximum", number.maximum());
        } else if (filter instanceof ByLongNumber number) {
            fields.put("minimum", number.minimum()).put("maximum", number.maximum());
        } else if (filter instanceof ByTime time) {
            fields.put("minimum", time.minimum()).put("maximum", time.maximum());
        } else if (filter instanceof Other other) {
            fields.octets("operand", other.operand().trailing());
        } else {
            throw new AssertionError(filter);
        }
    }
}
