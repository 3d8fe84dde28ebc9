package org.openiomt.benchmarks.outbox;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.testkit.OutboxTck;

/** Another engine keeps the same laws, so they are those of the socket and not of the one implementation. */
final class SqliteOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds, Clock clock) {
        return SqliteOutbox.open(directory, bounds, clock);
    }
}
