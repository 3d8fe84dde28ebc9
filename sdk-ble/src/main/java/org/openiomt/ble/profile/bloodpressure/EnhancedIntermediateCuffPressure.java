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
 * Enhanced Intermediate Cuff Pressure, characteristic {@code 0x2B35} of the Blood Pressure Service since version 1.1: the
 * pressure in the cuff while the measurement goes on.
 *
 * <pre>
 * field         type             octets  present when  meaning
 * flags         uint8            1       always        see {@link EnhancedDetails}
 * cuffPressure  SFLOAT           2       always        in mmHg (bit 0 = 0) or kPa (bit 0 = 1)
 * details       EnhancedDetails  0-13    by flags      times, pulse, user, status
 * </pre>
 *
 * @param cuffPressure the pressure in the cuff
 * @param details unit, times, pulse, user and status
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS 1.1</a>
 */
public record EnhancedIntermediateCuffPressure(MedicalFloat cuffPressure, EnhancedDetails details, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<EnhancedIntermediateCuffPressure> CODEC =
            Codec.of(EnhancedIntermediateCuffPressure::read, EnhancedIntermediateCuffPressure::write);

    /** Checks that all are there. */
    public EnhancedIntermediateCuffPressure {
        Objects.requireNonNull(cuffPressure, "cuffPressure");
        Objects.requireNonNull(details, "details");
        Bits.requireUnknown(remainder, EnhancedDetails.KNOWN);
    }

    private static EnhancedIntermediateCuffPressure read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, EnhancedDetails.KNOWN);
        return new EnhancedIntermediateCuffPressure(
                in.sfloat("cuffPressure"), EnhancedDetails.read(in, flags), in.remainder(unknown));
    }

    private static void write(EnhancedIntermediateCuffPressure value, ByteWriter out) {
        out.uint8("flags", value.details.flags(value.remainder));
        out.sfloat("cuffPressure", value.cuffPressure);
        value.details.write(out);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", details.flags(remainder), EnhancedDetails.FLAGS_WIDTH)
                .put("unit", details.unit())
                .put("cuffPressure", cuffPressure);
        return details.describe(fields)
                .remainder(remainder, EnhancedDetails.FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
