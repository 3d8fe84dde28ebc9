package org.openiomt.examples.gateway;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;

/**
 * An outbox whose owner hears of every record that it has made durable: what the gateway counts as accepted. Closing it closes the
 * outbox behind it.
 */
final class WatchedOutbox implements Outbox {
    private final Outbox outbox;
    private final Consumer<List<OutboxRecord>> onAccepted;

    /**
     * Watches an outbox.
     *
     * @param onAccepted called in the order of acceptance, before the append is reported as done; must be quick
     */
    WatchedOutbox(Outbox outbox, Consumer<List<OutboxRecord>> onAccepted) {
        this.outbox = outbox;
        this.onAccepted = onAccepted;
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        List<OutboxRecord> accepted = List.copyOf(records);
        return outbox.append(accepted).thenRun(() -> onAccepted.accept(accepted));
    }

    @Override
    public List<OutboxEntry> read(Lane lane, long after, int max) {
        return outbox.read(lane, after, max);
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        outbox.acknowledge(entries);
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        outbox.onAcknowledged(listener);
    }

    @Override
    public void onAppended(Runnable listener) {
        outbox.onAppended(listener);
    }

    @Override
    public OutboxStats stats() {
        return outbox.stats();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
