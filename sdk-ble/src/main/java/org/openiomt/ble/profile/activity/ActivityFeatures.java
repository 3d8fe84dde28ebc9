package org.openiomt.ble.profile.activity;

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
 * Physical Activity Monitor Features, characteristic {@code 0x2B3B} of the Physical Activity Monitor Service: what a tracker can tell.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * features  uint64  8       always        bits 0 to 54, see {@link Feature}; others kept
 * </pre>
 *
 * @param supports what the tracker can tell
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/physical-activity-monitor-service-1-0/">PAMS 1.0, 3.1</a>
 */
public record ActivityFeatures(Set<Feature> supports, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ActivityFeatures> CODEC = Codec.of(ActivityFeatures::read, ActivityFeatures::write);

    /** What a tracker can tell, in the order of the bits. */
    public enum Feature implements Bit {
        /** Multiple users. */
        MULTIPLE_USERS(0),
        /** User data service. */
        USER_DATA_SERVICE(1),
        /** Device worn. */
        DEVICE_WORN(2),
        /** Normal walking energy. */
        NORMAL_WALKING_ENERGY(3),
        /** Normal walking energy per hour. */
        NORMAL_WALKING_ENERGY_PER_HOUR(4),
        /** Intensity energy. */
        INTENSITY_ENERGY(5),
        /** Intensity energy per hour. */
        INTENSITY_ENERGY_PER_HOUR(6),
        /** Total energy. */
        TOTAL_ENERGY(7),
        /** Total energy per hour. */
        TOTAL_ENERGY_PER_HOUR(8),
        /** Fat burned. */
        FAT_BURNED(9),
        /** Fat burned per hour. */
        FAT_BURNED_PER_HOUR(10),
        /** Metabolic equivalent. */
        METABOLIC_EQUIVALENT(11),
        /** Distance. */
        DISTANCE(12),
        /** Speed. */
        SPEED(13),
        /** Normal walking duration. */
        NORMAL_WALKING_DURATION(14),
        /** Intensity walking duration. */
        INTENSITY_WALKING_DURATION(15),
        /** Motion cadence. */
        MOTION_CADENCE(16),
        /** Floors. */
        FLOORS(17),
        /** Positive elevation gain. */
        POSITIVE_ELEVATION_GAIN(18),
        /** Negative elevation gain. */
        NEGATIVE_ELEVATION_GAIN(19),
        /** Elevation. */
        ELEVATION(20),
        /** Activity count. */
        ACTIVITY_COUNT(21),
        /** Activity count per minute. */
        ACTIVITY_COUNT_PER_MINUTE(22),
        /** Activity level. */
        ACTIVITY_LEVEL(23),
        /** Activity type. */
        ACTIVITY_TYPE(24),
        /** Worn duration. */
        WORN_DURATION(25),
        /** Time in heart rate zone 1. */
        TIME_IN_HEART_RATE_ZONE_1(26),
        /** Time in heart rate zone 2. */
        TIME_IN_HEART_RATE_ZONE_2(27),
        /** Time in heart rate zone 3. */
        TIME_IN_HEART_RATE_ZONE_3(28),
        /** Time in heart rate zone 4. */
        TIME_IN_HEART_RATE_ZONE_4(29),
        /** Time in heart rate zone 5. */
        TIME_IN_HEART_RATE_ZONE_5(30),
        /** VO2 max. */
        VO2_MAX(31),
        /** Heart rate. */
        HEART_RATE(32),
        /** Pulse inter beat interval. */
        PULSE_INTER_BEAT_INTERVAL(33),
        /** Resting heart rate. */
        RESTING_HEART_RATE(34),
        /** Heart rate variability. */
        HEART_RATE_VARIABILITY(35),
        /** Respiration rate. */
        RESPIRATION_RATE(36),
        /** Resting respiration rate. */
        RESTING_RESPIRATION_RATE(37),
        /** Normal walking steps. */
        NORMAL_WALKING_STEPS(38),
        /** Intensity steps. */
        INTENSITY_STEPS(39),
        /** Floor steps. */
        FLOOR_STEPS(40),
        /** Total sleep time. */
        TOTAL_SLEEP_TIME(41),
        /** Total wake time. */
        TOTAL_WAKE_TIME(42),
        /** Total bed time. */
        TOTAL_BED_TIME(43),
        /** Awakenings. */
        AWAKENINGS(44),
        /** Sleep latency. */
        SLEEP_LATENCY(45),
        /** Sleep efficiency. */
        SLEEP_EFFICIENCY(46),
        /** Snooze time. */
        SNOOZE_TIME(47),
        /** Toss and turn events. */
        TOSS_AND_TURN_EVENTS(48),
        /** Awakening after alarm. */
        AWAKENING_AFTER_ALARM(49),
        /** Visible light level. */
        VISIBLE_LIGHT_LEVEL(50),
        /** Ultraviolet light level. */
        ULTRAVIOLET_LIGHT_LEVEL(51),
        /** Infrared light level. */
        INFRARED_LIGHT_LEVEL(52),
        /** Sleep stage. */
        SLEEP_STAGE(53),
        /** Sleeping heart rate. */
        SLEEPING_HEART_RATE(54);

        private final long mask;

        Feature(int bit) {
            this.mask = 1L << bit;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public ActivityFeatures {
        supports = Bits.copy(Feature.class, supports);
        Bits.requireUnknown(remainder, Bits.known(Feature.class));
    }

    private long bits() {
        return Bits.mask(supports) | remainder.unknownFlags();
    }

    private static ActivityFeatures read(ByteReader in) {
        int at = in.offset();
        ByteReader features = in.part("features", Long.BYTES);
        long bits = features.uint32("features") | features.uint32("features") << Integer.SIZE;
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class));
        return new ActivityFeatures(Bits.set(Feature.class, bits), in.remainder(unknown));
    }

    private static void write(ActivityFeatures value, ByteWriter out) {
        out.uint32("features", value.bits() & 0xFFFF_FFFFL);
        out.uint32("features", value.bits() >>> Integer.SIZE);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("features", bits(), Long.SIZE)
                .put("supports", supports)
                .remainder(remainder, Long.SIZE)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
