package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.fitness.Metric;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * What fitness machines measure now, at the resolution of the wire. Parts of a record that a machine splits are observed one
 * by one: no observation needs two of them.
 *
 * <p>What a machine says is not available is not observed; a heart rate of 0 or 255 is QUESTIONABLE, for machines send these
 * where they find none. Counts of steps, averages and paces have no MDC term that we know, speeds in km/h no MDC unit, and a resistance only the scale of
 * its machine: they stay in the decoded value.
 */
public final class FitnessObservations {
    private static final Map<Metric, Term> TERMS = terms();

    private static final int HEART_RATE_FULL = 0xFF;

    private record Term(Code type, Code unit) {}

    private FitnessObservations() {}

    /** Returns every type that there can be. */
    static List<Code> types() {
        return TERMS.values().stream().map(Term::type).distinct().toList();
    }

    /** Returns the observations of all metrics that have a term, in the order of {@link Metric}. */
    public static List<Observation> of(MachineData data, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        TERMS.forEach((metric, term) -> data.quantity(metric)
                .ifPresent(quantity -> observations.add(Readings.numeric(arrival, term.type, quantity, term.unit)
                        .statusIf(
                                metric == Metric.HEART_RATE
                                        && (quantity.mantissa() == 0 || quantity.mantissa() == HEART_RATE_FULL),
                                MeasurementStatus.QUESTIONABLE)
                        .build())));
        return List.copyOf(observations);
    }

    private static Map<Metric, Term> terms() {
        Map<Metric, Term> terms = new EnumMap<>(Metric.class);
        terms.put(Metric.TOTAL_DISTANCE, new Term(Mdc.MDC_HF_DISTANCE, Units.MDC_DIM_M));
        terms.put(Metric.INCLINATION, new Term(Mdc.MDC_HF_INCLINE, Units.MDC_DIM_PERCENT));
        terms.put(Metric.POSITIVE_GAIN_DECIMETRE, new Term(Mdc.MDC_HF_ALT_GAIN, Units.MDC_DIM_M));
        terms.put(Metric.NEGATIVE_GAIN_DECIMETRE, new Term(Mdc.MDC_HF_ALT_LOSS, Units.MDC_DIM_M));
        terms.put(Metric.POSITIVE_GAIN, new Term(Mdc.MDC_HF_ALT_GAIN, Units.MDC_DIM_M));
        terms.put(Metric.NEGATIVE_GAIN, new Term(Mdc.MDC_HF_ALT_LOSS, Units.MDC_DIM_M));
        terms.put(Metric.TOTAL_ENERGY, new Term(Mdc.MDC_HF_ENERGY, Units.MDC_DIM_KILO_CAL));
        terms.put(Metric.HEART_RATE, new Term(Mdc.MDC_HF_HR, Units.MDC_DIM_BEAT_PER_MIN));
        terms.put(Metric.ELAPSED_TIME, new Term(Mdc.MDC_HF_ACTIVITY_TIME, Units.MDC_DIM_SEC));
        terms.put(Metric.POWER_OUTPUT, new Term(Mdc.MDC_HF_POWER, Units.MDC_DIM_WATT));
        terms.put(Metric.STEP_RATE, new Term(Mdc.MDC_HF_CAD, Units.MDC_DIM_STEP_PER_MIN));
        terms.put(Metric.INSTANTANEOUS_POWER, new Term(Mdc.MDC_HF_POWER, Units.MDC_DIM_WATT));
        terms.put(Metric.STROKE_RATE, new Term(Mdc.MDC_HF_CAD, Units.MDC_DIM_PER_MIN));
        terms.put(Metric.INSTANTANEOUS_CADENCE, new Term(Mdc.MDC_HF_CAD, Units.MDC_DIM_RPM));
        return terms;
    }
}
