package org.openiomt.ble.profile.fitness;

import java.util.Locale;
import java.util.OptionalLong;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A field of the data of fitness machines: its form on the wire, one step of it, and the code for "not available".
 *
 *
 * Where two machines give one quantity in different steps, it has two constants.
 */
public enum Metric {
    /** The speed in 0.01 km/h. */
    INSTANTANEOUS_SPEED("instantaneousSpeed", IntegerForm.UINT16, 1, -2, "km/h"),
    /** The average speed in 0.01 km/h. */
    AVERAGE_SPEED("averageSpeed", IntegerForm.UINT16, 1, -2, "km/h"),
    /** The distance in m. */
    TOTAL_DISTANCE("totalDistanceMetre", IntegerForm.UINT24, 1, 0, "m"),
    /** The inclination in 0.1 %. */
    INCLINATION("inclinationTenthPercent", IntegerForm.SINT16, 1, -1, "%", 0x7FFF),
    /** The angle of the ramp in 0.1 degrees. */
    RAMP_ANGLE("rampAngleTenthDegree", IntegerForm.SINT16, 1, -1, "deg", 0x7FFF),
    /** The climb of a treadmill in 0.1 m. */
    POSITIVE_GAIN_DECIMETRE("positiveElevationGainDecimetre", IntegerForm.UINT16, 1, -1, "m", 0xFFFF),
    /** The descent of a treadmill in 0.1 m. */
    NEGATIVE_GAIN_DECIMETRE("negativeElevationGainDecimetre", IntegerForm.UINT16, 1, -1, "m", 0xFFFF),
    /** The climb in m. */
    POSITIVE_GAIN("positiveElevationGainMetre", IntegerForm.UINT16, 1, 0, "m", 0xFFFF),
    /** The descent in m. */
    NEGATIVE_GAIN("negativeElevationGainMetre", IntegerForm.UINT16, 1, 0, "m", 0xFFFF),
    /** The pace of a treadmill in 0.1 km/min. */
    INSTANTANEOUS_PACE_KILOMETRE("instantaneousPaceTenthKilometrePerMinute", IntegerForm.UINT8, 1, -1, "km/min"),
    /** The average pace of a treadmill in 0.1 km/min. */
    AVERAGE_PACE_KILOMETRE("averagePaceTenthKilometrePerMinute", IntegerForm.UINT8, 1, -1, "km/min"),
    /** The pace in s for 500 m. */
    INSTANTANEOUS_PACE("instantaneousPaceSecondPer500Metre", IntegerForm.UINT16, 1, 0, "s/(500.m)", 0xFFFF),
    /** The average pace in s for 500 m. */
    AVERAGE_PACE("averagePaceSecondPer500Metre", IntegerForm.UINT16, 1, 0, "s/(500.m)", 0xFFFF),
    /** The energy so far in kcal. */
    TOTAL_ENERGY("totalEnergyKilocalorie", IntegerForm.UINT16, 1, 0, "kcal", 0xFFFF),
    /** The energy of an hour in kcal. */
    ENERGY_PER_HOUR("energyPerHourKilocalorie", IntegerForm.UINT16, 1, 0, "kcal/h", 0xFFFF),
    /** The energy of a minute in kcal. */
    ENERGY_PER_MINUTE("energyPerMinuteKilocalorie", IntegerForm.UINT8, 1, 0, "kcal/min", 0xFF),
    /** The heart rate in beats per minute; machines send 0 or 255 where they find none. */
    HEART_RATE("heartRate", IntegerForm.UINT8, 1, 0, "{beat}/min"),
    /** The metabolic equivalent in steps of 0.1. */
    METABOLIC_EQUIVALENT("metabolicEquivalentTenth", IntegerForm.UINT8, 1, -1, "1"),
    /** The time so far in s. */
    ELAPSED_TIME("elapsedTimeSeconds", IntegerForm.UINT16, 1, 0, "s"),
    /** The time that is left in s. */
    REMAINING_TIME("remainingTimeSeconds", IntegerForm.UINT16, 1, 0, "s"),
    /** The force on the belt in N. */
    FORCE_ON_BELT("forceOnBeltNewton", IntegerForm.SINT16, 1, 0, "N", 0x7FFF),
    /** The power of a treadmill in W. */
    POWER_OUTPUT("powerOutputWatt", IntegerForm.SINT16, 1, 0, "W", 0x7FFF),
    /** The steps on a treadmill so far. */
    STEPS("stepCount", IntegerForm.UINT24, 1, 0, "{step}"),
    /** Steps a minute. */
    STEP_RATE("stepsPerMinute", IntegerForm.UINT16, 1, 0, "{step}/min", 0xFFFF),
    /** The average of steps a minute. */
    AVERAGE_STEP_RATE("averageStepsPerMinute", IntegerForm.UINT16, 1, 0, "{step}/min", 0xFFFF),
    /** The strides on a cross trainer so far in steps of 0.1. */
    STRIDES_TENTH("strideCountTenth", IntegerForm.UINT16, 1, -1, "{stride}"),
    /** The strides so far. */
    STRIDES("strideCount", IntegerForm.UINT16, 1, 0, "{stride}"),
    /** The resistance in steps of the machine, see {@link SupportedRange}. */
    RESISTANCE_LEVEL("resistanceLevel", IntegerForm.SINT16, 1, 0, "1"),
    /** The resistance in tens of steps of the machine. */
    RESISTANCE_LEVEL_TENS("resistanceLevelTens", IntegerForm.UINT8, 1, 1, "1"),
    /** The power in W. */
    INSTANTANEOUS_POWER("instantaneousPowerWatt", IntegerForm.SINT16, 1, 0, "W"),
    /** The average power in W. */
    AVERAGE_POWER("averagePowerWatt", IntegerForm.SINT16, 1, 0, "W"),
    /** The floors climbed so far. */
    FLOORS("floors", IntegerForm.UINT16, 1, 0, "{floor}"),
    /** The steps climbed so far. */
    CLIMBED_STEPS("climbedSteps", IntegerForm.UINT16, 1, 0, "{step}"),
    /** Strokes a minute in steps of 0.5. */
    STROKE_RATE("strokeRateHalfPerMinute", IntegerForm.UINT8, 5, -1, "{stroke}/min"),
    /** The strokes so far. */
    STROKES("strokeCount", IntegerForm.UINT16, 1, 0, "{stroke}"),
    /** The average of strokes a minute in steps of 0.5. */
    AVERAGE_STROKE_RATE("averageStrokeRateHalfPerMinute", IntegerForm.UINT8, 5, -1, "{stroke}/min"),
    /** Turns of the crank a minute in steps of 0.5. */
    INSTANTANEOUS_CADENCE("instantaneousCadence", IntegerForm.UINT16, 5, -1, "{rev}/min"),
    /** The average of turns of the crank a minute in steps of 0.5. */
    AVERAGE_CADENCE("averageCadence", IntegerForm.UINT16, 5, -1, "{rev}/min");

    private final String field;
    private final IntegerForm form;
    private final int digits;
    private final int exponent;
    private final String unit;
    private final OptionalLong notAvailable;

    Metric(String field, IntegerForm form, int digits, int exponent, String unit) {
        this(field, form, digits, exponent, unit, OptionalLong.empty());
    }

    Metric(String field, IntegerForm form, int digits, int exponent, String unit, int notAvailable) {
        this(field, form, digits, exponent, unit, OptionalLong.of(notAvailable));
    }

    Metric(String field, IntegerForm form, int digits, int exponent, String unit, OptionalLong notAvailable) {
        this.field = field;
        this.form = form;
        this.digits = digits;
        this.exponent = exponent;
        this.unit = unit;
        this.notAvailable = notAvailable;
    }

    /** Returns the name of the field. */
    public String field() {
        return field;
    }

    /** Returns the form of the number on the wire. */
    public IntegerForm form() {
        return form;
    }

    /** Returns the unit of {@link #quantity} in UCUM. */
    public String unit() {
        return unit;
    }

    /** Returns the code for "not available", where there is one. */
    public OptionalLong notAvailable() {
        return notAvailable;
    }

    /** Returns what a number of steps is, exactly and at the resolution of the wire. */
    public MedicalFloat quantity(long steps) {
        return MedicalFloat.of(steps * digits, exponent);
    }

    /** Returns the name as words. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
