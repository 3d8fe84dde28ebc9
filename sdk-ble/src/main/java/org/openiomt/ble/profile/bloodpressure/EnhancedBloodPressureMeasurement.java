package org.openiomt.ble.profile.bloodpressure;

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
 * Enhanced Blood Pressure Measurement, characteristic {@code 0x2B34} of the Blood Pressure Service since version 1.1.
 *
 * <pre>
 * field                 type             octets  present when  meaning
 * flags                 uint8            1       always        see {@link EnhancedDetails}
 * systolic              SFLOAT           2       always        in mmHg (bit 0 = 0) or kPa (bit 0 = 1); NaN = failed
 * diastolic             SFLOAT           2       always        as systolic
 * meanArterialPressure  SFLOAT           2       always        as systolic
 * details               EnhancedDetails  0-13    by flags      times, pulse, user, status
 * </pre>
 *
 * @param systolic the systolic pressure
 * @param diastolic the diastolic pressure
 * @param meanArterialPressure the mean pressure; NaN on devices that do not measure it
 * @param details unit, times, pulse, user and status
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS 1.1</a>
 */
public record EnhancedBloodPressureMeasurement(
        MedicalFloat systolic,
        MedicalFloat diastolic,
        MedicalFloat meanArterialPressure,
        EnhancedDetails details,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<EnhancedBloodPressureMeasurement> CODEC =
            Codec.of(EnhancedBloodPressureMeasurement::read, EnhancedBloodPressureMeasurement::write);

    /** Checks that all are there. */
    public EnhancedBloodPressureMeasurement {
        Objects.requireNonNull(systolic, "systolic");
        Objects.requireNonNull(diastolic, "diastolic");
        Objects.requireNonNull(meanArterialPressure, "meanArterialPressure");
        Objects.requireNonNull(details, "details");
        Bits.requireUnknown(remainder, EnhancedDetails.KNOWN);
    }

    private static EnhancedBloodPressureMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, EnhancedDetails.KNOWN);
        return new EnhancedBloodPressureMeasurement(
                in.sfloat("systolic"),
                in.sfloat("diastolic"),
                in.sfloat("meanArterialPressure"),
                EnhancedDetails.read(in, flags),
                in.remainder(unknown));
    }

    private static void write(EnhancedBloodPressureMeasurement value, ByteWriter out) {
        out.uint8("flags", value.details.flags(value.remainder));
        out.sfloat("systolic", value.systolic);
        out.sfloat("diastolic", value.diastolic);
        out.sfloat("meanArterialPressure", value.meanArterialPressure);
        value.details.write(out);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", details.flags(remainder), EnhancedDetails.FLAGS_WIDTH)
                .put("unit", details.unit())
                .put("systolic", systolic)
                .put("diastolic", diastolic)
                .put("meanArterialPressure", meanArterialPressure);
        return details.describe(fields)
                .remainder(remainder, EnhancedDetails.FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
