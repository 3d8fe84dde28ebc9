package org.openiomt.ble.profile.fitness;

import static org.openiomt.ble.profile.fitness.Metric.*;

import java.util.List;
import org.openiomt.core.wire.Codec;

/**
 * A kind of fitness machine and the layout of its data. Bit 0 of the flags is "more data" and inverted: the metrics of its
 * group are there when it is 0. Every other group is there when its bit is 1. The groups stand in the order of their bits.
 *
 * <p>Two widths are disputed between the sources. A machine that has one has two readings, see {@link Reading}.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists of constants
public enum Machine {
    /** Treadmill Data, characteristic {@code 0x2ACD}. Bit 13 was seen in captures; not all sources know it. */
    TREADMILL(
            Short.SIZE,
            0,
            Group.of(0, INSTANTANEOUS_SPEED),
            Group.of(1, AVERAGE_SPEED),
            Group.of(2, TOTAL_DISTANCE),
            Group.of(3, INCLINATION, RAMP_ANGLE),
            Group.of(4, POSITIVE_GAIN_DECIMETRE, NEGATIVE_GAIN_DECIMETRE),
            Group.disputed(5, INSTANTANEOUS_PACE_KILOMETRE, INSTANTANEOUS_PACE),
            Group.disputed(6, AVERAGE_PACE_KILOMETRE, AVERAGE_PACE),
            Group.of(7, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(8, HEART_RATE),
            Group.of(9, METABOLIC_EQUIVALENT),
            Group.of(10, ELAPSED_TIME),
            Group.of(11, REMAINING_TIME),
            Group.of(12, FORCE_ON_BELT, POWER_OUTPUT),
            Group.of(13, STEPS)),
    /** Cross Trainer Data, characteristic {@code 0x2ACE}: flags of 24 bits, bit 15 is set when the movement is backward. */
    CROSS_TRAINER(
            24,
            1 << 15,
            Group.of(0, INSTANTANEOUS_SPEED),
            Group.of(1, AVERAGE_SPEED),
            Group.of(2, TOTAL_DISTANCE),
            Group.of(3, STEP_RATE, AVERAGE_STEP_RATE),
            Group.of(4, STRIDES_TENTH),
            Group.of(5, POSITIVE_GAIN, NEGATIVE_GAIN),
            Group.of(6, INCLINATION, RAMP_ANGLE),
            Group.disputed(7, RESISTANCE_LEVEL, RESISTANCE_LEVEL_TENS),
            Group.of(8, INSTANTANEOUS_POWER),
            Group.of(9, AVERAGE_POWER),
            Group.of(10, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(11, HEART_RATE),
            Group.of(12, METABOLIC_EQUIVALENT),
            Group.of(13, ELAPSED_TIME),
            Group.of(14, REMAINING_TIME)),
    /** Step Climber Data, characteristic {@code 0x2ACF}. */
    STEP_CLIMBER(
            Short.SIZE,
            0,
            Group.of(0, FLOORS, CLIMBED_STEPS),
            Group.of(1, STEP_RATE),
            Group.of(2, AVERAGE_STEP_RATE),
            Group.of(3, POSITIVE_GAIN),
            Group.of(4, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(5, HEART_RATE),
            Group.of(6, METABOLIC_EQUIVALENT),
            Group.of(7, ELAPSED_TIME),
            Group.of(8, REMAINING_TIME)),
    /** Stair Climber Data, characteristic {@code 0x2AD0}. */
    STAIR_CLIMBER(
            Short.SIZE,
            0,
            Group.of(0, FLOORS),
            Group.of(1, STEP_RATE),
            Group.of(2, AVERAGE_STEP_RATE),
            Group.of(3, POSITIVE_GAIN),
            Group.of(4, STRIDES),
            Group.of(5, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(6, HEART_RATE),
            Group.of(7, METABOLIC_EQUIVALENT),
            Group.of(8, ELAPSED_TIME),
            Group.of(9, REMAINING_TIME)),
    /** Rower Data, characteristic {@code 0x2AD1}. */
    ROWER(
            Short.SIZE,
            0,
            Group.of(0, STROKE_RATE, STROKES),
            Group.of(1, AVERAGE_STROKE_RATE),
            Group.of(2, TOTAL_DISTANCE),
            Group.of(3, INSTANTANEOUS_PACE),
            Group.of(4, AVERAGE_PACE),
            Group.of(5, INSTANTANEOUS_POWER),
            Group.of(6, AVERAGE_POWER),
            Group.disputed(7, RESISTANCE_LEVEL, RESISTANCE_LEVEL_TENS),
            Group.of(8, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(9, HEART_RATE),
            Group.of(10, METABOLIC_EQUIVALENT),
            Group.of(11, ELAPSED_TIME),
            Group.of(12, REMAINING_TIME)),
    /** Indoor Bike Data, characteristic {@code 0x2AD2}. */
    INDOOR_BIKE(
            Short.SIZE,
            0,
            Group.of(0, INSTANTANEOUS_SPEED),
            Group.of(1, AVERAGE_SPEED),
            Group.of(2, INSTANTANEOUS_CADENCE),
            Group.of(3, AVERAGE_CADENCE),
            Group.of(4, TOTAL_DISTANCE),
            Group.disputed(5, RESISTANCE_LEVEL, RESISTANCE_LEVEL_TENS),
            Group.of(6, INSTANTANEOUS_POWER),
            Group.of(7, AVERAGE_POWER),
            Group.of(8, TOTAL_ENERGY, ENERGY_PER_HOUR, ENERGY_PER_MINUTE),
            Group.of(9, HEART_RATE),
            Group.of(10, METABOLIC_EQUIVALENT),
            Group.of(11, ELAPSED_TIME),
            Group.of(12, REMAINING_TIME));

    /** The bit "more data". */
    static final int MORE_DATA = 1;

    private final int flagsWidth;
    private final int backward;
    private final List<Group> groups;
    private final int known;
    private final Codec<MachineData> codec;

    /** How a disputed width is read. */
    public enum Reading {
        /**
         * Pace of a treadmill in one octet, 0.1 km/min; resistance in two octets. The default: the older field data have it,
         * and every capture of a resistance.
         */
        FIRST_EDITION,
        /** Pace of a treadmill in two octets, s for 500 m; resistance in one octet, tens of steps. */
        LATER_FIELD_DATA
    }

    /**
     * Metrics that one bit announces together.
     *
     * @param bit the number of the bit
     * @param first the metrics as {@link Reading#FIRST_EDITION} reads them
     * @param later the metrics as {@link Reading#LATER_FIELD_DATA} reads them
     */
    record Group(int bit, List<Metric> first, List<Metric> later) {
        static Group of(int bit, Metric... metrics) {
            return new Group(bit, List.of(metrics), List.of(metrics));
        }

        static Group disputed(int bit, Metric first, Metric later) {
            return new Group(bit, List.of(first), List.of(later));
        }

        List<Metric> metrics(Reading reading) {
            return reading == Reading.FIRST_EDITION ? first : later;
        }

        boolean isAnnouncedBy(int flags) {
            boolean isSet = (flags >> bit & 1) != 0;
            return bit == 0 ? !isSet : isSet;
        }

        /** Returns the bit in its place, when it has to be set for the group to be there, or not to be. */
        int flag(boolean isThere) {
            return isThere == (bit != 0) ? 1 << bit : 0;
        }
    }

    Machine(int flagsWidth, int backward, Group... groups) {
        this.flagsWidth = flagsWidth;
        this.backward = backward;
        this.groups = List.of(groups);
        this.known = this.groups.stream().mapToInt(group -> 1 << group.bit).sum() | backward;
        this.codec = MachineData.codecOf(this);
    }

    /** Returns the codec of its data, which chooses between two readings by the length where that decides. */
    public Codec<MachineData> codec() {
        return codec;
    }

    /** Returns all its metrics in the order of the layout. */
    public List<Metric> metrics(Reading reading) {
        return groups.stream().flatMap(group -> group.metrics(reading).stream()).toList();
    }

    int flagsWidth() {
        return flagsWidth;
    }

    int backward() {
        return backward;
    }

    List<Group> groups() {
        return groups;
    }

    int known() {
        return known;
    }

    /** Returns the octets after the flags. */
    int octets(int flags, Reading reading) {
        return groups.stream()
                .filter(group -> group.isAnnouncedBy(flags))
                .flatMap(group -> group.metrics(reading).stream())
                .mapToInt(metric -> metric.form().octets())
                .sum();
    }
}
