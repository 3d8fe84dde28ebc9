package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Local Time Information, characteristic {@code 0x2A0F} of the Current Time Service: how local time is told from UTC.
 *
 * <pre>
 * field      type   octets  present when  meaning
 * timeZone   int8   1       always        quarters of an hour ahead of UTC, -48 to 56; -128 not known, see {@link TimeZone}
 * dstOffset  uint8  1       always        0, 2, 4, 8 quarters of an hour more; 255 not known, see {@link DstOffset}
 * </pre>
 *
 * @param timeZoneCode as sent, -128 to 127
 * @param dstOffsetCode as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1, 3.2</a>
 */
public record LocalTimeInformation(int timeZoneCode, int dstOffsetCode, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<LocalTimeInformation> CODEC =
            Codec.of(LocalTimeInformation::read, LocalTimeInformation::write);

    /** Checks the ranges. */
    public LocalTimeInformation {
        TimeZone.check(timeZoneCode);
        Bits.requireUnsigned("dstOffset", dstOffsetCode, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns how many minutes local time is ahead of UTC now; empty when either part is not known or reserved. */
    public OptionalInt offsetMinutes() {
        OptionalInt zone = TimeZone.offsetMinutes(timeZoneCode);
        OptionalInt summer = DstOffset.offsetMinutes(dstOffsetCode);
        return zone.isPresent() && summer.isPresent()
                ? OptionalInt.of(zone.getAsInt() + summer.getAsInt())
                : OptionalInt.empty();
    }

    private static LocalTimeInformation read(ByteReader in) {
        return new LocalTimeInformation(TimeZone.readCode(in), DstOffset.readCode(in), in.remainder(0));
    }

    private static void write(LocalTimeInformation value, ByteWriter out) {
        out.int8("timeZone", value.timeZoneCode);
        out.uint8("dstOffset", value.dstOffsetCode);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = TimeZone.describe(Fields.start(), "timeZoneMinutes", timeZoneCode);
        return DstOffset.describe(fields, "dstOffsetMinutes", dstOffsetCode)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
