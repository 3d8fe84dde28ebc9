package org.openiomt.core.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;

/** An outbox in front of another, which it passes everything on to: a subclass does something else with some of it. */
public abstract class ForwardingOutbox implements Outbox {
    private final Outbox behind;

    /** Stands in front of an outbox, and closes it when it is closed. */
    protected ForwardingOutbox(Outbox behind) {
        this.behind = Objects.requireNonNull(behind, "behind");
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        return behind.append(records);
    }

    @Override
    public List<OutboxEntry> read(Lane lane, long after, int max) {
        return behind.read(lane, after, max);
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        behind.acknowledge(entries);
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        behind.onAcknowledged(listener);
    }

    @Override
    public void onAppended(Runnable listener) {
        behind.onAppended(listener);
    }

    @Override
    public OutboxStats stats() {
        return behind.stats();
    }

    @Override
    public void close() {
        behind.close();
    }
}
