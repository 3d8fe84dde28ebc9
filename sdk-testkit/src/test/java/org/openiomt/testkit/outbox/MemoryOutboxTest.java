package org.openiomt.testkit.outbox;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.testkit.OutboxTck;

final class MemoryOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds, Clock clock) {
        return new MemoryOutbox(bounds, clock);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
