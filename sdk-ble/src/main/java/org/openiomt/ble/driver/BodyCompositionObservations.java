package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.profile.weight.UnitSystem;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Body fat and what a scale derives with it, at the resolution of the wire. An unsuccessful body fat is NaN and NOT_AVAILABLE; what
 * is derived by the same electrical measurement is then QUESTIONABLE, weight and height are not. The basal metabolism is the
 * energy of one day. The impedance has no known term and is left out.
 */
public final class BodyCompositionObservations {
    private static final Map<Part, Code> TYPES = Map.of(
            Part.BASAL_METABOLISM, Mdc.MDC_BASAL_METABOLISM,
            Part.MUSCLE_PERCENTAGE, Mdc.MDC_BODY_MUSCLE,
            Part.MUSCLE_MASS, Mdc.MDC_MASS_BODY_MUSCLE,
            Part.FAT_FREE_MASS, Mdc.MDC_MASS_BODY_FAT_FREE,
            Part.SOFT_LEAN_MASS, Mdc.MDC_MASS_BODY_SOFT_LEAN,
            Part.BODY_WATER_MASS, Mdc.MDC_BODY_WATER,
            Part.WEIGHT, Mdc.MDC_MASS_BODY_ACTUAL,
            Part.HEIGHT, Mdc.MDC_LEN_BODY_ACTUAL);

    private BodyCompositionObservations() {}

    /** Returns every type that there can be. */
    static List<Code> types() {
        return Stream.concat(Stream.of(Mdc.MDC_BODY_FAT), TYPES.values().stream())
                .toList();
    }

    /** Returns the body fat, then what else was measured, in the order of the layout. */
    public static List<Observation> of(BodyCompositionMeasurement measurement, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        observations.add(finish(
                Readings.numeric(arrival, Mdc.MDC_BODY_FAT, measurement.bodyFat(), Units.MDC_DIM_PERCENT),
                measurement));
        measurement.parts().forEach((part, value) -> {
            Code type = TYPES.get(part);
            if (type != null) {
                observations.add(finish(
                        Readings.numeric(arrival, type, value, unit(part, measurement.units()))
                                .statusIf(
                                        !measurement.isSuccessful() && isDerived(part), MeasurementStatus.QUESTIONABLE),
                        measurement));
            }
        });
        return List.copyOf(observations);
    }

    private static Observation finish(ObservationBuilder builder, BodyCompositionMeasurement measurement) {
        return builder.at(measurement.takenAt())
                .user(Readings.user(measurement.userId(), BodyCompositionMeasurement.UNKNOWN_USER))
                .build();
    }

    private static boolean isDerived(Part part) {
        return part != Part.WEIGHT && part != Part.HEIGHT;
    }

    private static Code unit(Part part, UnitSystem units) {
        return switch (part) {
            case BASAL_METABOLISM -> Units.MDC_DIM_KILO_JOULES;
            case MUSCLE_PERCENTAGE -> Units.MDC_DIM_PERCENT;
            case MUSCLE_MASS, FAT_FREE_MASS, SOFT_LEAN_MASS, BODY_WATER_MASS, WEIGHT ->
                units == UnitSystem.SI ? Units.MDC_DIM_KILO_G : Units.MDC_DIM_LB;
            case IMPEDANCE -> Units.MDC_DIM_OHM;
            case HEIGHT -> units == UnitSystem.SI ? Units.MDC_DIM_M : Units.MDC_DIM_INCH;
        };
    }
}
