package org.openiomt.ble.profile.thermometer;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Measurement Interval, characteristic {@code 0x2A21} of the Health Thermometer Service: how often a thermometer measures by
 * itself. Some let a client write it.
 *
 * <pre>
 * field    type    octets  present when  meaning
 * seconds  uint16  2       always        seconds between measurements; 0 = not by itself
 * </pre>
 *
 * @param seconds seconds between measurements, 0 to 65,535; 0 = not by itself
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/health-thermometer-service-1-0/">HTS 1.0, 3.4</a>
 */
public record MeasurementInterval(int seconds, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<MeasurementInterval> CODEC =
            Codec.of(MeasurementInterval::read, MeasurementInterval::write);

    /** Checks the range. */
    public MeasurementInterval {
        Bits.requireUnsigned("seconds", seconds, 16);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static MeasurementInterval read(ByteReader in) {
        return new MeasurementInterval(in.uint16("seconds"), in.remainder(0));
    }

    private static void write(MeasurementInterval value, ByteWriter out) {
        out.uint16("seconds", value.seconds);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("seconds", seconds).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
