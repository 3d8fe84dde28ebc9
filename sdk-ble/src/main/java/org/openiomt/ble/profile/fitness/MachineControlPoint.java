package org.openiomt.ble.profile.fitness;

import static org.openiomt.ble.profile.fitness.MachineParameters.*;

import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.SizedNumber;
import org.openiomt.core.wire.Codec;

/**
 * Fitness Machine Control Point, characteristic {@code 0x2AD9} of the Fitness Machine Service. A client asks for control first
 * (0x00), and may lose it, see {@link MachineStatus}. The parameters and their units are those of {@link MachineParameters}.
 *
 * <pre>
 * op code  meaning                    parameters of the request, octets
 * 0x00     ask for control            none
 * 0x01     reset                      none
 * 0x02     set the speed              uint16, 2
 * 0x03     set the inclination        int16, 2
 * 0x04     set the resistance         uint8, 1; also seen int16, 2: the length decides
 * 0x05     set the power              int16, 2
 * 0x06     set the heart rate         uint8, 1
 * 0x07     start or resume            none
 * 0x08     stop or pause              uint8, 1: 1 stop, 2 pause
 * 0x09     set the energy             uint16, 2
 * 0x0A     set the steps              uint16, 2
 * 0x0B     set the strides            uint16, 2
 * 0x0C     set the distance           uint24, 3
 * 0x0D     set the time               uint16, 2
 * 0x0E     set times in two zones     2 x uint16, 4
 * 0x0F     set times in three zones   3 x uint16, 6
 * 0x10     set times in five zones    5 x uint16, 10
 * 0x11     simulate a road            wind int16, grade int16, rolling uint8, air uint8, 6
 * 0x12     set the circumference      uint16, 2
 * 0x13     spin down                  uint8, 1: 1 begin, 2 ignore; answered by two speeds, 2 x uint16, 4
 * 0x14     set the cadence            uint16, 2
 * 0x80     response                   requestOpCode, responseCode 1 done, 2 op code not supported, 3 parameter not valid,
 *                                     4 operation failed, 5 control not permitted; others kept
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.16</a>
 */
public final class MachineControlPoint {
    /** Asks for control. */
    public static final Operation REQUEST_CONTROL = Operation.of(0x00);

    /** Sets everything back. */
    public static final Operation RESET = Operation.of(0x01);

    /** Sets the speed. */
    public static final Operation SET_SPEED = Operation.of(0x02, TARGET_SPEED);

    /** Sets the inclination. */
    public static final Operation SET_INCLINATION = Operation.of(0x03, TARGET_INCLINATION);

    /** Sets the resistance. */
    public static final Operation SET_RESISTANCE = Operation.of(0x04, TARGET_RESISTANCE);

    /** Sets the power. */
    public static final Operation SET_POWER = Operation.of(0x05, TARGET_POWER);

    /** Sets the heart rate. */
    public static final Operation SET_HEART_RATE = Operation.of(0x06, TARGET_HEART_RATE);

    /** Starts or goes on after a pause. */
    public static final Operation START_OR_RESUME = Operation.of(0x07);

    /** Stops or pauses. */
    public static final Operation STOP = Operation.of(0x08, STOP_OR_PAUSE);

    /** Sets the energy. */
    public static final Operation SET_ENERGY = Operation.of(0x09, TARGETED_ENERGY);

    /** Sets the number of steps. */
    public static final Operation SET_STEPS = Operation.of(0x0A, TARGETED_STEPS);

    /** Sets the number of strides. */
    public static final Operation SET_STRIDES = Operation.of(0x0B, TARGETED_STRIDES);

    /** Sets the distance. */
    public static final Operation SET_DISTANCE = Operation.of(0x0C, TARGETED_DISTANCE);

    /** Sets the time. */
    public static final Operation SET_TRAINING_TIME = Operation.of(0x0D, TARGETED_TIME);

    /** Sets the times in two zones of heart rate. */
    public static final Operation SET_TWO_ZONES = Operation.of(0x0E, FAT_BURN_TIME, FITNESS_TIME);

    /** Sets the times in three zones of heart rate. */
    public static final Operation SET_THREE_ZONES = Operation.of(0x0F, LIGHT_TIME, MODERATE_TIME, HARD_TIME);

    /** Sets the times in five zones of heart rate. */
    public static final Operation SET_FIVE_ZONES =
            Operation.of(0x10, VERY_LIGHT_TIME, LIGHT_TIME, MODERATE_TIME, HARD_TIME, MAXIMUM_TIME);

    /** Simulates a road. */
    public static final Operation SIMULATE_ROAD =
            Operation.of(0x11, WIND_SPEED, GRADE, ROLLING_RESISTANCE, WIND_RESISTANCE);

    /** Sets the circumference of the wheel. */
    public static final Operation SET_WHEEL_CIRCUMFERENCE = Operation.of(0x12, WHEEL_CIRCUMFERENCE);

    /** Spins down. */
    public static final Operation CONTROL_SPIN_DOWN =
            Operation.of(0x13, SPIN_DOWN).answeredBy(SPIN_DOWN_LOW, SPIN_DOWN_HIGH);

    /** Sets the cadence. */
    public static final Operation SET_CADENCE = Operation.of(0x14, TARGETED_CADENCE);

    /** The table. */
    public static final ControlPoint POINT = ControlPoint.of(
            0x80,
            ControlPointResult.CONTROL_NOT_PERMITTED,
            REQUEST_CONTROL,
            RESET,
            SET_SPEED,
            SET_INCLINATION,
            SET_RESISTANCE,
            SET_POWER,
            SET_HEART_RATE,
            START_OR_RESUME,
            STOP,
            SET_ENERGY,
            SET_STEPS,
            SET_STRIDES,
            SET_DISTANCE,
            SET_TRAINING_TIME,
            SET_TWO_ZONES,
            SET_THREE_ZONES,
            SET_FIVE_ZONES,
            SIMULATE_ROAD,
            SET_WHEEL_CIRCUMFERENCE,
            CONTROL_SPIN_DOWN,
            SET_CADENCE);

    /** Reads and writes it. */
    public static final Codec<ControlPointMessage> CODEC = POINT.codec();

    private MachineControlPoint() {}

    /** Asks for control. */
    public static Request requestControl() {
        return POINT.request(REQUEST_CONTROL);
    }

    /** Sets everything back. */
    public static Request reset() {
        return POINT.request(RESET);
    }

    /** Sets the speed in 0.01 km/h, 0 to 65,535. */
    public static Request setSpeed(long hundredthsKilometrePerHour) {
        return POINT.request(SET_SPEED, hundredthsKilometrePerHour);
    }

    /** Sets the inclination in 0.1 %, -32,768 to 32,767. */
    public static Request setInclination(long tenthPercent) {
        return POINT.request(SET_INCLINATION, tenthPercent);
    }

    /** Sets the resistance in one octet, 0 to 255. */
    public static Request setResistance(long level) {
        return POINT.request(SET_RESISTANCE, new SizedNumber(level, IntegerForm.UINT8));
    }

    /** Sets the resistance in two octets, -32,768 to 32,767, for a machine that is known to read it so. */
    public static Request setWideResistance(long level) {
        return POINT.request(SET_RESISTANCE, new SizedNumber(level, IntegerForm.SINT16));
    }

    /** Sets the power in W, -32,768 to 32,767. */
    public static Request setPower(long watts) {
        return POINT.request(SET_POWER, watts);
    }

    /** Sets the heart rate in beats per minute, 0 to 255. */
    public static Request setHeartRate(long beatsPerMinute) {
        return POINT.request(SET_HEART_RATE, beatsPerMinute);
    }

    /** Starts or goes on after a pause. */
    public static Request startOrResume() {
        return POINT.request(START_OR_RESUME);
    }

    /** Stops or pauses. */
    public static Request stop(StopOrPause how) {
        return POINT.request(STOP, (long) how.code());
    }

    /** Sets the energy in kcal, 0 to 65,535. */
    public static Request setEnergy(long kilocalories) {
        return POINT.request(SET_ENERGY, kilocalories);
    }

    /** Sets the number of steps, 0 to 65,535. */
    public static Request setSteps(long steps) {
        return POINT.request(SET_STEPS, steps);
    }

    /** Sets the number of strides, 0 to 65,535. */
    public static Request setStrides(long strides) {
        return POINT.request(SET_STRIDES, strides);
    }

    /** Sets the distance in m, 0 to 16,777,215. */
    public static Request setDistance(long metres) {
        return POINT.request(SET_DISTANCE, metres);
    }

    /** Sets the time in s, 0 to 65,535. */
    public static Request setTrainingTime(long seconds) {
        return POINT.request(SET_TRAINING_TIME, seconds);
    }

    /** Sets the times in two zones of heart rate in s, 0 to 65,535 each. */
    public static Request setTwoZones(long fatBurn, long fitness) {
        return POINT.request(SET_TWO_ZONES, fatBurn, fitness);
    }

    /** Sets the times in three zones of heart rate in s, 0 to 65,535 each. */
    public static Request setThreeZones(long light, long moderate, long hard) {
        return POINT.request(SET_THREE_ZONES, light, moderate, hard);
    }

    /** Sets the times in five zones of heart rate in s, 0 to 65,535 each. */
    public static Request setFiveZones(long veryLight, long light, long moderate, long hard, long maximum) {
        return POINT.request(SET_FIVE_ZONES, veryLight, light, moderate, hard, maximum);
    }

    /**
     * Simulates a road.
     *
     * @param windMillimetrePerSecond the speed of a head wind in 0.001 m/s, -32,768 to 32,767
     * @param gradeHundredthPercent the grade in 0.01 %, -32,768 to 32,767
     * @param rollingTenThousandth the coefficient of rolling resistance in steps of 0.0001, 0 to 255
     * @param airHundredthKilogramPerMetre the coefficient of wind resistance in 0.01 kg/m, 0 to 255
     */
    public static Request simulateRoad(
            long windMillimetrePerSecond,
            long gradeHundredthPercent,
            long rollingTenThousandth,
            long airHundredthKilogramPerMetre) {
        return POINT.request(
                SIMULATE_ROAD,
                windMillimetrePerSecond,
                gradeHundredthPercent,
                rollingTenThousandth,
                airHundredthKilogramPerMetre);
    }

    /** Sets the circumference of the wheel in 0.1 mm, 0 to 65,535. */
    public static Request setWheelCircumference(long tenthMillimetres) {
        return POINT.request(SET_WHEEL_CIRCUMFERENCE, tenthMillimetres);
    }

    /** Begins to spin down. */
    public static Request startSpinDown() {
        return POINT.request(CONTROL_SPIN_DOWN, 1L);
    }

    /** Ignores the wish of the machine to spin down. */
    public static Request ignoreSpinDown() {
        return POINT.request(CONTROL_SPIN_DOWN, 2L);
    }

    /** Sets the cadence in 0.5 turns a minute, 0 to 65,535. */
    public static Request setCadence(long halfPerMinute) {
        return POINT.request(SET_CADENCE, halfPerMinute);
    }
}
