package org.openiomt.core.outbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;

/**
 * An outbox that lives as long as its process. Nothing survives a restart, and an append completes at once. Safe for use by
 * several threads at once; the listener runs on the thread that appends, under no lock.
 *
 * <p>The octets of a record are its payload and {@value #OVERHEAD} for the objects around it.
 */
public final class MemoryOutbox implements Outbox {
    private static final int OVERHEAD = 192;

    private final OutboxBounds bounds;
    private final Clock clock;
    private final long epoch;
    private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
    private final SteadyTime time;
    private final AppendListener listener = new AppendListener();
    private final AcknowledgeListener acknowledged = new AcknowledgeListener();
    private boolean isClosed;

    /** One lane: its records by position. */
    private static final class Waiting {
        private final TreeMap<Long, Kept> entries = new TreeMap<>();
        private final Map<Object, Long> sequences = new HashMap<>();
        private final Tally tally = new Tally();
        private long position;
        private long octets;
    }

    /** A record with when it came, by the clock and by the steady time. */
    private record Kept(OutboxEntry entry, Instant at, long since) {}

    /** Makes an empty outbox on the system clock. */
    public MemoryOutbox(OutboxBounds bounds) {
        this(bounds, Clock.systemUTC());
    }

    /**
     * Makes an empty outbox.
     *
     * @param clock tells when a record was appended, and names the epoch
     */
    public MemoryOutbox(OutboxBounds bounds, Clock clock) {
        this.bounds = Objects.requireNonNull(bounds, "bounds");
        this.clock = clock;
        this.time = new SteadyTime(clock, 0);
        this.epoch = Math.max(1, clock.millis());
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Waiting());
        }
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        synchronized (this) {
            if (isClosed) {
                return CompletableFuture.failedFuture(new OutboxException("the outbox is closed"));
            }
            giveUpOld();
            for (Lane lane : Lane.values()) {
                Optional<OutboxException> refusal = refusal(lane, records);
                if (refusal.isPresent()) {
                    records.forEach(record -> lane(record.lane()).tally.dropped(OutboxStats.REJECTED, 1));
                    return CompletableFuture.failedFuture(refusal.get());
                }
            }
            Instant now = clock.instant();
            records.forEach(record -> add(record, now));
        }
        if (!records.isEmpty()) {
            listener.run();
        }
        return CompletableFuture.completedFuture(null);
    }

    private Optional<OutboxException> refusal(Lane lane, List<OutboxRecord> records) {
        LaneBound bound = bounds.of(lane);
        if (bound.whenFull() != WhenFull.REJECT) {
            return Optional.empty();
        }
        long count = lane(lane).entries.size();
        long octets = lane(lane).octets;
        for (OutboxRecord record : records) {
            if (record.lane() == lane) {
                count++;
                octets += octets(record);
            }
        }
        return count > bound.records() || octets > bound.octets()
                ? Optional.of(new OutboxException("the lane " + lane + " is full: at most " + bound.records()
                        + " records and " + bound.octets() + " octets may wait, and this would make it " + count
                        + " and "
                        + octets))
                : Optional.empty();
    }

    private void add(OutboxRecord record, Instant now) {
        Waiting waiting = lane(record.lane());
        long sequence = waiting.sequences.merge(record.device(), 1L, Long::sum);
        OutboxEntry entry = new OutboxEntry(++waiting.position, epoch, sequence, record);
        waiting.entries.put(entry.position(), new Kept(entry, now, time.millis()));
        waiting.octets += octets(record);
        waiting.tally.appended(1);
        LaneBound bound = bounds.of(record.lane());
        while (waiting.entries.size() > bound.records()) {
            dropOldest(waiting, OutboxStats.OVER_RECORDS);
        }
        while (waiting.octets > bound.octets()) {
            dropOldest(waiting, OutboxStats.OVER_OCTETS);
        }
    }

    private void dropOldest(Waiting waiting, String reason) {
        remove(waiting, waiting.entries.firstKey());
        waiting.tally.dropped(reason, 1);
    }

    private void giveUpOld() {
        long now = time.millis();
        lanes.forEach((lane, waiting) -> bounds.of(lane).age().ifPresent(age -> {
            long limit = now - age.toMillis();
            while (!waiting.entries.isEmpty()
                    && waiting.entries.firstEntry().getValue().since() < limit) {
                dropOldest(waiting, OutboxStats.OVER_AGE);
            }
        }));
    }

    private static boolean remove(Waiting waiting, long position) {
        Kept kept = waiting.entries.remove(position);
        if (kept == null) {
            return false;
        }
        waiting.octets -= octets(kept.entry().record());
        return true;
    }

    @Override
    public synchronized List<OutboxEntry> read(Lane lane, long after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("at least 1 record must be asked for, but got " + max);
        }
        if (isClosed) {
            throw new OutboxException("the outbox is closed");
        }
        List<OutboxEntry> entries = new ArrayList<>();
        for (Kept kept : lane(lane).entries.tailMap(after, false).values()) {
            if (entries.size() == max) {
                break;
            }
            entries.add(kept.entry());
        }
        return entries;
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            for (OutboxEntry entry : entries) {
                if (entry.epoch() == epoch && remove(lane(entry.record().lane()), entry.position())) {
                    lane(entry.record().lane()).tally.acknowledged(1);
                }
            }
            giveUpOld();
        }
        acknowledged.tell(entries);
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> consumer) {
        acknowledged.set(consumer);
    }

    @Override
    public void onAppended(Runnable runnable) {
        listener.set(runnable);
    }

    @Override
    public synchronized OutboxStats stats() {
        time.millis();
        Map<Lane, LaneStats> stats = new EnumMap<>(Lane.class);
        lanes.forEach((lane, waiting) -> stats.put(
                lane,
                new LaneStats(
                        waiting.entries.size(),
                        waiting.octets,
                        bounds.of(lane),
                        Optional.ofNullable(waiting.entries.firstEntry())
                                .map(first -> first.getValue().at()),
                        waiting.tally.appended(),
                        waiting.tally.acknowledged(),
                        waiting.tally.dropped())));
        return new OutboxStats(stats);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
    }

    private Waiting lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    private static long octets(OutboxRecord record) {
        return record.payloadLength() + (long) OVERHEAD;
    }
}
