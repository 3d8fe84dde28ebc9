package org.openiomt.ble.profile.battery;

import java.time.LocalDate;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Estimated Service Date, characteristic {@code 0x2BEF} of the Battery Service: when somebody must look after the battery.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * days   uint24  3       always        days since 1970-01-01
 * </pre>
 *
 * @param days days since 1970-01-01, 0 to 16,777,215
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.5</a>
 */
public record EstimatedServiceDate(int days, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<EstimatedServiceDate> CODEC =
            Codec.of(EstimatedServiceDate::read, EstimatedServiceDate::write);

    /** Checks the range. */
    public EstimatedServiceDate {
        Bits.requireUnsigned("days", days, 24);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the day. */
    public LocalDate date() {
        return LocalDate.ofEpochDay(days);
    }

    private static EstimatedServiceDate read(ByteReader in) {
        return new EstimatedServiceDate(in.uint24("days"), in.remainder(0));
    }

    private static void write(EstimatedServiceDate value, ByteWriter out) {
        out.uint24("days", value.days);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("days", days)
                .put("date", date().toString())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
