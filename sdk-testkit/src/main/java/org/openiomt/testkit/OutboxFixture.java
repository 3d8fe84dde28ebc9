package org.openiomt.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.LaneBound;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.WhenFull;

/** What the laws of outboxes are written with. */
abstract class OutboxFixture {
    static final long SECONDS = 30;
    static final long MANY = 1_000_000;
    static final long ROOMY = 1L << 30;
    static final long TIGHT = 1L << 20;
    static final int LARGE_PAYLOAD = 8_000;
    static final DeviceId CUFF = DeviceId.of("cuff-1");
    static final DeviceId OXIMETER = DeviceId.of("oximeter-1");

    /** An empty directory for the outbox, removed after the test. */
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it before each test
    Path directory;

    @SuppressWarnings("NullAway.Init") // filled before each test
    Outbox outbox;

    final ManualClock clock = new ManualClock();

    private long ids;

    OutboxFixture() {}

    /**
     * Opens the outbox under test. Within one test it is always the same directory, and the outbox that was opened before is
     * closed.
     *
     * @param directory exists; where the outbox may keep its files
     * @param bounds how much it may hold, and for how long
     * @param clock tells when records come, how old they are, and names the epochs
     */
    protected abstract Outbox open(Path directory, OutboxBounds bounds, Clock clock);

    /** Returns whether records survive that the outbox is closed and opened again. */
    protected boolean isDurable() {
        return true;
    }

    /** Ends a test of what only a durable outbox does, and says so. */
    final void requireDurable() {
        if (!isDurable()) {
            throw NotTested.because(
                    "durability",
                    "what outlives a restart, because records do not: isDurable() of "
                            + getClass().getSimpleName() + " is false");
        }
    }

    @BeforeEach
    final void openFirst() {
        outbox = open(directory, OutboxBounds.of(MANY, ROOMY), clock);
    }

    @AfterEach
    final void closeLast() {
        outbox.close();
    }

    // ------------------------------------------------------------------------------------------------

    void reopen() {
        reopen(OutboxBounds.of(MANY, ROOMY));
    }

    void reopen(OutboxBounds bounds) {
        outbox.close();
        outbox = open(directory, bounds, clock);
    }

    static OutboxBounds bounds(long records, long octets, WhenFull whenFull) {
        LaneBound bound = new LaneBound(records, octets, whenFull);
        return new OutboxBounds(bound, bound);
    }

    OutboxRecord record(DeviceId device, Lane lane, int length) {
        byte[] payload = new byte[length];
        new Random(++ids).nextBytes(payload);
        return OutboxRecord.of(ObservationId.of(0x0123_4567_89AB_CDEFL, ids), device, lane, payload);
    }

    List<OutboxRecord> records(int count, DeviceId device, Lane lane) {
        List<OutboxRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(device, lane, 64));
        }
        return records;
    }

    static List<OutboxRecord> records(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::record).toList();
    }

    void append(List<OutboxRecord> records) {
        await(outbox.append(records));
    }

    List<OutboxRecord> fillUntilRejected(Lane lane) {
        List<OutboxRecord> taken = new ArrayList<>();
        for (int i = 0; i <= TIGHT / LARGE_PAYLOAD; i++) {
            OutboxRecord record = record(CUFF, lane, LARGE_PAYLOAD);
            try {
                outbox.append(List.of(record)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertInstanceOf(OutboxException.class, e.getCause());
                return taken;
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
            assertTrue(outbox.stats().octets() <= outbox.stats().capacity(), "never above the capacity");
            taken.add(record);
        }
        throw new AssertionError(TIGHT + " octets were to be the bound, but more were taken");
    }

    List<OutboxEntry> readAll(Lane lane) {
        List<OutboxEntry> all = new ArrayList<>();
        long after = 0;
        for (List<OutboxEntry> some = outbox.read(lane, after, 100);
                !some.isEmpty();
                some = outbox.read(lane, after, 100)) {
            assertTrue(some.size() <= 100, "no more than was asked for");
            all.addAll(some);
            after = some.get(some.size() - 1).position();
        }
        return all;
    }

    void assertRejected(List<OutboxRecord> records) {
        long waiting = outbox.stats().waiting();
        assertFails(outbox.append(records));
        assertEquals(waiting, outbox.stats().waiting());
    }

    static void assertFails(CompletionStage<Void> stage) {
        ExecutionException fault = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(OutboxException.class, fault.getCause());
    }

    static void assertPositionsGrow(List<OutboxEntry> entries) {
        long last = 0;
        for (OutboxEntry entry : entries) {
            assertTrue(entry.position() > last, "position " + entry.position() + " comes after " + last);
            last = entry.position();
        }
    }

    static void assertSequences(List<OutboxEntry> entries, Map<DeviceId, Long> counts) {
        assertSequences(entries, counts, 1);
    }

    static void assertSequences(List<OutboxEntry> entries, Map<DeviceId, Long> counts, long first) {
        Map<DeviceId, Long> seen = new HashMap<>();
        for (OutboxEntry entry : entries) {
            long expected = seen.merge(entry.record().device(), first, (old, one) -> old + 1);
            assertEquals(expected, entry.sequence());
        }
        if (!counts.isEmpty()) {
            assertEquals(counts, seen);
        }
    }

    static void await(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the append was to complete", e);
        }
    }

    static Thread thread(List<Throwable> faults, Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((dying, fault) -> faults.add(fault));
        return thread;
    }
}
