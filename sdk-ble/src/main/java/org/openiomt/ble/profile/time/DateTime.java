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
 * Date Time, characteristic {@code 0x2A08}: a device's wall clock. Some meters let a client set it.
 *
 * <pre>
 * field     type       octets  present when  meaning
 * dateTime  date-time  7       always        device clock, no zone; 0 = part not known
 * </pre>
 *
 * @param dateTime the reading
 * @param remainder trailing octets
 */
public record DateTime(DeviceDateTime dateTime, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<DateTime> CODEC = Codec.of(DateTime::read, DateTime::write);

    /** Checks that both are there. */
    public DateTime {
        Objects.requireNonNull(dateTime, "dateTime");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a reading without a tail. */
    public static DateTime of(DeviceDateTime dateTime) {
        return new DateTime(dateTime, Remainder.NONE);
    }

    private static DateTime read(ByteReader in) {
        return new DateTime(DateTimeCodec.read(in, "dateTime"), in.remainder(0));
    }

    private static void write(DateTime value, ByteWriter out) {
        DateTimeCodec.write(out, "dateTime", value.dateTime);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("dateTime", dateTime).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
