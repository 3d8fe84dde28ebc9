package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureStatus;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.PressureUnit;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Blood pressures and pulse rates of a cuff.
 *
 * <pre>
 * what the device says                            status of the blood pressure
 * no pressure is a number (NaN, NRes, reserved)   NOT_AVAILABLE: a failed measurement, values kept as sent
 * systolic or diastolic alone is no number        QUESTIONABLE
 * mean alone is no number                         none: many cuffs do not measure it
 * body moved, cuff too loose, position improper   QUESTIONABLE
 * irregular pulse, pulse out of range             none: findings, in the supplemental status
 * </pre>
 *
 * A pulse rate that is no number is NOT_AVAILABLE. It is QUESTIONABLE when the value has both unknown flags and octets behind
 * its last field: an unknown field may then lie before it. Readings during inflation bear MEASUREMENT_ONGOING.
 */
public final class BloodPressureObservations {
    private BloodPressureObservations() {}

    /** Returns the blood pressure (systolic, diastolic, mean), then the pulse rate where there is one. */
    public static List<Observation> of(BloodPressureMeasurement measurement, Arrival arrival) {
        Code unit = unit(measurement.unit());
        boolean isSystolic = !Readings.isAbsent(measurement.systolic());
        boolean isDiastolic = !Readings.isAbsent(measurement.diastolic());
        boolean isAny = isSystolic || isDiastolic || !Readings.isAbsent(measurement.meanArterialPressure());
        ObservationBuilder pressure = arrival.observe(
                        Mdc.MDC_PRESS_BLD_NONINV,
                        Value.Compound.of(
                                new Value.Component(
                                        Mdc.MDC_PRESS_BLD_NONINV_SYS, Value.Numeric.of(measurement.systolic(), unit)),
                                new Value.Component(
                                        Mdc.MDC_PRESS_BLD_NONINV_DIA, Value.Numeric.of(measurement.diastolic(), unit)),
                                new Value.Component(
                                        Mdc.MDC_PRESS_BLD_NONINV_MEAN,
                                        Value.Numeric.of(measurement.meanArterialPressure(), unit))))
                .statusIf(!isAny, MeasurementStatus.NOT_AVAILABLE)
                .statusIf(isAny && !(isSystolic && isDiastolic), MeasurementStatus.QUESTIONABLE)
                .statusIf(
                        measurement
                                .status()
                                .filter(BloodPressureObservations::isDisturbed)
                                .isPresent(),
                        MeasurementStatus.QUESTIONABLE);
        measurement
                .status()
                .ifPresent(status -> pressure.with(
                        Mdc.MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS,
                        new Value.Flags(status.bits(), BloodPressureStatus.WIDTH)));
        List<Observation> observations = new ArrayList<>();
        observations.add(finish(pressure, measurement));
        pulse(measurement, arrival).ifPresent(pulse -> observations.add(finish(pulse, measurement)));
        return List.copyOf(observations);
    }

    /** Returns the pressure in the cuff, then the pulse rate where there is one; both while the measurement goes on. */
    public static List<Observation> of(IntermediateCuffPressure intermediate, Arrival arrival) {
        BloodPressureMeasurement frame = intermediate.frame();
        List<Observation> observations = new ArrayList<>();
        observations.add(finish(
                Readings.numeric(arrival, Mdc.MDC_PRESS_CUFF, intermediate.cuffPressure(), unit(frame.unit()))
                        .status(MeasurementStatus.MEASUREMENT_ONGOING),
                frame));
        pulse(frame, arrival)
                .ifPresent(
                        pulse -> observations.add(finish(pulse.status(MeasurementStatus.MEASUREMENT_ONGOING), frame)));
        return List.copyOf(observations);
    }

    private static Optional<ObservationBuilder> pulse(BloodPressureMeasurement frame, Arrival arrival) {
        boolean isPlaceUncertain =
                frame.remainder().unknownFlags() != 0 && frame.remainder().trailing().length > 0;
        return frame.pulseRate()
                .map(rate -> Readings.numeric(arrival, Mdc.MDC_PULS_RATE_NON_INV, rate, Units.MDC_DIM_BEAT_PER_MIN)
                        .statusIf(isPlaceUncertain, MeasurementStatus.QUESTIONABLE));
    }

    private static Observation finish(ObservationBuilder builder, BloodPressureMeasurement frame) {
        return builder.at(frame.takenAt())
                .user(Readings.user(frame.userId(), BloodPressureMeasurement.UNKNOWN_USER))
                .build();
    }

    private static boolean isDisturbed(BloodPressureStatus status) {
        return status.isBodyMoved() || status.isCuffTooLoose() || status.isPositionImproper();
    }

    private static Code unit(PressureUnit unit) {
        return switch (unit) {
            case MMHG -> Units.MDC_DIM_MMHG;
            case KPA -> Units.MDC_DIM_KILO_PASCAL;
        };
    }
}
