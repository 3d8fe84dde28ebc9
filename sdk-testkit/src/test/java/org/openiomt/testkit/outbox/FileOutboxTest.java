package org.openiomt.testkit.outbox;

import java.nio.file.Path;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.testkit.OutboxTck;

final class FileOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds) {
        return FileOutbox.open(
                directory,
                FileOutbox.Options.defaults().withSegmentOctets(64 << 10).withBounds(bounds));
    }
}
