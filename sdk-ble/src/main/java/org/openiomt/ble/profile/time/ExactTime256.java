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
 * Exact Time 256, characteristic {@code 0x2A0C}: a clock reading to 1/256 of a second.
 *
 * <pre>
 * field         type       octets  present when  meaning
 * dateTime      date-time  7       always        device clock, no zone; 0 = part not known
 * dayOfWeek     uint8      1       always        0 not known, 1 Monday to 7 Sunday; others kept as a raw code
 * fractions256  uint8      1       always        the part of a second in 1/256
 * </pre>
 *
 * @param dateTime the reading in whole seconds
 * @param dayOfWeek as sent, 0 to 255; see {@link DayOfWeek}
 * @param fractions256 the part of a second in 1/256, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record ExactTime256(DeviceDateTime dateTime, int dayOfWeek, int fractions256, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ExactTime256> CODEC = Codec.of(ExactTime256::read, ExactTime256::write);

    private static final int TO_DEVICE_FRACTION = 256;

    /** Checks the ranges. */
    public ExactTime256 {
        Objects.requireNonNull(dateTime, "dateTime");
        DayOfWeek.CODES.check(dayOfWeek, remainder);
        Bits.requireUnsigned("fractions256", fractions256, Byte.SIZE);
    }

    /** Returns the reading with its part of a second. */
    public DeviceDateTime exact() {
        return exact(dateTime, fractions256);
    }

    static DeviceDateTime exact(DeviceDateTime time, int fractions256) {
        return new DeviceDateTime(
                time.year(),
                time.month(),
                time.day(),
                time.hour(),
                time.minute(),
                time.second(),
                fractions256 * TO_DEVICE_FRACTION);
    }

    private static ExactTime256 read(ByteReader in) {
        return new ExactTime256(
                DateTimeCodec.read(in, "dateTime"),
                DayOfWeek.CODES.read(in),
                in.uint8("fractions256"),
                in.remainder(0));
    }

    private static void write(ExactTime256 value, ByteWriter out) {
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        DayOfWeek.CODES.write(out, value.dayOfWeek);
        out.uint8("fractions256", value.fractions256);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("dateTime", dateTime)
                .put("dayOfWeek", dayOfWeek)
                .put("fractions256", fractions256)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
