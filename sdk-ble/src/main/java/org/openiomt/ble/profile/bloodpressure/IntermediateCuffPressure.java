package org.openiomt.ble.profile.bloodpressure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Intermediate Cuff Pressure, characteristic {@code 0x2A36} of the Blood Pressure Service: the pressure in the cuff while
 * the measurement goes on. It has the layout of {@link BloodPressureMeasurement}, of which only the first pressure is used.
 *
 * <pre>
 * field         type       octets  present when  meaning
 * flags         uint8      1       always        bit 0 unit, 1 time, 2 pulse, 3 user, 4 status; others kept
 * cuffPressure  SFLOAT     2       always        in mmHg (bit 0 = 0) or kPa (bit 0 = 1)
 * unused1       SFLOAT     2       always        NaN by the specification, 0 is seen; kept
 * unused2       SFLOAT     2       always        as unused1
 * takenAt       date-time  7       flags bit 1   device clock, no zone; 0 = part not known
 * pulseRate     SFLOAT     2       flags bit 2   beats per minute
 * userId        uint8      1       flags bit 3   the device's number of the person; 255 = not known
 * status        uint16     2       flags bit 4   see {@link BloodPressureStatus}; reserved bits kept
 * </pre>
 *
 * @param frame the shared layout; its first pressure is {@link #cuffPressure()}, the others are unused
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS, 3.2</a>
 */
public record IntermediateCuffPressure(BloodPressureMeasurement frame) implements Described {
    /** Reads and writes it. */
    public static final Codec<IntermediateCuffPressure> CODEC =
            Codec.of(IntermediateCuffPressure::read, IntermediateCuffPressure::write);

    private static final List<String> PRESSURES = List.of("cuffPressure", "unused1", "unused2");

    /** Checks that it is there. */
    public IntermediateCuffPressure {
        Objects.requireNonNull(frame, "frame");
    }

    /** Returns a pressure with nothing beside it. */
    public static IntermediateCuffPressure of(MedicalFloat cuffPressure, PressureUnit unit) {
        return new IntermediateCuffPressure(new BloodPressureMeasurement(
                unit,
                cuffPressure,
                MedicalFloat.NAN,
                MedicalFloat.NAN,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE));
    }

    /** Returns the pressure in the cuff, in the unit of the frame. */
    public MedicalFloat cuffPressure() {
        return frame.systolic();
    }

    private static IntermediateCuffPressure read(ByteReader in) {
        return new IntermediateCuffPressure(BloodPressureMeasurement.read(in, PRESSURES));
    }

    private static void write(IntermediateCuffPressure value, ByteWriter out) {
        BloodPressureMeasurement.write(value.frame, out, PRESSURES);
    }

    @Override
    public Map<String, Object> fields() {
        return frame.fields(PRESSURES);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
