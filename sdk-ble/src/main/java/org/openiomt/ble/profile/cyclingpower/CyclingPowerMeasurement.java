package org.openiomt.ble.profile.cyclingpower;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Cycling Power Measurement, characteristic {@code 0x2A63} of the Cycling Power Service.
 *
 * <pre>
 * field                       type    octets  present when   meaning
 * flags                       uint16  2       always         bits 0, 2, 4 to 11 presence; bit 1 balance is of the left pedal,
 *                                                            bit 3 torque is measured at the crank (not at the wheel),
 *                                                            bit 12 offset compensation was done; others kept
 * powerWatt                   int16   2       always         W
 * pedalBalanceHalfPercent     uint8   1       flags bit 0    0.5 %
 * accumulatedTorque32         uint16  2       flags bit 2    1/32 N m, rolls over
 * wheelRevolutions            uint32  4       flags bit 4    turns so far; may go backwards
 * wheelEventTime2048          uint16  2       flags bit 4    when the last turn ended, in 1/2048 s; rolls over every 32 s
 * crankRevolutions            uint16  2       flags bit 5    turns so far, rolls over
 * crankEventTime1024          uint16  2       flags bit 5    when the last turn ended, in 1/1024 s; rolls over every 64 s
 * maximumForceNewton          int16   2       flags bit 6    N
 * minimumForceNewton          int16   2       flags bit 6    N
 * maximumTorque32             int16   2       flags bit 7    1/32 N m
 * minimumTorque32             int16   2       flags bit 7    1/32 N m
 * maximumAngleDegree          uint12  1.5     flags bit 8    deg, the low 12 of 24 bits
 * minimumAngleDegree          uint12  1.5     flags bit 8    deg, the high 12 of 24 bits
 * topDeadSpotDegree           uint16  2       flags bit 9    deg
 * bottomDeadSpotDegree        uint16  2       flags bit 10   deg
 * accumulatedEnergyKilojoule  uint16  2       flags bit 11   kJ
 * </pre>
 *
 * @param powerWatt the power in W, -32,768 to 32,767
 * @param balanceReference what the balance refers to; said even where there is no balance
 * @param pedalBalanceHalfPercent the share of one pedal in 0.5 %, 0 to 255; a sound sensor stays at or below 200
 * @param torqueSource where the torque is measured; said even where there is no torque
 * @param accumulatedTorque32 the sum of torques in 1/32 N m, 0 to 65,535
 * @param wheel the counter of the wheel, a {@link Counter#POWER_WHEEL}
 * @param crank the counter of the crank, a {@link Counter#CRANK}
 * @param force the largest and the smallest force of a turn in N
 * @param torque the largest and the smallest torque of a turn in 1/32 N m
 * @param angle where on the turn the largest and the smallest were, in degrees, 0 to 4,095
 * @param topDeadSpotDegree the angle of the top dead spot, 0 to 65,535
 * @param bottomDeadSpotDegree the angle of the bottom dead spot, 0 to 65,535
 * @param accumulatedEnergyKilojoule the energy so far in kJ, 0 to 65,535
 * @param isOffsetCompensated whether the sensor has set its zero
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-power-service-1-1/">CPS 1.1, 3.2</a>
 */
public record CyclingPowerMeasurement(
        int powerWatt,
        BalanceReference balanceReference,
        OptionalInt pedalBalanceHalfPercent,
        TorqueSource torqueSource,
        OptionalInt accumulatedTorque32,
        Optional<Revolutions> wheel,
        Optional<Revolutions> crank,
        Optional<Extremes> force,
        Optional<Extremes> torque,
        Optional<Extremes> angle,
        OptionalInt topDeadSpotDegree,
        OptionalInt bottomDeadSpotDegree,
        OptionalInt accumulatedEnergyKilojoule,
        boolean isOffsetCompensated,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<CyclingPowerMeasurement> CODEC =
            Codec.of(CyclingPowerMeasurement::read, CyclingPowerMeasurement::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int BALANCE = 1;
    private static final int LEFT = 1 << 1;
    private static final int ACCUMULATED_TORQUE = 1 << 2;
    private static final int CRANK_BASED = 1 << 3;
    private static final int WHEEL = 1 << 4;
    private static final int CRANK = 1 << 5;
    private static final int FORCE = 1 << 6;
    private static final int TORQUE = 1 << 7;
    private static final int ANGLE = 1 << 8;
    private static final int TOP_DEAD_SPOT = 1 << 9;
    private static final int BOTTOM_DEAD_SPOT = 1 << 10;
    private static final int ENERGY = 1 << 11;
    private static final int COMPENSATED = 1 << 12;
    private static final int KNOWN = (COMPENSATED << 1) - 1;
    private static final int ANGLE_WIDTH = 12;

    /** What a pedal balance refers to. */
    public enum BalanceReference {
        /** The sensor does not say. */
        UNKNOWN,
        /** The left pedal. */
        LEFT
    }

    /** Where an accumulated torque is measured. */
    public enum TorqueSource {
        /** At the wheel. */
        WHEEL,
        /** At the crank. */
        CRANK
    }

    /**
     * The extremes of one turn.
     *
     * @param maximum the largest
     * @param minimum the smallest
     */
    public record Extremes(int maximum, int minimum) {
        /** Hides the numbers. */
        @Override
        public String toString() {
            return "Extremes[]";
        }

        private Extremes require(String field, long min, long max) {
            if (Math.min(maximum, minimum) < min || Math.max(maximum, minimum) > max) {
                throw new IllegalArgumentException(field + " out of range " + min + ".." + max);
            }
            return this;
        }
    }

    /** Checks the ranges. */
    public CyclingPowerMeasurement {
        IntegerForm.SINT16.require("powerWatt", powerWatt);
        Objects.requireNonNull(balanceReference, "balanceReference");
        Bits.requireUnsigned("pedalBalanceHalfPercent", pedalBalanceHalfPercent, Byte.SIZE);
        Objects.requireNonNull(torqueSource, "torqueSource");
        Bits.requireUnsigned("accumulatedTorque32", accumulatedTorque32, Short.SIZE);
        wheel.ifPresent(counter -> counter.require(Counter.POWER_WHEEL));
        crank.ifPresent(counter -> counter.require(Counter.CRANK));
        force = force.map(extremes -> extremes.require("force", Short.MIN_VALUE, Short.MAX_VALUE));
        torque = torque.map(extremes -> extremes.require("torque", Short.MIN_VALUE, Short.MAX_VALUE));
        angle = angle.map(extremes -> extremes.require("angle", 0, (1 << ANGLE_WIDTH) - 1));
        Bits.requireUnsigned("topDeadSpotDegree", topDeadSpotDegree, Short.SIZE);
        Bits.requireUnsigned("bottomDeadSpotDegree", bottomDeadSpotDegree, Short.SIZE);
        Bits.requireUnsigned("accumulatedEnergyKilojoule", accumulatedEnergyKilojoule, Short.SIZE);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns a power with nothing else said. */
    public static CyclingPowerMeasurement of(int powerWatt) {
        return new CyclingPowerMeasurement(
                powerWatt,
                BalanceReference.UNKNOWN,
                OptionalInt.empty(),
                TorqueSource.WHEEL,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                Remainder.NONE);
    }

    /** Returns the flags of this value: what is present, and the unknown bits. */
    public int flags() {
        return (pedalBalanceHalfPercent.isPresent() ? BALANCE : 0)
                | (balanceReference == BalanceReference.LEFT ? LEFT : 0)
                | (accumulatedTorque32.isPresent() ? ACCUMULATED_TORQUE : 0)
                | (torqueSource == TorqueSource.CRANK ? CRANK_BASED : 0)
                | (wheel.isPresent() ? WHEEL : 0)
                | (crank.isPresent() ? CRANK : 0)
                | (force.isPresent() ? FORCE : 0)
                | (torque.isPresent() ? TORQUE : 0)
                | (angle.isPresent() ? ANGLE : 0)
                | (topDeadSpotDegree.isPresent() ? TOP_DEAD_SPOT : 0)
                | (bottomDeadSpotDegree.isPresent() ? BOTTOM_DEAD_SPOT : 0)
                | (accumulatedEnergyKilojoule.isPresent() ? ENERGY : 0)
                | (isOffsetCompensated ? COMPENSATED : 0)
                | (int) remainder.unknownFlags();
    }

    private static CyclingPowerMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new CyclingPowerMeasurement(
                in.int16("powerWatt"),
                (flags & LEFT) != 0 ? BalanceReference.LEFT : BalanceReference.UNKNOWN,
                (flags & BALANCE) != 0 ? OptionalInt.of(in.uint8("pedalBalanceHalfPercent")) : OptionalInt.empty(),
                (flags & CRANK_BASED) != 0 ? TorqueSource.CRANK : TorqueSource.WHEEL,
                uint16(in, flags & ACCUMULATED_TORQUE, "accumulatedTorque32"),
                (flags & WHEEL) != 0 ? Optional.of(Revolutions.read(in, Counter.POWER_WHEEL)) : Optional.empty(),
                (flags & CRANK) != 0 ? Optional.of(Revolutions.read(in, Counter.CRANK)) : Optional.empty(),
                extremes(in, flags & FORCE, "maximumForceNewton", "minimumForceNewton"),
                extremes(in, flags & TORQUE, "maximumTorque32", "minimumTorque32"),
                (flags & ANGLE) != 0 ? Optional.of(readAngles(in)) : Optional.empty(),
                uint16(in, flags & TOP_DEAD_SPOT, "topDeadSpotDegree"),
                uint16(in, flags & BOTTOM_DEAD_SPOT, "bottomDeadSpotDegree"),
                uint16(in, flags & ENERGY, "accumulatedEnergyKilojoule"),
                (flags & COMPENSATED) != 0,
                in.remainder(unknown));
    }

    private static OptionalInt uint16(ByteReader in, int flag, String field) {
        return flag != 0 ? OptionalInt.of(in.uint16(field)) : OptionalInt.empty();
    }

    private static Optional<Extremes> extremes(ByteReader in, int flag, String maximum, String minimum) {
        return flag != 0 ? Optional.of(new Extremes(in.int16(maximum), in.int16(minimum))) : Optional.empty();
    }

    private static Extremes readAngles(ByteReader in) {
        int both = in.uint24("maximumAngleDegree");
        return new Extremes(both & ((1 << ANGLE_WIDTH) - 1), both >> ANGLE_WIDTH);
    }

    private static void write(CyclingPowerMeasurement value, ByteWriter out) {
        out.uint16("flags", value.flags());
        out.int16("powerWatt", value.powerWatt);
        value.pedalBalanceHalfPercent.ifPresent(half -> out.uint8("pedalBalanceHalfPercent", half));
        value.accumulatedTorque32.ifPresent(torque -> out.uint16("accumulatedTorque32", torque));
        value.wheel.ifPresent(counter -> counter.writeTo(out));
        value.crank.ifPresent(counter -> counter.writeTo(out));
        value.force.ifPresent(extremes -> write(extremes, out, "maximumForceNewton", "minimumForceNewton"));
        value.torque.ifPresent(extremes -> write(extremes, out, "maximumTorque32", "minimumTorque32"));
        value.angle.ifPresent(
                extremes -> out.uint24("maximumAngleDegree", extremes.maximum | extremes.minimum << ANGLE_WIDTH));
        value.topDeadSpotDegree.ifPresent(angle -> out.uint16("topDeadSpotDegree", angle));
        value.bottomDeadSpotDegree.ifPresent(angle -> out.uint16("bottomDeadSpotDegree", angle));
        value.accumulatedEnergyKilojoule.ifPresent(energy -> out.uint16("accumulatedEnergyKilojoule", energy));
        value.remainder.writeTo(out);
    }

    private static void write(Extremes extremes, ByteWriter out, String maximum, String minimum) {
        out.int16(maximum, extremes.maximum);
        out.int16(minimum, extremes.minimum);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("powerWatt", powerWatt)
                .put("pedalBalanceHalfPercent", pedalBalanceHalfPercent);
        if (pedalBalanceHalfPercent.isPresent()) {
            fields.put("balanceReference", balanceReference);
        }
        fields.put("accumulatedTorque32", accumulatedTorque32);
        if (accumulatedTorque32.isPresent()) {
            fields.put("torqueSource", torqueSource);
        }
        wheel.ifPresent(counter -> counter.describe(fields));
        crank.ifPresent(counter -> counter.describe(fields));
        return fields.put("maximumForceNewton", force.map(Extremes::maximum))
                .put("minimumForceNewton", force.map(Extremes::minimum))
                .put("maximumTorque32", torque.map(Extremes::maximum))
                .put("minimumTorque32", torque.map(Extremes::minimum))
                .put("maximumAngleDegree", angle.map(Extremes::maximum))
                .put("minimumAngleDegree", angle.map(Extremes::minimum))
                .put("topDeadSpotDegree", topDeadSpotDegree)
                .put("bottomDeadSpotDegree", bottomDeadSpotDegree)
                .put("accumulatedEnergyKilojoule", accumulatedEnergyKilojoule)
                .put("offsetCompensated", isOffsetCompensated)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
