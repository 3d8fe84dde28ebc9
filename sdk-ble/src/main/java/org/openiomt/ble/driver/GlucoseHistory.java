package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.procedure.GlucoseRecords;

/** The records of a glucose meter: a number is told from the same number of another record by its time. */
final class GlucoseHistory {
    /** A record comes at the latest this long after the report, when it waits for its context. */
    private static final Duration SETTLED = GlucoseRecords.CONTEXT_WAIT.plusSeconds(1);

    private final GlucoseRecords records;
    private final RecordHistory history;

    GlucoseHistory(GattSession gatt) {
        records = new GlucoseRecords(gatt, this::take);
        history = new RecordHistory(gatt.context(), records.access(), "glucose", SETTLED, true);
    }

    /** Subscribes and begins to fetch. Returns whether the device has records. */
    CompletionStage<Boolean> open() {
        return records.open().thenApply(isThere -> {
            if (isThere) {
                history.fetch();
            }
            return isThere;
        });
    }

    private void take(GlucoseRecord record) {
        history.take(
                record.measurement().sequenceNumber(),
                record.measurement().baseTime().toString().hashCode(),
                GlucoseObservations.of(record));
    }
}
