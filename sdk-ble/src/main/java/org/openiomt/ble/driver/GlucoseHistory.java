package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.procedure.GlucoseRecords;
import org.openiomt.ble.procedure.RecordOutcome;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.DriverContext;

/*
 * Which records of a meter are new.
 *
 * The last record that the gateway took is remembered by its number and its time. The next session asks for the records from
 * that number on, that one included: when it comes with the same time, what comes behind it is new. When it does not come, the
 * meter was reset or replaced and counts anew, so every record is asked for. A meter that knows no such filter sends all
 * records; those before the last one are passed over. A record that the gateway's queue gave up is not remembered, nor is any
 * after it, so that the next session fetches them again.
 */
final class GlucoseHistory {
    private static final String NUMBER = "glucose.number";
    private static final String TIME = "glucose.time";

    /** A record comes at the latest this long after the report, when it waits for its context. */
    private static final Duration SETTLED = GlucoseRecords.CONTEXT_WAIT.plusSeconds(1);

    private final DriverContext context;
    private final GlucoseRecords records;
    private final OptionalLong lastNumber;
    private final OptionalLong lastTime;
    private boolean isNew;
    private boolean isComplete = true;

    GlucoseHistory(GattSession gatt) {
        context = gatt.context();
        records = new GlucoseRecords(gatt, this::take);
        lastNumber = context.remembered(NUMBER);
        lastTime = context.remembered(TIME);
        isNew = lastNumber.isEmpty();
    }

    /** Subscribes and begins to fetch. Returns whether the device has records. */
    CompletionStage<Boolean> open() {
        return records.open().thenApply(isThere -> {
            if (isThere) {
                fetch();
            }
            return isThere;
        });
    }

    private void fetch() {
        if (isNew) {
            records.access().reportAll().thenAccept(this::report);
            return;
        }
        records.access().reportFrom(lastNumber.orElseThrow()).thenAccept(outcome -> {
            report(outcome);
            if (outcome instanceof RecordOutcome.NoRecords) {
                startOver();
            } else if (outcome instanceof RecordOutcome.Done) {
                context.after(SETTLED, this::startOver);
            } else {
                isNew = true; // what the meter sends of itself is then all that there is
            }
        });
    }

    private void startOver() {
        if (!isNew) {
            isNew = true;
            fetch();
        }
    }

    private void take(GlucoseRecord record) {
        int number = record.measurement().sequenceNumber();
        long time = record.measurement().baseTime().toString().hashCode();
        if (!isNew) {
            isNew = number == lastNumber.orElseThrow() && time == lastTime.orElseThrow();
            return;
        }
        for (Observation observation : GlucoseObservations.of(record)) {
            isComplete &= context.offer(observation);
        }
        if (isComplete) {
            context.remember(NUMBER, number);
            context.remember(TIME, time);
        }
    }

    private void report(RecordOutcome outcome) {
        if (outcome instanceof RecordOutcome.Refused refused) {
            context.degraded("the meter gives no records: " + refused.reason());
        } else if (outcome instanceof RecordOutcome.NoAnswer silence) {
            context.degraded("the meter gave no record for " + silence.after().toSeconds() + " s");
        }
    }
}
