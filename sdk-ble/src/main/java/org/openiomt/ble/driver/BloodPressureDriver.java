package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.RecordAccess;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Warning;

/**
 * Blood pressure cuffs. Of one that has each value in two forms (version 1.1 of the service) the enhanced one is heard, and the
 * records are asked for that are new: a reading that was announced and recorded comes once.
 */
public final class BloodPressureDriver extends StandardDriver {
    private static final Channel MEASUREMENT = Gatt.channel("1810", "2a35");
    private static final Channel CUFF_PRESSURE = Gatt.channel("1810", "2a36");
    private static final Channel FEATURE = Gatt.channel("1810", "2a49");
    private static final Channel ENHANCED = Gatt.channel("1810", "2b34");
    private static final Channel ENHANCED_CUFF_PRESSURE = Gatt.channel("1810", "2b35");
    private static final Channel RECORD = Gatt.channel("1810", "2b36");
    private static final Channel RECORD_ACCESS = Gatt.channel("1810", "2a52");

    /** A record is there so long after its announcement. */
    private static final Duration RECORDED = Duration.ofSeconds(2);

    /** For the service loader. */
    public BloodPressureDriver() {
        super(
                "org.openiomt.blood-pressure",
                "Blood pressure cuff",
                "1810",
                Mdc.MDC_DEV_SPEC_PROFILE_BP,
                List.of(Mdc.MDC_PRESS_BLD_NONINV, Mdc.MDC_PULS_RATE_NON_INV, Mdc.MDC_PRESS_CUFF));
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        RecordAccess access = new RecordAccess(gatt, RECORD_ACCESS);
        RecordHistory history = new RecordHistory(gatt.context(), access, "cuff", Duration.ZERO, true);
        CompletionStage<Boolean> intermediate = gatt.has(ENHANCED_CUFF_PRESSURE)
                ? hearIfPresent(
                        gatt,
                        ENHANCED_CUFF_PRESSURE,
                        EnhancedIntermediateCuffPressure.CODEC,
                        BloodPressureObservations::of)
                : hearIfPresent(gatt, CUFF_PRESSURE, IntermediateCuffPressure.CODEC, BloodPressureObservations::of);
        return intermediate
                .thenCompose(done -> gatt.has(ENHANCED)
                        ? hearEnhanced(gatt, history)
                        : hear(gatt, MEASUREMENT, BloodPressureMeasurement.CODEC, BloodPressureObservations::of))
                .thenCompose(isHeard -> openRecords(gatt, access, history).thenApply(isThere -> isHeard || isThere));
    }

    /** What is announced is recorded too: its record is fetched, so that a later session knows that it is not new. */
    private static CompletionStage<Boolean> hearEnhanced(GattSession gatt, RecordHistory history) {
        return gatt.subscribe(ENHANCED, EnhancedBloodPressureMeasurement.CODEC, value -> {
            offer(gatt, BloodPressureObservations.of(value, gatt.context().arrival()));
            gatt.context().after(RECORDED, history::fetchNewer);
        });
    }

    private static CompletionStage<Boolean> openRecords(GattSession gatt, RecordAccess access, RecordHistory history) {
        if (!gatt.has(RECORD) || !gatt.has(RECORD_ACCESS)) {
            return CompletableFuture.completedFuture(false);
        }
        return gatt.readIfPresent(FEATURE, BloodPressureFeature.CODEC)
                .thenApply(
                        feature -> feature.map(BloodPressureDriver::protection).orElse(E2eContext.NOT_KNOWN))
                .thenCompose(context -> access.segmentedRecords(
                        RECORD, BloodPressureRecord.codec(context), record -> take(gatt, history, record)))
                .thenCompose(isThere -> access.open())
                .thenApply(isThere -> {
                    if (isThere) {
                        history.fetch();
                    }
                    return isThere;
                });
    }

    private static E2eContext protection(BloodPressureFeature feature) {
        return feature.supports().contains(BloodPressureFeature.Feature.E2E_CRC)
                ? E2eContext.PRESENT
                : E2eContext.ABSENT;
    }

    private static void take(GattSession gatt, RecordHistory history, BloodPressureRecord stored) {
        if (!stored.check().isTrusted()) {
            gatt.context()
                    .odd(RECORD, List.of(new Warning("crc", 0, "a record that did not prove itself is not used")));
            history.lose();
            return;
        }
        List<Observation> observations =
                BloodPressureObservations.of(stored, gatt.context().arrival());
        history.take(stored.sequenceNumber(), RecordHistory.identity(observations), observations);
    }
}
