package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement.Sample;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext.Amount;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext.Exercise;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext.MedicationUnit;
import org.openiomt.ble.profile.glucose.GlucoseStatus;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Glucose concentrations, with what the person said about them, and glycated haemoglobin.
 *
 * <pre>
 * sent          observed     the digits stay, the exponent moves
 * 104e-5 kg/L   104 mg/dL    by 5
 * 59e-4 mol/L   5.9 mmol/L   by 3
 * 45e-3 kg      45 g         by 3 (carbohydrate)
 * 6e-6 kg       6 mg         by 6 (medication)
 * 5e-5 L        0.05 mL      by 3 (medication)
 * </pre>
 *
 * This is another SI prefix of the same unit, exact in every digit, and no conversion: mass stays mass and moles stay moles.
 *
 * <p>The sample's type chooses the MDC term, {@code MDC_CONC_GLU_GEN} for a type that the standard reserves. A control solution
 * is TEST_DATA. A record without a result is NaN and NOT_AVAILABLE. Any finding of the meter makes the value QUESTIONABLE, but
 * for a low battery, which says nothing of it, and a time fault, which makes the clock not synchronised; so do the two ends of
 * the offset's range, which stand for "more" and "less". Codes that the standard reserves, and "not available", are left out of
 * the supplemental values. The id comes from the record's number and time, so that a context which comes or does not come
 * changes nothing.
 */
public final class GlucoseObservations {
    private static final int KG_PER_L_TO_MG_PER_DL = 5;
    private static final int MILLI = 3;
    private static final int KILO_TO_MILLI = 6;
    private static final int STATUS_WIDTH = 16;
    private static final long NO_DOUBT = GlucoseStatus.BATTERY_LOW.mask() | GlucoseStatus.TIME_FAULT.mask();

    private static final Map<Integer, Code> TYPES = Map.of(
            1, Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD,
            2, Mdc.MDC_CONC_GLU_CAPILLARY_PLASMA,
            3, Mdc.MDC_CONC_GLU_VENOUS_WHOLEBLOOD,
            4, Mdc.MDC_CONC_GLU_VENOUS_PLASMA,
            5, Mdc.MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD,
            6, Mdc.MDC_CONC_GLU_ARTERIAL_PLASMA,
            7, Mdc.MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD,
            8, Mdc.MDC_CONC_GLU_UNDETERMINED_PLASMA,
            9, Mdc.MDC_CONC_GLU_ISF,
            10, Mdc.MDC_CONC_GLU_CONTROL);

    private static final Map<Integer, Code> LOCATIONS = Map.of(
            1, Mdc.MDC_CTXT_GLU_SAMPLELOCATION_FINGER,
            2, Mdc.MDC_CTXT_GLU_SAMPLELOCATION_AST,
            3, Mdc.MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE,
            4, Mdc.MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION);

    private static final Map<Integer, Code> MEALS = Map.of(
            1, Mdc.MDC_CTXT_GLU_MEAL_PREPRANDIAL,
            2, Mdc.MDC_CTXT_GLU_MEAL_POSTPRANDIAL,
            3, Mdc.MDC_CTXT_GLU_MEAL_FASTING,
            4, Mdc.MDC_CTXT_GLU_MEAL_CASUAL,
            5, Mdc.MDC_CTXT_GLU_MEAL_BEDTIME);

    private static final Map<Integer, Code> TESTERS = Map.of(
            1, Mdc.MDC_CTXT_GLU_TESTER_SELF,
            2, Mdc.MDC_CTXT_GLU_TESTER_HCP,
            3, Mdc.MDC_CTXT_GLU_TESTER_LAB);

    private static final Map<Integer, Code> HEALTH = Map.of(
            1, Mdc.MDC_CTXT_GLU_HEALTH_MINOR,
            2, Mdc.MDC_CTXT_GLU_HEALTH_MAJOR,
            3, Mdc.MDC_CTXT_GLU_HEALTH_MENSES,
            4, Mdc.MDC_CTXT_GLU_HEALTH_STRESS,
            5, Mdc.MDC_CTXT_GLU_HEALTH_NONE);

    private static final Map<Integer, Code> CARBOHYDRATES = Map.of(
            1, Mdc.MDC_CTXT_GLU_CARB_BREAKFAST,
            2, Mdc.MDC_CTXT_GLU_CARB_LUNCH,
            3, Mdc.MDC_CTXT_GLU_CARB_DINNER,
            4, Mdc.MDC_CTXT_GLU_CARB_SNACK,
            5, Mdc.MDC_CTXT_GLU_CARB_DRINK,
            6, Mdc.MDC_CTXT_GLU_CARB_SUPPER,
            7, Mdc.MDC_CTXT_GLU_CARB_BRUNCH);

    private static final Map<Integer, Code> MEDICATIONS = Map.of(
            1, Mdc.MDC_CTXT_MEDICATION_RAPIDACTING,
            2, Mdc.MDC_CTXT_MEDICATION_SHORTACTING,
            3, Mdc.MDC_CTXT_MEDICATION_INTERMEDIATEACTING,
            4, Mdc.MDC_CTXT_MEDICATION_LONGACTING,
            5, Mdc.MDC_CTXT_MEDICATION_PREMIX);

    private GlucoseObservations() {}

    /** Returns the concentration of a measurement whose context is not known. */
    public static List<Observation> of(GlucoseMeasurement measurement, Arrival arrival) {
        return of(new GlucoseRecord(arrival, measurement, Optional.empty()));
    }

    /** Returns the concentration, then the glycated haemoglobin where the context has one. */
    public static List<Observation> of(GlucoseRecord record) {
        GlucoseMeasurement measurement = record.measurement();
        ObservationBuilder concentration = concentration(record);
        measurement
                .sample()
                .map(sample -> LOCATIONS.get(sample.location()))
                .ifPresent(code -> concentration.with(Mdc.MDC_CTXT_GLU_SAMPLELOCATION, new Value.Coded(code)));
        measurement.status().ifPresent(bits -> concentration.with(Mdc.MDC_GLU_METER_DEV_STATUS, statusFlags(bits)));
        record.context().ifPresent(context -> explain(concentration, context));
        List<Observation> observations = new ArrayList<>();
        observations.add(timed(concentration, record).build());
        record.context()
                .flatMap(GlucoseMeasurementContext::hba1c)
                .map(percent -> Readings.numeric(record.arrival(), Mdc.MDC_CONC_HBA1C, percent, Units.MDC_DIM_PERCENT))
                .ifPresent(haemoglobin ->
                        observations.add(timed(haemoglobin, record).build()));
        return List.copyOf(observations);
    }

    private static ObservationBuilder concentration(GlucoseRecord record) {
        GlucoseMeasurement measurement = record.measurement();
        MedicalFloat value = measurement.sample().map(Sample::concentration).orElse(MedicalFloat.NAN);
        Code type = measurement.sample().map(sample -> TYPES.get(sample.type())).orElse(Mdc.MDC_CONC_GLU_GEN);
        ObservationBuilder builder = switch (measurement.unit()) {
            case KG_PER_L ->
                Readings.numeric(
                        record.arrival(), type, shifted(value, KG_PER_L_TO_MG_PER_DL), Units.MDC_DIM_MILLI_G_PER_DL);
            case MOL_PER_L ->
                Readings.numeric(record.arrival(), type, shifted(value, MILLI), Units.MDC_DIM_MILLI_MOLE_PER_L);
        };
        return builder.statusIf(measurement.sample().filter(Sample::isControl).isPresent(), MeasurementStatus.TEST_DATA)
                .statusIf(
                        (measurement.status().orElse(0) & Bits.known(GlucoseStatus.class) & ~NO_DOUBT) != 0,
                        MeasurementStatus.QUESTIONABLE);
    }

    private static ObservationBuilder timed(ObservationBuilder builder, GlucoseRecord record) {
        GlucoseMeasurement measurement = record.measurement();
        int offset = measurement.timeOffsetMinutes().orElse(0);
        boolean isTimeDoubtful = (measurement.status().orElse(0) & GlucoseStatus.TIME_FAULT.mask()) != 0
                || offset == Short.MAX_VALUE
                || offset == Short.MIN_VALUE;
        builder.at(new DeviceTime.BaseOffset(measurement.baseTime(), Duration.ofMinutes(offset)))
                .sequence(measurement.sequenceNumber());
        return isTimeDoubtful
                ? builder.clock(new ClockState(
                        ClockState.Synchronisation.NOT_SYNCHRONISED,
                        record.arrival().clock().continuity()))
                : builder;
    }

    private static void explain(ObservationBuilder builder, GlucoseMeasurementContext context) {
        context.carbohydrate()
                .ifPresent(eaten -> builder.with(
                        CARBOHYDRATES.getOrDefault(eaten.id(), Mdc.MDC_CTXT_GLU_CARB),
                        Value.Numeric.of(shifted(eaten.value(), MILLI), Units.MDC_DIM_G)));
        context.meal().ifPresent(meal -> coded(builder, Mdc.MDC_CTXT_GLU_MEAL, MEALS, meal));
        context.testerHealth().ifPresent(both -> {
            coded(builder, Mdc.MDC_CTXT_GLU_TESTER, TESTERS, both.tester());
            coded(builder, Mdc.MDC_CTXT_GLU_HEALTH, HEALTH, both.health());
        });
        context.exercise().ifPresent(exercise -> builder.with(Mdc.MDC_CTXT_GLU_EXERCISE, exercise(exercise)));
        context.medication()
                .ifPresent(taken -> builder.with(
                        MEDICATIONS.getOrDefault(taken.id(), Mdc.MDC_CTXT_MEDICATION),
                        medication(taken, context.medicationUnit())));
    }

    private static void coded(ObservationBuilder builder, Code what, Map<Integer, Code> terms, int code) {
        Optional.ofNullable(terms.get(code)).ifPresent(term -> builder.with(what, new Value.Coded(term)));
    }

    /** The intensity, and how long; longer than the meter can say is above the range. */
    private static Value exercise(Exercise exercise) {
        MedicalFloat seconds = exercise.seconds() == Exercise.OVERRUN_SECONDS
                ? MedicalFloat.POSITIVE_INFINITY
                : MedicalFloat.of(exercise.seconds(), 0);
        return Value.Compound.of(
                new Value.Component(
                        Mdc.MDC_CTXT_GLU_EXERCISE,
                        Value.Numeric.of(MedicalFloat.of(exercise.intensityPercent(), 0), Units.MDC_DIM_PERCENT)),
                new Value.Component(Mdc.MDC_ATTR_TIME_PD_MSMT_ACTIVE, Value.Numeric.of(seconds, Units.MDC_DIM_SEC)));
    }

    private static Value medication(Amount taken, MedicationUnit unit) {
        return switch (unit) {
            case KILOGRAM -> Value.Numeric.of(shifted(taken.value(), KILO_TO_MILLI), Units.MDC_DIM_MILLI_G);
            case LITRE -> Value.Numeric.of(shifted(taken.value(), MILLI), Units.MDC_DIM_MILLI_L);
        };
    }

    /** The nomenclature knows the findings in the order of the wire, but has another one in the place of the time fault. */
    private static Value.Flags statusFlags(int bits) {
        return new Value.Flags(bits & Bits.known(GlucoseStatus.class) & ~GlucoseStatus.TIME_FAULT.mask(), STATUS_WIDTH);
    }

    private static MedicalFloat shifted(MedicalFloat value, int places) {
        return value.isFinite() ? MedicalFloat.of(value.mantissa(), value.exponent() + places) : value;
    }
}
