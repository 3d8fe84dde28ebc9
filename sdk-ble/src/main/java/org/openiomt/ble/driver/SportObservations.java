package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.speedcadence.Revolutions;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Speed, cadence, power, energy and distance of running and cycling sensors, in the unit of the wire. What one value does not
 * say is not computed: turns of a crank become a cadence with a second value, turns of a wheel a speed only with its
 * circumference, which no sensor knows.
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

    /** Returns the cadence of the turns of a crank: 0 when it stood still, nothing when their times do not say. */
    public static List<Observation> of(Revolutions.Turned turned, Arrival arrival) {
        return cadence(turned)
                .map(cadence -> Readings.numeric(arrival, Mdc.MDC_HF_CAD, cadence, Units.MDC_DIM_RPM)
                        .build())
                .map(List::of)
                .orElseGet(List::of);
    }

    /** Returns turns a minute to one decimal: a tick more or less changes no more at any cadence of a person. */
    private static Optional<MedicalFloat> cadence(Revolutions.Turned turned) {
        if (turned.isStill()) {
            return Optional.of(MedicalFloat.of(0, -1));
        }
        OptionalDouble perMinute = turned.perMinute();
        return perMinute.isPresent()
                ? Optional.of(MedicalFloat.from(
                        BigDecimal.valueOf(perMinute.getAsDouble()).setScale(1, RoundingMode.HALF_EVEN)))
                : Optional.empty();
    }
}
