package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Temperatures of rooms, for which a term is known; other readings of the environment are not observed. A temperature that the
 * sensor does not know is NaN and NOT_AVAILABLE, and one colder than can be is INVALID.
 */
public final class EnvironmentalObservations {
    private EnvironmentalObservations() {}

    /** Returns the temperature; empty for a reading of another kind. */
    public static List<Observation> of(EnvironmentalReading reading, Arrival arrival) {
        if (reading.kind() != Kind.TEMPERATURE) {
            return List.of();
        }
        return List.of(Readings.numeric(arrival, Mdc.MDC_TEMP_ROOM, reading.value(), Units.MDC_DIM_DEGC)
                .statusIf(reading.value().isFinite() && !reading.isInRange(), MeasurementStatus.INVALID)
                .build());
    }
}
