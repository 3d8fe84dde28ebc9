package org.openiomt.ble.virtual;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Scheduler;

/**
 * Stored records in the order of their numbers, and the report of them that runs, at most one. A record is sent each
 * millisecond, so that an abort can come between two and no central is flooded.
 */
final class RecordStore {
    private static final Duration PACE = Duration.ofMillis(1);

    private final Scheduler scheduler;

    // Guarded by this.
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private int capacity = Integer.MAX_VALUE;
    private @Nullable Queue<Entry> report;

    /**
     * A record.
     *
     * @param number by which requests find it
     * @param userTime what the clock of the user showed, where the record has a time
     * @param send announces it on its channels
     */
    record Entry(long number, Optional<DeviceDateTime> userTime, Runnable send) {}

    RecordStore(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Stores a record, in place of one with the same number; a full memory loses the lowest. */
    synchronized void store(Entry entry) {
        entries.put(entry.number(), entry);
        forgetLowest();
    }

    /** Keeps the highest records only, so many. */
    synchronized void capacity(int records) {
        if (records < 1) {
            throw new IllegalArgumentException("a memory holds 1 record or more, but got " + records);
        }
        capacity = records;
        forgetLowest();
    }

    private void forgetLowest() {
        while (entries.size() > capacity) {
            entries.pollFirstEntry();
        }
    }

    /** Returns the highest number, or empty when there is no record. */
    synchronized OptionalLong lastNumber() {
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.lastKey());
    }

    synchronized List<Entry> find(Predicate<Entry> wanted) {
        return entries.values().stream().filter(wanted).toList();
    }

    synchronized void delete(List<Entry> gone) {
        gone.forEach(entry -> entries.remove(entry.number()));
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized boolean isReporting() {
        return report != null;
    }

    /**
     * Begins to send records.
     *
     * @param done runs behind the last, unless the report was stopped
     */
    synchronized void report(List<Entry> chosen, Runnable done) {
        Queue<Entry> begun = new ArrayDeque<>(chosen);
        report = begun;
        scheduler.execute(() -> sendNext(begun, done));
    }

    /** Stops the report, if one runs. */
    synchronized void stop() {
        report = null;
    }

    private synchronized void sendNext(Queue<Entry> begun, Runnable done) {
        if (report != begun) {
            return;
        }
        Entry next = begun.poll();
        if (next == null) {
            report = null;
            done.run();
            return;
        }
        next.send().run();
        scheduler.schedule(PACE, () -> sendNext(begun, done));
    }
}
