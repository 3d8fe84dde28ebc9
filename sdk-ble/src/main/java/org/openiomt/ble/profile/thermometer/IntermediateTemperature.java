package org.openiomt.ble.profile.thermometer;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * Intermediate Temperature, characteristic {@code 0x2A1E} of the Health Thermometer Service: a reading while the measurement
 * goes on. The layout is that of {@link TemperatureMeasurement}.
 *
 * @param reading the reading so far
 * @see <a href="https://www.bluetooth.com/specifications/specs/health-thermometer-service-1-0/">HTS 1.0, 3.3</a>
 */
public record IntermediateTemperature(TemperatureMeasurement reading) implements Described {
    /** Reads and writes it. */
    public static final Codec<IntermediateTemperature> CODEC =
            Codec.of(IntermediateTemperature::read, IntermediateTemperature::write);

    /** Checks that it is there. */
    public IntermediateTemperature {
        Objects.requireNonNull(reading, "reading");
    }

    private static IntermediateTemperature read(ByteReader in) {
        return new IntermediateTemperature(TemperatureMeasurement.read(in));
    }

    private static void write(IntermediateTemperature value, ByteWriter out) {
        TemperatureMeasurement.write(value.reading, out);
    }

    @Override
    public Map<String, Object> fields() {
        return reading.fields();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
