package org.openiomt.ble.profile.cyclingpower;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Cycling Power Feature, characteristic {@code 0x2A65} of the Cycling Power Service.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint32  4       always        bits 0 to 15 and 17 to 19: see {@link Feature}
 *                                         bit 16: what the sensor measures, see {@link Context}
 *                                         bits 20 and 21: see {@link Distribution}; 3 is reserved: kept and reported
 *                                         bits 22 to 31 reserved: kept
 * </pre>
 *
 * @param supports what the sensor supports
 * @param context what the sensor measures, which decides the unit of its offset
 * @param distribution whether it is one of two sensors of a bicycle
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-power-service-1-1/">CPS 1.1, 3.1</a>
 */
public record CyclingPowerFeature(
        Set<Feature> supports, Context context, Distribution distribution, Remainder remainder) implements Described {

    /** Reads and writes it. */
    public static final Codec<CyclingPowerFeature> CODEC =
            Codec.of(CyclingPowerFeature::read, CyclingPowerFeature::write);

    private static final int WIDTH = 32;
    private static final int TORQUE_BASED = 1 << 16;
    private static final int DISTRIBUTION_SHIFT = 20;
    private static final int DISTRIBUTION = 3;
    private static final long KNOWN = Bits.known(Feature.class) | TORQUE_BASED | DISTRIBUTION << DISTRIBUTION_SHIFT;

    /** What a sensor can tell or do. */
    public enum Feature implements Bit {
        /** The balance of the pedals. */
        PEDAL_POWER_BALANCE(0),
        /** The sum of torques. */
        ACCUMULATED_TORQUE(1),
        /** Turns of the wheel. */
        WHEEL_REVOLUTIONS(2),
        /** Turns of the crank. */
        CRANK_REVOLUTIONS(3),
        /** The extremes of force or torque. */
        EXTREME_MAGNITUDES(4),
        /** The angles of these extremes. */
        EXTREME_ANGLES(5),
        /** The angles of the dead spots. */
        DEAD_SPOT_ANGLES(6),
        /** The energy so far. */
        ACCUMULATED_ENERGY(7),
        /** Whether its offset was compensated. */
        OFFSET_COMPENSATION_INDICATOR(8),
        /** It can compensate its offset. */
        OFFSET_COMPENSATION(9),
        /** It can leave out fields of its measurement. */
        CONTENT_MASKING(10),
        /** It can be mounted at several places. */
        MULTIPLE_SENSOR_LOCATIONS(11),
        /** The length of the crank can be set. */
        CRANK_LENGTH(12),
        /** The length of the chain can be set. */
        CHAIN_LENGTH(13),
        /** The weight of the chain can be set. */
        CHAIN_WEIGHT(14),
        /** The length of the span can be set. */
        SPAN_LENGTH(15),
        /** The direction of what is measured. */
        MEASUREMENT_DIRECTION(17),
        /** The date of its calibration in the factory. */
        FACTORY_CALIBRATION_DATE(18),
        /** It can compensate its offset and tell more about it. */
        ENHANCED_OFFSET_COMPENSATION(19);

        private final int bit;

        Feature(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** What a sensor measures. */
    public enum Context {
        /** Force in N. */
        FORCE(1, 0),
        /** Torque in 1/32 N m. */
        TORQUE(3125, -5);

        private final int stepDigits;
        private final int stepExponent;

        Context(int stepDigits, int stepExponent) {
            this.stepDigits = stepDigits;
            this.stepExponent = stepExponent;
        }

        /** Returns a raw offset of the control point exactly: in N, or in N m. */
        public MedicalFloat offset(long raw) {
            return MedicalFloat.of(raw * stepDigits, stepExponent);
        }
    }

    /** Whether a sensor is one of several on a bicycle. */
    public enum Distribution {
        /** It does not say, as older sensors do. */
        UNSPECIFIED(0),
        /** It works alone. */
        ALONE(1),
        /** It can be one of several. */
        ONE_OF_SEVERAL(2),
        /** The standard reserves this. */
        RESERVED(3);

        private final int bits;

        Distribution(int bits) {
            this.bits = bits;
        }
    }

    /** Checks and copies. */
    public CyclingPowerFeature {
        supports = Bits.copy(Feature.class, supports);
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(distribution, "distribution");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the field as sent, 0 to 4,294,967,295. */
    public long bits() {
        return Bits.mask(supports)
                | (context == Context.TORQUE ? TORQUE_BASED : 0)
                | (long) distribution.bits << DISTRIBUTION_SHIFT
                | remainder.unknownFlags();
    }

    private static CyclingPowerFeature read(ByteReader in) {
        int at = in.offset();
        long bits = in.uint32("features");
        long unknown = in.unknownBits("features", at, bits, KNOWN);
        Distribution distribution = Distribution.values()[(int) (bits >> DISTRIBUTION_SHIFT) & DISTRIBUTION];
        if (distribution == Distribution.RESERVED) {
            in.unforeseen("features", at, "reserved distribution 3");
        }
        return new CyclingPowerFeature(
                Bits.set(Feature.class, bits),
                (bits & TORQUE_BASED) != 0 ? Context.TORQUE : Context.FORCE,
                distribution,
                in.remainder(unknown));
    }

    private static void write(CyclingPowerFeature value, ByteWriter out) {
        out.uint32("features", value.bits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", bits(), WIDTH)
                .put("supports", supports)
                .put("context", context)
                .put("distribution", distribution)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
