package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Glucose concentrations of a continuous sensor.
 *
 * <pre>
 * known            time of a record
 * start of session wall clock: start + minutes, with the offset from UTC when the start has one
 * nothing, or a    minutes as ticks, which say nothing about the day
 * start with gaps
 * </pre>
 *
 * The sensor's type in the feature characteristic chooses the MDC term, {@code MDC_CONC_GLU_GEN} when it was not read. Records
 * whose check sum is wrong, or is not known to be one, observe nothing. What makes a value wrong (a fault, the wrong sensor, too
 * hot or too cold, beyond the range, a calibration that is required, a session that has ended) makes it QUESTIONABLE. Trend and
 * quality have no MDC term in our table and stay in the record.
 */
public final class ContinuousGlucoseObservations {
    private static final int TYPE_CONTROL_SOLUTION = 10;

    /** More than a time offset can have. */
    private static final int MINUTES = 1 << Short.SIZE;

    private static final Set<CgmFinding> DOUBTS = EnumSet.of(
            CgmFinding.SESSION_STOPPED,
            CgmFinding.SENSOR_TYPE_INCORRECT,
            CgmFinding.SENSOR_MALFUNCTION,
            CgmFinding.GENERAL_FAULT,
            CgmFinding.CALIBRATION_REQUIRED,
            CgmFinding.TEMPERATURE_TOO_HIGH,
            CgmFinding.TEMPERATURE_TOO_LOW,
            CgmFinding.RESULT_TOO_LOW,
            CgmFinding.RESULT_TOO_HIGH);

    private static final Map<Integer, Code> TYPES = Map.of(
            1, Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD,
            2, Mdc.MDC_CONC_GLU_CAPILLARY_PLASMA,
            3, Mdc.MDC_CONC_GLU_VENOUS_WHOLEBLOOD,
            4, Mdc.MDC_CONC_GLU_VENOUS_PLASMA,
            5, Mdc.MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD,
            6, Mdc.MDC_CONC_GLU_ARTERIAL_PLASMA,
            7, Mdc.MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD,
            8, Mdc.MDC_CONC_GLU_UNDETERMINED_PLASMA,
            9, Mdc.MDC_CONC_GLU_ISF,
            10, Mdc.MDC_CONC_GLU_CONTROL);

    private ContinuousGlucoseObservations() {}

    /**
     * What is known about the sensor beside its records.
     *
     * @param features the feature characteristic, when it was read
     * @param start the start of the session, when it was read
     */
    public record Session(Optional<CgmFeatures> features, Optional<SessionStartTime> start) {
        /** Nothing is known. */
        public static final Session UNKNOWN = new Session(Optional.empty(), Optional.empty());

        private Code type() {
            return features.map(known -> TYPES.get(known.type())).orElse(Mdc.MDC_CONC_GLU_GEN);
        }

        private boolean isControl() {
            return features.filter(known -> known.type() == TYPE_CONTROL_SOLUTION)
                    .isPresent();
        }

        private DeviceTime time(int minutes) {
            Optional<LocalDateTime> begin = start.filter(known -> known.check().isTrusted())
                    .flatMap(known -> known.dateTime().local());
            return Readings.at(
                    begin.map(time -> time.plusMinutes(minutes)),
                    start.flatMap(SessionStartTime::offset),
                    new DeviceTime.Ticks(minutes, Duration.ofMinutes(1)));
        }
    }

    /** Returns the concentrations of a sensor of which nothing else is known. */
    public static List<Observation> of(CgmMeasurement measurement, Arrival arrival) {
        return of(measurement, Session.UNKNOWN, arrival);
    }

    /** Returns the concentrations in the order of the records. */
    public static List<Observation> of(CgmMeasurement measurement, Session session, Arrival arrival) {
        List<Observation> observations = new ArrayList<>();
        Map<Integer, List<CgmRecord>> byMinute = new HashMap<>();
        for (CgmRecord record : measurement.records()) {
            if (record.check().isTrusted()) {
                List<CgmRecord> ofMinute = byMinute.computeIfAbsent(record.timeOffsetMinutes(), m -> new ArrayList<>());
                if (!ofMinute.contains(record)) {
                    ofMinute.add(record);
                }
                int part = record.timeOffsetMinutes() + ofMinute.indexOf(record) * MINUTES;
                observations.add(observation(record, part, session, arrival));
            }
        }
        return observations;
    }

    /** Returns an observation; {@code part} gives different records of one minute ids of their own. */
    private static Observation observation(CgmRecord record, int part, Session session, Arrival arrival) {
        Set<CgmFinding> findings = record.findings();
        ObservationBuilder builder = Readings.numeric(
                        arrival, session.type(), record.glucoseMilligramPerDecilitre(), Units.MDC_DIM_MILLI_G_PER_DL)
                .at(session.time(record.timeOffsetMinutes()))
                .part(part)
                .statusIf(session.isControl(), MeasurementStatus.TEST_DATA)
                .statusIf(findings.stream().anyMatch(DOUBTS::contains), MeasurementStatus.QUESTIONABLE)
                .statusIf(findings.contains(CgmFinding.CALIBRATION_PENDING), MeasurementStatus.CALIBRATION_ONGOING);
        return findings.contains(CgmFinding.TIME_SYNCHRONISATION_REQUIRED)
                ? builder.clock(new ClockState(
                                ClockState.Synchronisation.NOT_SYNCHRONISED,
                                arrival.clock().continuity()))
                        .build()
                : builder.build();
    }
}
