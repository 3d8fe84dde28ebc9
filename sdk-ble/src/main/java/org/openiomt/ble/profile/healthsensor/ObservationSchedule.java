package org.openiomt.ble.profile.healthsensor;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Observation Schedule Changed, characteristic {@code 0x2BF1} of the Generic Health Sensor Service, and the descriptor {@code
 * 0x2910}, Observation Schedule, in which a client writes it: how often something is observed.
 *
 * <pre>
 * field              type    octets  present when  meaning
 * type               uint32  4       always        an MDC term
 * measurementPeriod  FLOAT   4       always        how long one measurement takes, in s
 * updateInterval     FLOAT   4       always        the time between two observations, in s
 * </pre>
 *
 * @param type what is observed, an MDC term
 * @param measurementPeriod in seconds
 * @param updateInterval in seconds
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record ObservationSchedule(
        long type, MedicalFloat measurementPeriod, MedicalFloat updateInterval, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ObservationSchedule> CODEC =
            Codec.of(ObservationSchedule::read, ObservationSchedule::write);

    /** Checks the range. */
    public ObservationSchedule {
        Bits.requireUnsigned("type", type, Integer.SIZE);
        Objects.requireNonNull(measurementPeriod, "measurementPeriod");
        Objects.requireNonNull(updateInterval, "updateInterval");
        Bits.requireUnknown(remainder, ~0L);
    }

    private static ObservationSchedule read(ByteReader in) {
        return new ObservationSchedule(
                in.uint32("type"), in.float32("measurementPeriod"), in.float32("updateInterval"), in.remainder(0));
    }

    private static void write(ObservationSchedule value, ByteWriter out) {
        out.uint32("type", value.type);
        out.float32("measurementPeriod", value.measurementPeriod);
        out.float32("updateInterval", value.updateInterval);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("type", type)
                .put("measurementPeriodSeconds", measurementPeriod)
                .put("updateIntervalSeconds", updateInterval)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
