package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Speed, cadence, power, energy and distance of running and cycling sensors, in the unit of the wire. What one value does not
 * say is not computed: turns of a wheel or a crank become a speed only with a second value and a circumference.
 */
public final class SportObservations {
    private SportObservations() {}

    /** Returns speed and cadence, then the length of the stride and the distance, where there are any. */
    public static List<Observation> of(RunningMeasurement measurement, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        observations.add(Readings.numeric(arrival, Mdc.MDC_HF_SPEED, measurement.speed(), Units.MDC_DIM_M_PER_SEC)
                .build());
        observations.add(Readings.numeric(
                        arrival, Mdc.MDC_HF_CAD, MedicalFloat.of(measurement.cadence(), 0), Units.MDC_DIM_PER_MIN)
                .build());
        measurement
                .strideLengthCentimetre()
                .ifPresent(stride -> observations.add(
                        Readings.numeric(arrival, Mdc.MDC_HF_STRIDE, MedicalFloat.of(stride, 0), Units.MDC_DIM_CENTI_M)
                                .build()));
        measurement
                .totalDistanceDecimetre()
                .ifPresent(distance -> observations.add(
                        Readings.numeric(arrival, Mdc.MDC_HF_DISTANCE, MedicalFloat.of(distance, -1), Units.MDC_DIM_M)
                                .build()));
        return List.copyOf(observations);
    }

    /** Returns the power, then the energy so far, where there is one. */
    public static List<Observation> of(CyclingPowerMeasurement measurement, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        observations.add(Readings.numeric(
                        arrival, Mdc.MDC_HF_POWER, MedicalFloat.of(measurement.powerWatt(), 0), Units.MDC_DIM_WATT)
                .build());
        measurement
                .accumulatedEnergyKilojoule()
                .ifPresent(energy -> observations.add(Readings.numeric(
                                arrival, Mdc.MDC_HF_ENERGY, MedicalFloat.of(energy, 0), Units.MDC_DIM_KILO_JOULES)
                        .build()));
        return List.copyOf(observations);
    }
}
