package org.openiomt.ble.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.thermometer.IntermediateTemperature;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureSite;
import org.openiomt.ble.profile.thermometer.TemperatureUnit;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Body temperatures, with the site as a supplemental type. A temperature that is no number is NOT_AVAILABLE; a reading while
 * the measurement goes on is an EARLY_INDICATION.
 */
public final class TemperatureObservations {
    private static final Map<TemperatureSite, Code> SITES = Map.of(
            TemperatureSite.ARMPIT, Mdc.MDC_TEMP_AXILLA,
            TemperatureSite.BODY, Mdc.MDC_TEMP_BODY,
            TemperatureSite.EAR, Mdc.MDC_TEMP_EAR,
            TemperatureSite.FINGER, Mdc.MDC_TEMP_FINGER,
            TemperatureSite.GASTROINTESTINAL, Mdc.MDC_TEMP_GIT,
            TemperatureSite.MOUTH, Mdc.MDC_TEMP_ORAL,
            TemperatureSite.RECTUM, Mdc.MDC_TEMP_RECT,
            TemperatureSite.TOE, Mdc.MDC_TEMP_TOE,
            TemperatureSite.TYMPANUM, Mdc.MDC_TEMP_TYMP);

    private TemperatureObservations() {}

    /** Returns the temperature. */
    public static List<Observation> of(TemperatureMeasurement measurement, Arrival arrival) {
        return of(measurement, Optional.empty(), arrival);
    }

    /**
     * Returns the temperature.
     *
     * @param site where the thermometer always measures, for a measurement that does not say it
     */
    public static List<Observation> of(
            TemperatureMeasurement measurement, Optional<TemperatureSite> site, Arrival arrival) {
        return List.of(temperature(measurement, site, arrival).build());
    }

    /** Returns the temperature so far. */
    public static List<Observation> of(IntermediateTemperature intermediate, Arrival arrival) {
        return List.of(temperature(intermediate.reading(), Optional.empty(), arrival)
                .status(MeasurementStatus.EARLY_INDICATION)
                .build());
    }

    private static ObservationBuilder temperature(
            TemperatureMeasurement measurement, Optional<TemperatureSite> site, Arrival arrival) {
        ObservationBuilder temperature = Readings.numeric(
                        arrival, Mdc.MDC_TEMP_BODY, measurement.temperature(), unit(measurement.unit()))
                .at(measurement.takenAt());
        measurement
                .site()
                .or(() -> site)
                .map(SITES::get)
                .ifPresent(code -> temperature.with(Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES, new Value.Coded(code)));
        return temperature;
    }

    private static Code unit(TemperatureUnit unit) {
        return switch (unit) {
            case CELSIUS -> Units.MDC_DIM_DEGC;
            case FAHRENHEIT -> Units.MDC_DIM_FAHR;
        };
    }
}
