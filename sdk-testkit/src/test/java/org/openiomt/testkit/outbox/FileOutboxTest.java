package org.openiomt.testkit.outbox;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.testkit.OutboxTck;

final class FileOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds, Clock clock) {
        return FileOutbox.open(
                directory,
                FileOutbox.Options.defaults()
                        .withSegmentOctets(64 << 10)
                        .withBounds(bounds)
                        .withClock(clock));
    }
}
