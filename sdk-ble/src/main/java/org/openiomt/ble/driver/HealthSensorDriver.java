package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.RecordAccess;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint.Meaning;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;

/**
 * Generic health sensors, which observe whatever their features tell: any type, also ones that no driver declares. Live
 * observations are started first and stored ones asked for then, so that none falls between.
 */
public final class HealthSensorDriver extends StandardDriver {
    private static final Channel LIVE = Gatt.channel("1840", "2b8b");
    private static final Channel STORED = Gatt.channel("1840", "2bdd");
    private static final Channel RECORD_ACCESS = Gatt.channel("1840", "2a52");
    private static final Channel CONTROL_POINT = Gatt.channel("1840", "2bf4");
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** For the service loader. */
    public HealthSensorDriver() {
        super(
                "org.openiomt.health-sensor",
                "Generic health sensor",
                "1840",
                Mdc.MDC_DEV_SPEC_PROFILE_GENERIC,
                List.of());
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        RecordAccess access = RecordAccess.ofLongNumbers(gatt, RECORD_ACCESS);
        RecordHistory history = new RecordHistory(gatt.context(), access, "health", Duration.ZERO, true);
        ControlPointClient<HealthSensorControlPoint> control =
                new ControlPointClient<>(gatt, CONTROL_POINT, ControlPointForms.healthSensor());
        return hearSegmented(gatt, LIVE, HealthRecord.LIVE_CODEC, HealthSensorObservations::of)
                .thenCompose(isLive -> access.segmentedRecords(
                                STORED, HealthRecord.STORED_CODEC, stored -> take(gatt, history, stored))
                        .thenCompose(isStored -> isStored ? access.open() : CompletableFuture.completedFuture(false))
                        .thenCompose(isStored -> (isLive
                                        ? control.open()
                                        : CompletableFuture.<Boolean>completedFuture(false))
                                .thenApply(canStart -> {
                                    if (canStart) {
                                        start(gatt, control);
                                    }
                                    if (isStored) {
                                        history.fetch();
                                    }
                                    return isLive || isStored;
                                })));
    }

    /** Starts live observations; a sensor that is busy is asked again. */
    private static void start(GattSession gatt, ControlPointClient<HealthSensorControlPoint> control) {
        control.run(HealthSensorControlPoint.of(Meaning.START))
                .thenAccept(outcome -> outcome.failure()
                        .ifPresentOrElse(
                                why -> {
                                    gatt.context().degraded("no live observations: " + why);
                                    gatt.context().after(PAUSE, () -> start(gatt, control));
                                },
                                gatt.context()::recovered));
    }

    private static void take(GattSession gatt, RecordHistory history, HealthRecord stored) {
        List<Observation> observations =
                HealthSensorObservations.of(stored, gatt.context().arrival());
        history.take(stored.recordNumber().orElseThrow(), RecordHistory.identity(observations), observations);
    }
}
