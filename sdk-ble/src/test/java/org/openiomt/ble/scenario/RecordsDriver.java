package org.openiomt.ble.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.procedure.GlucoseRecords;
import org.openiomt.ble.procedure.RecordOutcome;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;

/** A driver that fetches nothing by itself: the scenario asks for records through it, in the device's mailbox. */
final class RecordsDriver implements DeviceDriver {
    private final List<Long> numbers = new ArrayList<>();
    private final CompletableFuture<RecordOutcome> aborted = new CompletableFuture<>();
    private @Nullable DriverContext context;
    private @Nullable GlucoseRecords records;
    private int abortAfter = Integer.MAX_VALUE;

    /** The requests of {@link org.openiomt.ble.procedure.RecordAccess}, made in the mailbox. */
    final class Access {
        CompletionStage<RecordOutcome> countAll() {
            return inMailbox(() -> opened().access().countAll());
        }

        CompletionStage<RecordOutcome> countFrom(int number) {
            return inMailbox(() -> opened().access().countFrom(number));
        }

        CompletionStage<RecordOutcome> reportAll() {
            return inMailbox(() -> opened().access().reportAll());
        }

        CompletionStage<RecordOutcome> reportFrom(int number) {
            return inMailbox(() -> opened().access().reportFrom(number));
        }
    }

    Access access() {
        return new Access();
    }

    /** Stops the next report as soon as so many of its records have come. */
    synchronized CompletionStage<RecordOutcome> abortAfter(int count) {
        abortAfter = count;
        return aborted;
    }

    /** Returns the numbers of the records that came since the last call. */
    synchronized List<Long> take() {
        List<Long> taken = List.copyOf(numbers);
        numbers.clear();
        return taken;
    }

    @Override
    public DriverInfo info() {
        return new DriverInfo("org.openiomt.scenario.records", "records", "1", List.of(), List.of());
    }

    @Override
    public Match match(Discovery discovery) {
        return discovery.offers("1808") ? new Match(Match.STANDARD_SERVICE, "offers glucose") : Match.NONE;
    }

    @Override
    public CompletionStage<DeviceSession> open(DriverContext opened) {
        GattSession gatt = new GattSession(opened);
        GlucoseRecords fetched = new GlucoseRecords(gatt, this::came);
        synchronized (this) {
            context = opened;
            records = fetched;
        }
        return fetched.open().thenApply(isThere -> gatt);
    }

    private void came(GlucoseRecord record) {
        boolean isEnough;
        synchronized (this) {
            numbers.add((long) record.measurement().sequenceNumber());
            isEnough = numbers.size() == abortAfter;
            abortAfter = isEnough ? Integer.MAX_VALUE : abortAfter;
        }
        if (isEnough) {
            opened().access().abort().whenComplete((outcome, fault) -> {
                if (fault == null) {
                    aborted.complete(outcome);
                } else {
                    aborted.completeExceptionally(fault);
                }
            });
        }
    }

    private synchronized GlucoseRecords opened() {
        if (records == null) {
            throw new AssertionError("no session");
        }
        return records;
    }

    private CompletionStage<RecordOutcome> inMailbox(Supplier<CompletionStage<RecordOutcome>> request) {
        CompletableFuture<RecordOutcome> result = new CompletableFuture<>();
        DriverContext there;
        synchronized (this) {
            there = context;
        }
        if (there == null) {
            throw new AssertionError("no session");
        }
        there.after(
                Duration.ZERO,
                () -> request.get().whenComplete((outcome, fault) -> {
                    if (fault == null) {
                        result.complete(outcome);
                    } else {
                        result.completeExceptionally(fault);
                    }
                }));
        return result;
    }
}
