package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.driver.ContinuousGlucoseObservations.Session;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.RecordAccess;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.CgmFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.continuousglucose.CgmStatus;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Calibration;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.CalibrationQuery;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.CalibrationStatus;
import org.openiomt.ble.quirk.Quirk;
import org.openiomt.ble.quirk.Quirks;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Remainder;

/*
 * A session with a continuous glucose sensor.
 *
 *   features -> status, start of the session -> (the time, when the sensor has none) -> records, control points -> records that are new
 *
 * Everything is read and written with the check sum that the features promise; what fails it is refused and never a value. Minutes
 * count from the start of the sensor's session: a record of the same minute of another session has another identity.
 */
final class GlucoseSensor {
    static final Channel MEASUREMENT = Gatt.channel("181f", "2aa7");
    private static final Channel FEATURE = Gatt.channel("181f", "2aa8");
    private static final Channel STATUS = Gatt.channel("181f", "2aa9");
    private static final Channel SESSION_START = Gatt.channel("181f", "2aaa");
    private static final Channel RECORD_ACCESS = Gatt.channel("181f", "2a52");
    private static final Channel CONTROL_POINT = Gatt.channel("181f", "2aac");

    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final int QUARTER = 15 * 60;

    /** What the state of the device tells, the gravest first. */
    private static final Set<CgmFinding> TOLD = EnumSet.of(
            CgmFinding.SESSION_STOPPED,
            CgmFinding.BATTERY_LOW,
            CgmFinding.SENSOR_TYPE_INCORRECT,
            CgmFinding.SENSOR_MALFUNCTION,
            CgmFinding.GENERAL_FAULT,
            CgmFinding.TIME_SYNCHRONISATION_REQUIRED,
            CgmFinding.CALIBRATION_REQUIRED,
            CgmFinding.TEMPERATURE_TOO_HIGH,
            CgmFinding.TEMPERATURE_TOO_LOW);

    private final GattSession gatt;
    private final DriverContext context;
    private final RecordAccess access;
    private final RecordHistory history;
    private Session session = Session.UNKNOWN;
    private E2eContext e2e = E2eContext.NOT_KNOWN;
    private Optional<CgmStatus> status = Optional.empty();
    private Set<CgmFinding> told = Set.of();

    GlucoseSensor(GattSession gatt) {
        this.gatt = gatt;
        this.context = gatt.context();
        this.access = new RecordAccess(gatt, RECORD_ACCESS);
        this.history = new RecordHistory(context, access, "cgm", SETTLED, false);
    }

    /** Reads, subscribes, and begins to fetch. Returns whether the sensor has measurements. */
    CompletionStage<Boolean> open() {
        return gatt.readIfPresent(FEATURE, CgmFeatures.CODEC)
                .thenCompose(features -> {
                    session = new Session(features, Optional.empty());
                    return features.isPresent()
                            ? CompletableFuture.completedFuture(features.get().e2e())
                            : DeviceQuirks.read(gatt).thenApply(GlucoseSensor::otherwise);
                })
                .thenCompose(protection -> {
                    e2e = protection;
                    return readStart();
                })
                .thenCompose(read -> readStatus())
                .thenCompose(read -> setTime())
                .thenCompose(set -> readStatus())
                .thenCompose(ready -> access.records(MEASUREMENT, CgmMeasurement.codec(e2e), this::measured))
                .thenCompose(isThere -> openControlPoints().thenApply(ready -> isThere));
    }

    /** A sensor that does not tell its features may be known for a check sum of its own. */
    private static E2eContext otherwise(List<Quirk> quirks) {
        return Quirks.effects(quirks, Quirk.CheckSum.class).stream()
                .findFirst()
                .map(sum -> E2eContext.presentWith(sum.algorithm()))
                .orElse(E2eContext.NOT_KNOWN);
    }

    private CompletionStage<Void> readStart() {
        return gatt.readIfPresent(SESSION_START, SessionStartTime.codec(e2e)).thenAccept(start -> {
            session = new Session(
                    session.features(), start.filter(known -> known.check().isTrusted()));
        });
    }

    private boolean isRunning() {
        return status.filter(known -> !known.findings().contains(CgmFinding.SESSION_STOPPED))
                .isPresent();
    }

    /** A session that runs and does not know when it began is told the time; one that knows it is believed. */
    private CompletionStage<Void> setTime() {
        boolean isKnown =
                session.start().filter(start -> start.dateTime().isComplete()).isPresent();
        if (isKnown || !isRunning() || !gatt.has(SESSION_START)) {
            context.clockState(isKnown ? ClockState.UNKNOWN : unset());
            return CompletableFuture.completedFuture(null);
        }
        SessionStartTime now = now();
        return gatt.write(SESSION_START, SessionStartTime.codec(e2e), now)
                .thenCompose(written -> {
                    context.clockState(
                            new ClockState(ClockState.Synchronisation.SYNCHRONISED, ClockState.Continuity.CONTINUOUS));
                    return readStart();
                })
                .exceptionally(fault -> {
                    if (!(fault.getCause() instanceof RefusedException refused)) {
                        throw fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
                    }
                    context.refused(SESSION_START, refused);
                    context.clockState(unset());
                    return null;
                });
    }

    private static ClockState unset() {
        return new ClockState(ClockState.Synchronisation.NOT_SYNCHRONISED, ClockState.Continuity.UNKNOWN);
    }

    /** The gateway's time, as a sensor takes it. */
    private SessionStartTime now() {
        ZoneId zone = context.clock().getZone();
        ZonedDateTime now = context.clock().instant().atZone(zone);
        int standard = zone.getRules().getStandardOffset(now.toInstant()).getTotalSeconds();
        int summer = now.getOffset().getTotalSeconds() - standard;
        boolean isWhole = standard % QUARTER == 0 && summer % QUARTER == 0 && summer >= 0;
        return new SessionStartTime(
                DeviceDateTime.from(now.toLocalDateTime()),
                isWhole ? OptionalInt.of(standard / QUARTER) : OptionalInt.empty(),
                isWhole ? OptionalInt.of(summer / QUARTER) : OptionalInt.empty(),
                e2e.presence() == E2eContext.Presence.PRESENT ? E2eCheck.sound() : E2eCheck.none(),
                Remainder.NONE);
    }

    private CompletionStage<Void> openControlPoints() {
        ControlPointClient<SpecificOpsMessage> ops =
                new ControlPointClient<>(gatt, CONTROL_POINT, ControlPointForms.specificOps(e2e));
        return ops.open().thenCompose(hasOps -> {
            gatt.onCommand("start-session", command -> session(ops, SpecificOpsCode.START_SESSION));
            gatt.onCommand("stop-session", command -> session(ops, SpecificOpsCode.STOP_SESSION));
            return access.open().thenAccept(hasRecords -> begin(ops, hasOps, hasRecords));
        });
    }

    private void begin(ControlPointClient<SpecificOpsMessage> ops, boolean hasOps, boolean hasRecords) {
        status.ifPresent(known -> tell(known.findings()));
        if (hasRecords) {
            history.fetch();
        } else {
            history.withoutRecords();
        }
        boolean isCalibrated = session.features()
                .filter(known -> known.features().contains(CgmFeature.CALIBRATION))
                .isPresent();
        if (hasOps && isCalibrated) {
            ops.run(SpecificOpsMessage.of(new CalibrationQuery(CalibrationQuery.LAST)))
                    .thenAccept(outcome -> outcome.answered().ifPresent(this::calibrated));
        }
    }

    /** A calibration that the sensor did not take is told; its value stays with whoever measured it. */
    private void calibrated(SpecificOpsMessage answer) {
        if (answer.body() instanceof Calibration calibration
                && (calibration.status() & CalibrationStatus.REJECTED.mask()) != 0) {
            context.degraded("the sensor rejected its last calibration");
        }
    }

    private CompletionStage<CommandResult> session(ControlPointClient<SpecificOpsMessage> ops, SpecificOpsCode code) {
        return ops.run(SpecificOpsMessage.of(new SpecificOpsMessage.Plain(code)))
                .thenCompose(outcome -> outcome.answered().isPresent()
                        ? refresh().thenApply(done -> outcome.commandResult())
                        : CompletableFuture.completedFuture(outcome.commandResult()));
    }

    /** Reads anew what a session changes, and sets its time. */
    private CompletionStage<Void> refresh() {
        return readStart()
                .thenCompose(read -> readStatus())
                .thenCompose(read -> setTime())
                .thenCompose(set -> readStatus())
                .thenAccept(read -> status.ifPresent(known -> tell(known.findings())));
    }

    private CompletionStage<Void> readStatus() {
        return gatt.readIfPresent(STATUS, CgmStatus.codec(e2e))
                .thenAccept(read -> status = read.filter(known -> known.check().isTrusted()));
    }

    private void measured(CgmMeasurement measurement) {
        if (measurement.parts().stream().anyMatch(CgmMeasurement.Damaged.class::isInstance)) {
            history.lose();
        }
        Iterator<Observation> observations = ContinuousGlucoseObservations.of(measurement, session, context.arrival())
                .iterator();
        for (CgmRecord record : measurement.records()) {
            if (record.check().isTrusted()) {
                tell(record.findings());
                history.take(record.timeOffsetMinutes(), identity(record), List.of(observations.next()));
            }
        }
    }

    private long identity(CgmRecord record) {
        String start = session.start().map(known -> known.dateTime().toString()).orElse("");
        return Objects.hash(
                start,
                record.glucoseMilligramPerDecilitre(),
                record.timeOffsetMinutes(),
                record.findings().size());
    }

    /** Says in the state of the device what the sensor finds about itself. */
    private void tell(Set<CgmFinding> findings) {
        Set<CgmFinding> now = EnumSet.copyOf(TOLD);
        now.retainAll(findings);
        if (now.equals(told)) {
            return;
        }
        boolean isTimeLost = now.contains(CgmFinding.TIME_SYNCHRONISATION_REQUIRED)
                && !told.contains(CgmFinding.TIME_SYNCHRONISATION_REQUIRED);
        told = now;
        if (isTimeLost) {
            refresh();
        }
        if (now.isEmpty()) {
            context.recovered();
        } else {
            context.degraded("the sensor says: "
                    + String.join(
                            ", ",
                            now.stream()
                                    .map(finding -> finding.name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' '))
                                    .toList()));
        }
    }
}
