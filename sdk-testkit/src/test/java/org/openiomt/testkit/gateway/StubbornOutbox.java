package org.openiomt.testkit.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.LaneBound;
import org.openiomt.core.outbox.LaneStats;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;
import org.openiomt.core.outbox.WhenFull;

/** An outbox that fails for as long as it is told to. */
final class StubbornOutbox implements Outbox {
    private final List<OutboxRecord> records = new ArrayList<>();
    private int largest = Integer.MAX_VALUE;
    private @Nullable String fault;
    private Consumer<? super List<ObservationId>> acknowledged = ids -> {};

    void fail(String why) {
        fault = why;
    }

    /** Refuses larger batches, as a small lane that rejects does. */
    void takeAtMost(int records) {
        largest = records;
    }

    void work() {
        fault = null;
    }

    List<ObservationId> ids() {
        return records.stream().map(OutboxRecord::id).toList();
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> added) {
        if (fault != null) {
            return CompletableFuture.failedFuture(new OutboxException(fault));
        }
        if (added.size() > largest) {
            return CompletableFuture.failedFuture(new OutboxException("no room for so many"));
        }
        records.addAll(added);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<OutboxEntry> read(Lane lane, long after, int max) {
        return List.of();
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        throw new AssertionError("the gateway acknowledges nothing");
    }

    @Override
    public void onAppended(Runnable listener) {
        throw new AssertionError("the gateway does not listen");
    }

    /** The sink takes everything. */
    void sinkTakesAll() {
        acknowledged.accept(ids());
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        acknowledged = listener;
    }

    @Override
    public OutboxStats stats() {
        LaneBound bound = new LaneBound(1_000, 1 << 20, WhenFull.REJECT);
        LaneStats all = new LaneStats(records.size(), 0, bound, Optional.empty(), records.size(), 0, Map.of());
        LaneStats none = new LaneStats(0, 0, bound, Optional.empty(), 0, 0, Map.of());
        return new OutboxStats(Map.of(Lane.CLINICAL, all, Lane.WAVEFORM, none));
    }

    @Override
    public void close() {}
}
