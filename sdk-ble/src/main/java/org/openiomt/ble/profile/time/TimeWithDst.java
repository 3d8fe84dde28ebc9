package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Time with DST, characteristic {@code 0x2A11} of the Next DST Change Service: when the clocks change next, and to what.
 *
 * <pre>
 * field      type       octets  present when  meaning
 * dateTime   date-time  7       always        local time of the change; 0 = part not known
 * dstOffset  uint8      1       always        quarters of an hour from then on: 0, 2, 4, 8; 255 not known
 * </pre>
 *
 * @param dateTime when the clocks change
 * @param dstOffsetCode as sent, 0 to 255; see {@link DstOffset}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/next-dst-change-service-1-0/">NDCS 1.0, 3.1</a>
 */
public record TimeWithDst(DeviceDateTime dateTime, int dstOffsetCode, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<TimeWithDst> CODEC = Codec.of(TimeWithDst::read, TimeWithDst::write);

    /** Checks the ranges. */
    public TimeWithDst {
        Objects.requireNonNull(dateTime, "dateTime");
        Bits.requireUnsigned("dstOffset", dstOffsetCode, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static TimeWithDst read(ByteReader in) {
        return new TimeWithDst(DateTimeCodec.read(in, "dateTime"), DstOffset.readCode(in), in.remainder(0));
    }

    private static void write(TimeWithDst value, ByteWriter out) {
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        out.uint8("dstOffset", value.dstOffsetCode);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return DstOffset.describe(Fields.start().put("dateTime", dateTime), "dstOffsetMinutes", dstOffsetCode)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
