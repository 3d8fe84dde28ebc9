package org.openiomt.ble.profile.bloodpressure;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Blood Pressure Feature, characteristic {@code 0x2A49} of the Blood Pressure Service: what a cuff can tell.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint16  2       always        bits 0 to 8, see {@link Feature}; others kept
 * </pre>
 *
 * @param supports what the cuff supports
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS, 3.3</a>
 */
public record BloodPressureFeature(Set<Feature> supports, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<BloodPressureFeature> CODEC =
            Codec.of(BloodPressureFeature::read, BloodPressureFeature::write);

    private static final int WIDTH = 16;

    /** What a cuff can tell. Bits 6 to 8 came with version 1.1 of the service; their order is unverified. */
    public enum Feature implements Bit {
        /** Whether the body moved. */
        BODY_MOVEMENT_DETECTION(0x0001),
        /** Whether the cuff is too loose. */
        CUFF_FIT_DETECTION(0x0002),
        /** Whether the pulse is irregular. */
        IRREGULAR_PULSE_DETECTION(0x0004),
        /** Whether the pulse rate leaves its range. */
        PULSE_RATE_RANGE_DETECTION(0x0008),
        /** Whether the measuring position is improper. */
        MEASUREMENT_POSITION_DETECTION(0x0010),
        /** It can be bonded with several clients. */
        MULTIPLE_BONDS(0x0020),
        /** Its records end with a check sum. */
        E2E_CRC(0x0040),
        /** It keeps several persons by the User Data Service. */
        USER_DATA_SERVICE(0x0080),
        /** It tells the time that its user sees. */
        USER_FACING_TIME(0x0100);

        private final int mask;

        Feature(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public BloodPressureFeature {
        supports = Bits.copy(Feature.class, supports);
        Bits.requireUnknown(remainder, Bits.known(Feature.class));
    }

    /** Returns the field as sent. */
    public int bits() {
        return (int) (Bits.mask(supports) | remainder.unknownFlags());
    }

    private static BloodPressureFeature read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint16("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class));
        return new BloodPressureFeature(Bits.set(Feature.class, bits), in.remainder(unknown));
    }

    private static void write(BloodPressureFeature value, ByteWriter out) {
        out.uint16("features", value.bits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", bits(), WIDTH)
                .put("supports", supports)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
