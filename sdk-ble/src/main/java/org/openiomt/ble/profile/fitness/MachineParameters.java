package org.openiomt.ble.profile.fitness;

import java.util.Arrays;
import java.util.Optional;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.controlpoint.SizedNumber;

/** What the control point sets and the status tells; the names have the units. */
public final class MachineParameters {
    /** A speed in 0.01 km/h. */
    public static final Parameter<Long> TARGET_SPEED =
            Parameter.number("targetSpeedHundredthsKilometrePerHour", IntegerForm.UINT16);

    /** An inclination in 0.1 %. */
    public static final Parameter<Long> TARGET_INCLINATION =
            Parameter.number("targetInclinationTenthPercent", IntegerForm.SINT16);

    /** A resistance, in one octet or in two: in 0.1 of a step of the machine by the older text, disputed. */
    public static final Parameter<SizedNumber> TARGET_RESISTANCE =
            Parameter.number("targetResistanceLevel", IntegerForm.UINT8, IntegerForm.SINT16);

    /** A power in W. */
    public static final Parameter<Long> TARGET_POWER = Parameter.number("targetPowerWatt", IntegerForm.SINT16);

    /** A heart rate in beats per minute. */
    public static final Parameter<Long> TARGET_HEART_RATE = Parameter.number("targetHeartRate", IntegerForm.UINT8);

    /** Whether to stop or to pause, see {@link StopOrPause}. */
    public static final Parameter<Long> STOP_OR_PAUSE = Parameter.number("stopOrPause", IntegerForm.UINT8);

    /** An energy in kcal. */
    public static final Parameter<Long> TARGETED_ENERGY =
            Parameter.number("targetedEnergyKilocalorie", IntegerForm.UINT16);

    /** A number of steps. */
    public static final Parameter<Long> TARGETED_STEPS = Parameter.number("targetedSteps", IntegerForm.UINT16);

    /** A number of strides. */
    public static final Parameter<Long> TARGETED_STRIDES = Parameter.number("targetedStrides", IntegerForm.UINT16);

    /** A distance in m. */
    public static final Parameter<Long> TARGETED_DISTANCE =
            Parameter.number("targetedDistanceMetre", IntegerForm.UINT24);

    /** A time in s. */
    public static final Parameter<Long> TARGETED_TIME =
            Parameter.number("targetedTrainingTimeSecond", IntegerForm.UINT16);

    /** The time in the fat burn zone in s. */
    public static final Parameter<Long> FAT_BURN_TIME = Parameter.number("fatBurnTimeSecond", IntegerForm.UINT16);

    /** The time in the fitness zone in s. */
    public static final Parameter<Long> FITNESS_TIME = Parameter.number("fitnessTimeSecond", IntegerForm.UINT16);

    /** The time in the very light zone in s. */
    public static final Parameter<Long> VERY_LIGHT_TIME = Parameter.number("veryLightTimeSecond", IntegerForm.UINT16);

    /** The time in the light zone in s. */
    public static final Parameter<Long> LIGHT_TIME = Parameter.number("lightTimeSecond", IntegerForm.UINT16);

    /** The time in the moderate zone in s. */
    public static final Parameter<Long> MODERATE_TIME = Parameter.number("moderateTimeSecond", IntegerForm.UINT16);

    /** The time in the hard zone in s. */
    public static final Parameter<Long> HARD_TIME = Parameter.number("hardTimeSecond", IntegerForm.UINT16);

    /** The time in the zone of the maximum in s. */
    public static final Parameter<Long> MAXIMUM_TIME = Parameter.number("maximumTimeSecond", IntegerForm.UINT16);

    /** The speed of a head wind in 0.001 m/s; below 0 it is a tail wind. */
    public static final Parameter<Long> WIND_SPEED =
            Parameter.number("windSpeedMillimetrePerSecond", IntegerForm.SINT16);

    /** The grade of a road in 0.01 %. */
    public static final Parameter<Long> GRADE = Parameter.number("gradeHundredthPercent", IntegerForm.SINT16);

    /** The coefficient of rolling resistance in steps of 0.0001. */
    public static final Parameter<Long> ROLLING_RESISTANCE =
            Parameter.number("rollingResistanceTenThousandth", IntegerForm.UINT8);

    /** The coefficient of wind resistance in 0.01 kg/m. */
    public static final Parameter<Long> WIND_RESISTANCE =
            Parameter.number("windResistanceHundredthKilogramPerMetre", IntegerForm.UINT8);

    /** The circumference of a wheel in 0.1 mm. */
    public static final Parameter<Long> WHEEL_CIRCUMFERENCE =
            Parameter.number("wheelCircumferenceTenthMillimetre", IntegerForm.UINT16);

    /** Whether to begin spinning down: 1 begin, 2 ignore. */
    public static final Parameter<Long> SPIN_DOWN = Parameter.number("spinDown", IntegerForm.UINT8);

    /** The lower speed of spinning down in 0.01 km/h. */
    public static final Parameter<Long> SPIN_DOWN_LOW =
            Parameter.number("spinDownLowSpeedHundredthsKilometrePerHour", IntegerForm.UINT16);

    /** The higher speed of spinning down in 0.01 km/h. */
    public static final Parameter<Long> SPIN_DOWN_HIGH =
            Parameter.number("spinDownHighSpeedHundredthsKilometrePerHour", IntegerForm.UINT16);

    /** How spinning down goes: 1 asked for, 2 done, 3 error, 4 stop pedalling. */
    public static final Parameter<Long> SPIN_DOWN_STATUS = Parameter.number("spinDownStatus", IntegerForm.UINT8);

    /** A cadence in 0.5 turns a minute. */
    public static final Parameter<Long> TARGETED_CADENCE =
            Parameter.number("targetedCadenceHalfPerMinute", IntegerForm.UINT16);

    /** Whether a machine stops or pauses. */
    public enum StopOrPause {
        /** It stops. */
        STOP(1),
        /** It pauses. */
        PAUSE(2);

        private final int code;

        StopOrPause(int code) {
            this.code = code;
        }

        /** Returns the code on the wire, 1 or 2. */
        public int code() {
            return code;
        }

        /** Returns the constant of a code, or empty when the standard reserves it. */
        public static Optional<StopOrPause> of(long code) {
            return Arrays.stream(values()).filter(value -> value.code == code).findFirst();
        }
    }

    private MachineParameters() {}
}
