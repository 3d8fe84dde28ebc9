package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.BloodPressureStatus;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedDetails;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.PressureUnit;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

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
        return frame(measurement, arrival)
                .measured(measurement.systolic(), measurement.diastolic(), measurement.meanArterialPressure());
    }

    /** Returns the pressure in the cuff, then the pulse rate where there is one; both while the measurement goes on. */
    public static List<Observation> of(IntermediateCuffPressure intermediate, Arrival arrival) {
        return frame(intermediate.frame(), arrival).inflating(intermediate.cuffPressure());
    }

    /** Returns the blood pressure (systolic, diastolic, mean), then the pulse rate where there is one. */
    public static List<Observation> of(EnhancedBloodPressureMeasurement measurement, Arrival arrival) {
        return frame(measurement.details(), measurement.remainder(), arrival)
                .measured(measurement.systolic(), measurement.diastolic(), measurement.meanArterialPressure());
    }

    /** Returns the pressure in the cuff, then the pulse rate where there is one; both while the measurement goes on. */
    public static List<Observation> of(EnhancedIntermediateCuffPressure intermediate, Arrival arrival) {
        return frame(intermediate.details(), intermediate.remainder(), arrival).inflating(intermediate.cuffPressure());
    }

    /**
     * Returns what a stored record observes; nothing when its check sum does not prove it. A record whose reading bears no time
     * is named by its number; any other by its time, so that it is the same observation as the one that was sent at once.
     */
    public static List<Observation> of(BloodPressureRecord stored, Arrival arrival) {
        if (stored.reading().isEmpty() || !stored.check().isTrusted()) {
            return List.of();
        }
        Described reading = stored.reading().get();
        int number = stored.sequenceNumber();
        if (reading instanceof BloodPressureMeasurement measurement) {
            return frame(measurement, arrival)
                    .stored(number)
                    .measured(measurement.systolic(), measurement.diastolic(), measurement.meanArterialPressure());
        }
        if (reading instanceof IntermediateCuffPressure intermediate) {
            return frame(intermediate.frame(), arrival).stored(number).inflating(intermediate.cuffPressure());
        }
        if (reading instanceof EnhancedBloodPressureMeasurement measurement) {
            return frame(measurement.details(), measurement.remainder(), arrival)
                    .stored(number)
                    .measured(measurement.systolic(), measurement.diastolic(), measurement.meanArterialPressure());
        }
        if (reading instanceof EnhancedIntermediateCuffPressure intermediate) {
            return frame(intermediate.details(), intermediate.remainder(), arrival)
                    .stored(number)
                    .inflating(intermediate.cuffPressure());
        }
        throw new AssertionError(reading);
    }

    private static Frame frame(BloodPressureMeasurement frame, Arrival arrival) {
        return new Frame(
                arrival,
                unit(frame.unit()),
                frame.status(),
                frame.pulseRate(),
                frame.userId(),
                frame.takenAt().<DeviceTime>map(DeviceTime.WallClock::of).orElseGet(DeviceTime.None::new),
                OptionalLong.empty(),
                isPlaceUncertain(frame.remainder()));
    }

    private static Frame frame(EnhancedDetails details, Remainder remainder, Arrival arrival) {
        return new Frame(
                arrival,
                unit(details.unit()),
                details.status(),
                details.pulseRate(),
                details.userId(),
                time(details),
                OptionalLong.empty(),
                isPlaceUncertain(remainder));
    }

    /** The clock that the person sees is the device's own and a correction. */
    private static DeviceTime time(EnhancedDetails details) {
        Optional<LocalDateTime> base = details.takenAt().flatMap(DeviceDateTime::local);
        Optional<LocalDateTime> seen = details.userFacingTime().flatMap(DeviceDateTime::local);
        if (base.isPresent() && seen.isPresent()) {
            return new DeviceTime.BaseOffset(details.takenAt().get(), Duration.between(base.get(), seen.get()));
        }
        return details.takenAt()
                .or(details::userFacingTime)
                .<DeviceTime>map(DeviceTime.WallClock::of)
                .orElseGet(DeviceTime.None::new);
    }

    /** What every value of one frame shares. */
    private record Frame(
            Arrival arrival,
            Code unit,
            Optional<BloodPressureStatus> status,
            Optional<MedicalFloat> pulseRate,
            OptionalInt userId,
            DeviceTime time,
            OptionalLong number,
            boolean isPlaceUncertain) {

        Frame stored(int sequenceNumber) {
            OptionalLong named = time.local().isPresent() ? OptionalLong.empty() : OptionalLong.of(sequenceNumber);
            return new Frame(arrival, unit, status, pulseRate, userId, time, named, isPlaceUncertain);
        }

        List<Observation> measured(MedicalFloat systolic, MedicalFloat diastolic, MedicalFloat mean) {
            boolean isSystolic = !Readings.isAbsent(systolic);
            boolean isDiastolic = !Readings.isAbsent(diastolic);
            boolean isAny = isSystolic || isDiastolic || !Readings.isAbsent(mean);
            ObservationBuilder pressure = arrival.observe(
                            Mdc.MDC_PRESS_BLD_NONINV,
                            Value.Compound.of(
                                    new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_SYS, Value.Numeric.of(systolic, unit)),
                                    new Value.Component(
                                            Mdc.MDC_PRESS_BLD_NONINV_DIA, Value.Numeric.of(diastolic, unit)),
                                    new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_MEAN, Value.Numeric.of(mean, unit))))
                    .statusIf(!isAny, MeasurementStatus.NOT_AVAILABLE)
                    .statusIf(isAny && !(isSystolic && isDiastolic), MeasurementStatus.QUESTIONABLE)
                    .statusIf(
                            status.filter(BloodPressureObservations::isDisturbed)
                                    .isPresent(),
                            MeasurementStatus.QUESTIONABLE);
            status.ifPresent(found -> pressure.with(
                    Mdc.MDC_BLOOD_PRESSURE_MEASUREMENT_STATUS,
                    new Value.Flags(found.bits(), BloodPressureStatus.WIDTH)));
            return withPulse(pressure, UnaryOperator.identity());
        }

        List<Observation> inflating(MedicalFloat cuffPressure) {
            return withPulse(
                    Readings.numeric(arrival, Mdc.MDC_PRESS_CUFF, cuffPressure, unit),
                    builder -> builder.status(MeasurementStatus.MEASUREMENT_ONGOING));
        }

        private List<Observation> withPulse(ObservationBuilder pressure, UnaryOperator<ObservationBuilder> mark) {
            List<Observation> observations = new ArrayList<>();
            observations.add(finish(mark.apply(pressure)));
            pulseRate.ifPresent(rate -> observations.add(finish(
                    mark.apply(Readings.numeric(arrival, Mdc.MDC_PULS_RATE_NON_INV, rate, Units.MDC_DIM_BEAT_PER_MIN))
                            .statusIf(isPlaceUncertain, MeasurementStatus.QUESTIONABLE))));
            return List.copyOf(observations);
        }

        private Observation finish(ObservationBuilder builder) {
            number.ifPresent(builder::sequence);
            return builder.at(time)
                    .user(Readings.user(userId, BloodPressureMeasurement.UNKNOWN_USER))
                    .build();
        }
    }

    private static boolean isPlaceUncertain(Remainder remainder) {
        return remainder.unknownFlags() != 0 && remainder.trailing().length > 0;
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
