package org.openiomt.ble.profile.fitness;

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
 * Fitness Machine Feature, characteristic {@code 0x2ACC} of the Fitness Machine Service.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint32  4       always        see {@link Feature}; reserved bits kept
 * targets   uint32  4       always        see {@link Target}; reserved bits kept
 * </pre>
 *
 * @param features what the machine measures
 * @param targets what it can be set to
 * @param remainder reserved bits (those of the targets 32 bits higher) and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.3</a>
 */
public record MachineFeatures(Set<Feature> features, Set<Target> targets, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<MachineFeatures> CODEC = Codec.of(MachineFeatures::read, MachineFeatures::write);

    private static final int WIDTH = 32;
    private static final long LOW = 0xFFFFFFFFL;
    private static final long KNOWN = Bits.known(Feature.class) | Bits.known(Target.class) << WIDTH;

    /** What a machine measures. */
    public enum Feature implements Bit {
        /** The average speed. */
        AVERAGE_SPEED(0),
        /** Turns of a crank a minute. */
        CADENCE(1),
        /** The distance. */
        TOTAL_DISTANCE(2),
        /** The inclination. */
        INCLINATION(3),
        /** Climb and descent. */
        ELEVATION_GAIN(4),
        /** The pace. */
        PACE(5),
        /** Steps. */
        STEP_COUNT(6),
        /** The resistance. */
        RESISTANCE_LEVEL(7),
        /** Strides. */
        STRIDE_COUNT(8),
        /** The energy. */
        EXPENDED_ENERGY(9),
        /** The heart rate. */
        HEART_RATE(10),
        /** The metabolic equivalent. */
        METABOLIC_EQUIVALENT(11),
        /** The time so far. */
        ELAPSED_TIME(12),
        /** The time that is left. */
        REMAINING_TIME(13),
        /** The power. */
        POWER(14),
        /** The force on the belt and the power. */
        FORCE_ON_BELT_AND_POWER(15),
        /** It keeps data of its user. */
        USER_DATA_RETENTION(16);

        private final int bit;

        Feature(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** What a machine can be set to. */
    public enum Target implements Bit {
        /** A speed. */
        SPEED(0),
        /** An inclination. */
        INCLINATION(1),
        /** A resistance. */
        RESISTANCE(2),
        /** A power. */
        POWER(3),
        /** A heart rate. */
        HEART_RATE(4),
        /** An energy. */
        EXPENDED_ENERGY(5),
        /** A number of steps. */
        STEPS(6),
        /** A number of strides. */
        STRIDES(7),
        /** A distance. */
        DISTANCE(8),
        /** A time. */
        TRAINING_TIME(9),
        /** Times in two zones of heart rate. */
        TIME_IN_TWO_ZONES(10),
        /** Times in three zones of heart rate. */
        TIME_IN_THREE_ZONES(11),
        /** Times in five zones of heart rate. */
        TIME_IN_FIVE_ZONES(12),
        /** The simulation of a road. */
        BIKE_SIMULATION(13),
        /** The circumference of a wheel. */
        WHEEL_CIRCUMFERENCE(14),
        /** Spinning down. */
        SPIN_DOWN(15),
        /** A cadence. */
        CADENCE(16);

        private final int bit;

        Target(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Copies the sets. */
    public MachineFeatures {
        features = Bits.copy(Feature.class, features);
        targets = Bits.copy(Target.class, targets);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns features without reserved bits and tail. */
    public static MachineFeatures of(Set<Feature> features, Set<Target> targets) {
        return new MachineFeatures(features, targets, Remainder.NONE);
    }

    private long featureBits() {
        return Bits.mask(features) | (remainder.unknownFlags() & LOW);
    }

    private long targetBits() {
        return Bits.mask(targets) | remainder.unknownFlags() >>> WIDTH;
    }

    private static MachineFeatures read(ByteReader in) {
        int at = in.offset();
        long features = in.uint32("features");
        long unknown = in.unknownBits("features", at, features, Bits.known(Feature.class));
        int targetsAt = in.offset();
        long targets = in.uint32("targets");
        long unknownTargets = in.unknownBits("targets", targetsAt, targets, Bits.known(Target.class));
        return new MachineFeatures(
                Bits.set(Feature.class, features),
                Bits.set(Target.class, targets),
                in.remainder(unknown | unknownTargets << WIDTH));
    }

    private static void write(MachineFeatures value, ByteWriter out) {
        out.uint32("features", value.featureBits());
        out.uint32("targets", value.targetBits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", featureBits(), WIDTH)
                .put("measures", features)
                .bits("targets", targetBits(), WIDTH)
                .put("settable", targets)
                .remainder(remainder, 2 * WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
