package org.openiomt.core.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of what was acknowledged. What it throws is logged and stops nothing. */
final class AcknowledgeListener {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgeListener.class);

    private volatile Consumer<? super List<ObservationId>> listener = ids -> {};

    void set(Consumer<? super List<ObservationId>> consumer) {
        listener = Objects.requireNonNull(consumer, "listener");
    }

    void tell(Collection<OutboxEntry> entries) {
        try {
            listener.accept(entries.stream().map(entry -> entry.record().id()).toList());
        } catch (RuntimeException e) {
            LOG.error("the listener of an outbox failed", e);
        }
    }
}
