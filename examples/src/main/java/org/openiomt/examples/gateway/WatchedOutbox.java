package org.openiomt.examples.gateway;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.outbox.ForwardingOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxRecord;

/**
 * An outbox whose owner hears of every record that it has made durable: what the gateway counts as accepted. Closing it closes the
 * outbox behind it.
 */
final class WatchedOutbox extends ForwardingOutbox {
    private final Consumer<List<OutboxRecord>> onAccepted;

    /**
     * Watches an outbox.
     *
     * @param onAccepted called in the order of acceptance, before the append is reported as done; must be quick
     */
    WatchedOutbox(Outbox outbox, Consumer<List<OutboxRecord>> onAccepted) {
        super(outbox);
        this.onAccepted = onAccepted;
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        List<OutboxRecord> accepted = List.copyOf(records);
        return super.append(accepted).thenRun(() -> onAccepted.accept(accepted));
    }
}
