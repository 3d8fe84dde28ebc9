package org.openiomt.core.outbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records on their way into a file outbox. Used by the writer's thread, but for the future. */
final class AppendRequest {
    final List<OutboxRecord> records;
    final long octets;
    final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable OutboxException fault;

    AppendRequest(List<OutboxRecord> records) {
        this.records = records;
        this.octets = records.stream().mapToLong(RecordFormat::size).sum();
    }

    void fail(OutboxException because) {
        fault = because;
    }

    boolean isFailed() {
        return fault != null;
    }

    /** Tells the caller. */
    void complete() {
        if (fault == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(fault);
        }
    }
}
