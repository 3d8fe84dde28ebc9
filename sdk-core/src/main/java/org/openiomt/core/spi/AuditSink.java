package org.openiomt.core.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.model.AuditEvent;

/**
 * Writes down what must be accounted for later: commands, keys, refused frames, changes of peers. Called by any thread, at once
 * and before the caller goes on; must not block and must not throw.
 */
@FunctionalInterface
public interface AuditSink {
    /** Writes nothing down. */
    AuditSink NONE = event -> CompletableFuture.completedFuture(null);

    /**
     * Takes one event.
     *
     * @return completes when the event is durable, on a thread that must not be blocked; fails when it is lost. The stage of an event that was
     *     only counted together with others completes at once
     */
    CompletionStage<Void> record(AuditEvent event);
}
