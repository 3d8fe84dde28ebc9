package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.OximeterStatus;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SensorStatus;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Saturations of oxygen, pulse rates and pulse amplitudes of an oximeter. What the device says about a frame holds for each of
 * its values.
 *
 * <pre>
 * what the device says                                       status
 * measurement status                                         the status of the same name; "fully qualified" and "from
 *                                                            storage" are none
 * sensor off the person, not connected or faulty; faulty     INVALID
 * device
 * signal inadequate, poor, erratic, irregular or without     QUESTIONABLE
 * pulse; pulse doubtful; interference; sensor displaced
 * or unknown
 * still looks for a signal                                   MEASUREMENT_ONGOING
 * low perfusion, longer update of the display                none: findings, in the supplemental sensor status
 * </pre>
 *
 * A value that is no number is NOT_AVAILABLE. Spot checks and values averaged over a shorter or longer time bear the modality
 * as a supplemental type. A clock that the device calls unset is not synchronised.
 */
public final class PulseOximeterObservations {
    private static final Map<OximeterStatus, MeasurementStatus> STATUS = new EnumMap<>(Map.of(
            OximeterStatus.MEASUREMENT_ONGOING, MeasurementStatus.MEASUREMENT_ONGOING,
            OximeterStatus.EARLY_ESTIMATE, MeasurementStatus.EARLY_INDICATION,
            OximeterStatus.VALIDATED, MeasurementStatus.VALIDATED_DATA,
            OximeterStatus.DEMONSTRATION, MeasurementStatus.DEMO_DATA,
            OximeterStatus.TEST, MeasurementStatus.TEST_DATA,
            OximeterStatus.CALIBRATION_ONGOING, MeasurementStatus.CALIBRATION_ONGOING,
            OximeterStatus.UNAVAILABLE, MeasurementStatus.NOT_AVAILABLE,
            OximeterStatus.QUESTIONABLE, MeasurementStatus.QUESTIONABLE,
            OximeterStatus.INVALID, MeasurementStatus.INVALID));

    private static final int SENSOR_STATUS_WIDTH = 16;

    private PulseOximeterObservations() {}

    /** Returns the saturation, the pulse rate, and the pulse amplitude where there is one. */
    public static List<Observation> of(SpotCheckMeasurement measurement, Arrival arrival) {
        ClockState unset = new ClockState(
                ClockState.Synchronisation.NOT_SYNCHRONISED, arrival.clock().continuity());
        Frame frame = new Frame(
                arrival,
                measurement.measurementStatus(),
                measurement.deviceSensorStatus(),
                builder -> measurement.clock() == SpotCheckMeasurement.Clock.NOT_SET
                        ? builder.at(measurement.takenAt()).clock(unset)
                        : builder.at(measurement.takenAt()));
        List<Observation> observations = new ArrayList<>();
        frame.addPair(observations, measurement.oximetry(), Optional.of(Mdc.MDC_MODALITY_SPOT), 0);
        frame.addAmplitude(observations, measurement.pulseAmplitudeIndex(), Optional.of(Mdc.MDC_MODALITY_SPOT));
        return List.copyOf(observations);
    }

    /** Returns saturation and pulse rate, as usual, fast and slow where there are such, then the pulse amplitude. */
    public static List<Observation> of(ContinuousMeasurement measurement, Arrival arrival) {
        Frame frame = new Frame(
                arrival, measurement.measurementStatus(), measurement.deviceSensorStatus(), UnaryOperator.identity());
        List<Observation> observations = new ArrayList<>();
        frame.addPair(observations, measurement.normal(), Optional.empty(), 0);
        measurement.fast().ifPresent(fast -> frame.addPair(observations, fast, Optional.of(Mdc.MDC_MODALITY_FAST), 1));
        measurement.slow().ifPresent(slow -> frame.addPair(observations, slow, Optional.of(Mdc.MDC_MODALITY_SLOW), 2));
        frame.addAmplitude(observations, measurement.pulseAmplitudeIndex(), Optional.empty());
        return List.copyOf(observations);
    }

    /** What holds for every value of one frame. */
    private record Frame(
            Arrival arrival,
            OptionalInt measurementStatus,
            OptionalInt sensorStatus,
            UnaryOperator<ObservationBuilder> timed) {

        void addPair(List<Observation> observations, Oximetry pair, Optional<Code> modality, int part) {
            observations.add(observation(Mdc.MDC_PULS_OXIM_SAT_O2, pair.spO2(), Units.MDC_DIM_PERCENT, modality, part));
            observations.add(observation(
                    Mdc.MDC_PULS_OXIM_PULS_RATE, pair.pulseRate(), Units.MDC_DIM_BEAT_PER_MIN, modality, part));
        }

        void addAmplitude(List<Observation> observations, Optional<MedicalFloat> amplitude, Optional<Code> modality) {
            amplitude.ifPresent(index -> observations.add(
                    observation(Mdc.MDC_PULS_OXIM_PERF_REL, index, Units.MDC_DIM_PERCENT, modality, 0)));
        }

        private Observation observation(Code type, MedicalFloat value, Code unit, Optional<Code> modality, int part) {
            ObservationBuilder builder =
                    timed.apply(Readings.numeric(arrival, type, value, unit)).part(part);
            remarks().forEach(builder::status);
            modality.ifPresent(code -> builder.with(Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES, new Value.Coded(code)));
            sensorStatus.ifPresent(bits -> builder.with(Mdc.MDC_PULS_OXIM_DEV_STATUS, sensorFlags(bits)));
            return builder.build();
        }

        private Set<MeasurementStatus> remarks() {
            Set<MeasurementStatus> remarks = EnumSet.noneOf(MeasurementStatus.class);
            for (OximeterStatus bit : Bits.set(OximeterStatus.class, measurementStatus.orElse(0))) {
                Optional.ofNullable(STATUS.get(bit)).ifPresent(remarks::add);
            }
            for (SensorStatus bit : Bits.set(SensorStatus.class, sensorStatus.orElse(0))) {
                remark(bit).ifPresent(remarks::add);
            }
            return remarks;
        }
    }

    private static Optional<MeasurementStatus> remark(SensorStatus bit) {
        return switch (bit) {
            case SENSOR_OFF, SENSOR_DISCONNECTED, SENSOR_MALFUNCTION, EQUIPMENT_MALFUNCTION ->
                Optional.of(MeasurementStatus.INVALID);
            case SIGNAL_PROCESSING_IRREGULARITY,
                    INADEQUATE_SIGNAL,
                    POOR_SIGNAL,
                    ERRATIC_SIGNAL,
                    NON_PULSATILE_SIGNAL,
                    QUESTIONABLE_PULSE,
                    SENSOR_INTERFERENCE,
                    UNKNOWN_SENSOR,
                    SENSOR_DISPLACED -> Optional.of(MeasurementStatus.QUESTIONABLE);
            case SIGNAL_ANALYSIS_ONGOING -> Optional.of(MeasurementStatus.MEASUREMENT_ONGOING);
            case LOW_PERFUSION, EXTENDED_DISPLAY_UPDATE -> Optional.empty();
        };
    }

    /** The nomenclature counts the same 16 findings from the other end: its bit 0 is "sensor disconnected". */
    private static Value.Flags sensorFlags(int bits) {
        int known = bits & ((1 << SENSOR_STATUS_WIDTH) - 1);
        return new Value.Flags(Integer.reverse(known) >>> (Integer.SIZE - SENSOR_STATUS_WIDTH), SENSOR_STATUS_WIDTH);
    }
}
