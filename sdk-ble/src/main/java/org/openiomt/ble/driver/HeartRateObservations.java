package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Contact;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Heart rates, intervals between beats, energy expended.
 *
 * <pre>
 * what the device says               status
 * no contact, rate 0                 NOT_AVAILABLE: nothing was measured
 * no contact, another rate           QUESTIONABLE, its intervals too
 * contact or no word of it, rate 0   QUESTIONABLE: some sensors send 0 until they have a rate
 * energy expended 65,535             QUESTIONABLE: the counter is full, it was this much or more
 * </pre>
 *
 * An interval is a number of its own, in ms: n/1024 s = n x 0.9765625 ms exactly, so that no beat is moved by rounding. The 7
 * decimals are not the sensor's resolution, which is 1/1024 s.
 */
public final class HeartRateObservations {
    /** 1/1024 s is 9,765,625 x 10<sup>-7</sup> ms. */
    private static final long TICK = 9_765_625;

    private static final int TICK_EXPONENT = -7;
    private static final int ENERGY_FULL = 0xFFFF;

    private HeartRateObservations() {}

    /** Returns the heart rate, then the intervals from the oldest on, then the energy, where there are any. */
    public static List<Observation> of(HeartRateMeasurement measurement, Arrival arrival) {
        boolean isOff = measurement.contact() == Contact.NOT_DETECTED;
        boolean isZero = measurement.heartRate() == 0;
        List<Observation> observations = new ArrayList<>();
        observations.add(Readings.numeric(
                        arrival,
                        Mdc.MDC_ECG_HEART_RATE,
                        MedicalFloat.of(measurement.heartRate(), 0),
                        Units.MDC_DIM_BEAT_PER_MIN)
                .statusIf(isOff && isZero, MeasurementStatus.NOT_AVAILABLE)
                .statusIf(isOff != isZero, MeasurementStatus.QUESTIONABLE)
                .build());
        int part = 0;
        for (int interval : measurement.rrIntervals1024().orElse(List.of())) {
            observations.add(Readings.numeric(
                            arrival,
                            Mdc.MDC_ECG_TIME_PD_RR_GL,
                            MedicalFloat.of(interval * TICK, TICK_EXPONENT),
                            Units.MDC_DIM_MILLI_SEC)
                    .statusIf(isOff, MeasurementStatus.QUESTIONABLE)
                    .part(part++)
                    .build());
        }
        measurement
                .energyExpendedKilojoule()
                .ifPresent(energy -> observations.add(Readings.numeric(
                                arrival, Mdc.MDC_HF_ENERGY, MedicalFloat.of(energy, 0), Units.MDC_DIM_KILO_JOULES)
                        .statusIf(energy == ENERGY_FULL, MeasurementStatus.QUESTIONABLE)
                        .build()));
        return List.copyOf(observations);
    }
}
