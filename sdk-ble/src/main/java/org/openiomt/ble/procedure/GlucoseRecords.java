package org.openiomt.ble.procedure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Warning;

/**
 * The records of a glucose meter: each measurement once, in the order in which the meter sent it, together with its context.
 * Used in the device's mailbox only.
 *
 * <p>The meter sends a context on a channel of its own: usually right after the measurement, sometimes after all measurements
 * and the end of the report. A measurement that announces one waits for it, and those behind it wait too. The wait ends when the
 * meter has sent nothing for {@link #CONTEXT_WAIT}, when more than {@value #MAX_WAITING} measurements wait, or when the session
 * ends; what waits is then delivered without context. A context without a measurement is reported and dropped.
 */
public final class GlucoseRecords {
    /** How long a meter may be silent before a context counts as lost. */
    public static final Duration CONTEXT_WAIT = Duration.ofSeconds(5);

    /** The most measurements that wait for contexts, and the most contexts that wait for measurements. */
    public static final int MAX_WAITING = 1_000;

    private static final String SERVICE = "1808";
    private static final Channel MEASUREMENT = Gatt.channel(SERVICE, "2a18");
    private static final Channel CONTEXT = Gatt.channel(SERVICE, "2a34");
    private static final Channel CONTROL_POINT = Gatt.channel(SERVICE, "2a52");

    private final DriverContext context;
    private final RecordAccess access;
    private final Consumer<GlucoseRecord> records;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Integer, GlucoseMeasurementContext> early = new LinkedHashMap<>();
    private Scheduler.@Nullable Cancellable timer;

    /** A measurement on its way to the consumer. */
    private static final class Waiting {
        private final Arrival arrival;
        private final GlucoseMeasurement measurement;
        private Optional<GlucoseMeasurementContext> context;

        Waiting(Arrival arrival, GlucoseMeasurement measurement, Optional<GlucoseMeasurementContext> context) {
            this.arrival = arrival;
            this.measurement = measurement;
            this.context = context;
        }

        boolean isComplete() {
            return context.isPresent() || measurement.context() == GlucoseMeasurement.Context.NONE;
        }
    }

    /** Prepares the Glucose Service of a device; nothing is sent before {@link #open}. */
    public GlucoseRecords(GattSession gatt, Consumer<GlucoseRecord> records) {
        this.context = gatt.context();
        this.records = records;
        this.access = new RecordAccess(gatt, CONTROL_POINT);
        gatt.onClose(this::deliverAll);
    }

    /**
     * Subscribes to measurements, contexts and the control point, in this order.
     *
     * @return whether the device has measurements and a control point; it needs no contexts
     */
    public CompletionStage<Boolean> open() {
        return access.records(MEASUREMENT, GlucoseMeasurement.CODEC, this::measured)
                .thenCompose(
                        hasMeasurements -> access.details(CONTEXT, GlucoseMeasurementContext.CODEC, this::explained)
                                .thenCompose(hasContexts -> access.open())
                                .thenApply(hasControlPoint -> hasMeasurements && hasControlPoint));
    }

    /** Returns the control point, through which records are asked for. */
    public RecordAccess access() {
        return access;
    }

    private void measured(GlucoseMeasurement measurement) {
        GlucoseMeasurementContext known = early.remove(measurement.sequenceNumber());
        waiting.add(new Waiting(context.arrival(), measurement, Optional.ofNullable(known)));
        settle();
    }

    private void explained(GlucoseMeasurementContext explanation) {
        Optional<Waiting> fitting = waiting.stream()
                .filter(one ->
                        one.context.isEmpty() && one.measurement.sequenceNumber() == explanation.sequenceNumber())
                .findFirst();
        if (fitting.isPresent()) {
            fitting.get().context = Optional.of(explanation);
        } else {
            keepEarly(explanation);
        }
        settle();
    }

    /** A context that overtakes its measurement waits for it; of two with the same number the newer does. */
    private void keepEarly(GlucoseMeasurementContext explanation) {
        if (early.put(explanation.sequenceNumber(), explanation) != null) {
            reportLost(1);
        }
        if (early.size() > MAX_WAITING) {
            Iterator<Integer> oldest = early.keySet().iterator();
            oldest.next();
            oldest.remove();
            reportLost(1);
        }
    }

    private void waitAnew() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (!waiting.isEmpty() || !early.isEmpty()) {
            timer = context.after(CONTEXT_WAIT, this::deliverAll);
        }
    }

    /** Delivers what need not wait; a consumer that throws must not stop the wait of the others. */
    private void settle() {
        try {
            while (waiting.size() > MAX_WAITING
                    || (!waiting.isEmpty() && waiting.element().isComplete())) {
                deliver(waiting.remove());
            }
        } finally {
            waitAnew();
        }
    }

    private void deliverAll() {
        try {
            while (!waiting.isEmpty()) {
                deliver(waiting.remove());
            }
            if (!early.isEmpty()) {
                reportLost(early.size());
                early.clear();
            }
        } finally {
            waitAnew();
        }
    }

    private void deliver(Waiting one) {
        if (!one.isComplete()) {
            context.odd(MEASUREMENT, List.of(new Warning("contextFollows", 0, "the announced context did not come")));
        }
        records.accept(new GlucoseRecord(one.arrival, one.measurement, one.context));
    }

    private void reportLost(int count) {
        String reason = count + (count == 1 ? " context" : " contexts") + " without a measurement";
        context.odd(CONTEXT, List.of(new Warning("sequenceNumber", 1, reason)));
    }
}
