package org.openiomt.testkit.outbox;

import java.nio.file.Path;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.testkit.OutboxTck;

final class MemoryOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds) {
        return new MemoryOutbox(bounds);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
