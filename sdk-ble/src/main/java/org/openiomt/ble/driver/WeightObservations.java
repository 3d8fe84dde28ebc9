package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.ble.profile.weight.UnitSystem;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Body weights, heights and mass indexes, at the resolution of the wire. An unsuccessful weight is NaN and NOT_AVAILABLE, and an
 * index beside it QUESTIONABLE.
 */
public final class WeightObservations {
    private WeightObservations() {}

    /** Returns the weight, then the height and the body mass index that was computed from both, where there are any. */
    public static List<Observation> of(WeightMeasurement measurement, Arrival arrival) {
        boolean isSi = measurement.units() == UnitSystem.SI;
        Observation weight = finish(
                Readings.numeric(
                        arrival,
                        Mdc.MDC_MASS_BODY_ACTUAL,
                        measurement.weight(),
                        isSi ? Units.MDC_DIM_KILO_G : Units.MDC_DIM_LB),
                measurement);
        return measurement
                .bodyMass()
                .map(mass -> {
                    Observation height = finish(
                            Readings.numeric(
                                    arrival,
                                    Mdc.MDC_LEN_BODY_ACTUAL,
                                    mass.height(),
                                    isSi ? Units.MDC_DIM_M : Units.MDC_DIM_INCH),
                            measurement);
                    Observation index = finish(
                            Readings.numeric(
                                            arrival,
                                            Mdc.MDC_RATIO_MASS_BODY_LEN_SQ,
                                            mass.bmi(),
                                            Units.MDC_DIM_KG_PER_M_SQ)
                                    .statusIf(!measurement.isSuccessful(), MeasurementStatus.QUESTIONABLE)
                                    .derivedFrom(List.of(weight.id(), height.id())),
                            measurement);
                    return List.of(weight, height, index);
                })
                .orElseGet(() -> List.of(weight));
    }

    private static Observation finish(ObservationBuilder builder, WeightMeasurement measurement) {
        return builder.at(measurement.takenAt())
                .user(Readings.user(measurement.userId(), WeightMeasurement.UNKNOWN_USER))
                .build();
    }
}
