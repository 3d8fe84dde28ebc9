package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Day Date Time, characteristic {@code 0x2A0A}: a clock reading with its day of the week.
 *
 * <pre>
 * field      type       octets  present when  meaning
 * dateTime   date-time  7       always        device clock, no zone; 0 = part not known
 * dayOfWeek  uint8      1       always        0 not known, 1 Monday to 7 Sunday; others kept as a raw code
 * </pre>
 *
 * @param dateTime the reading
 * @param dayOfWeek as sent, 0 to 255; see {@link DayOfWeek}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record DayDateTime(DeviceDateTime dateTime, int dayOfWeek, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<DayDateTime> CODEC = Codec.of(DayDateTime::read, DayDateTime::write);

    /** Checks the ranges. */
    public DayDateTime {
        Objects.requireNonNull(dateTime, "dateTime");
        DayOfWeek.CODES.check(dayOfWeek, remainder);
    }

    private static DayDateTime read(ByteReader in) {
        return new DayDateTime(DateTimeCodec.read(in, "dateTime"), DayOfWeek.CODES.read(in), in.remainder(0));
    }

    private static void write(DayDateTime value, ByteWriter out) {
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        DayOfWeek.CODES.write(out, value.dayOfWeek);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("dateTime", dateTime)
                .put("dayOfWeek", dayOfWeek)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
