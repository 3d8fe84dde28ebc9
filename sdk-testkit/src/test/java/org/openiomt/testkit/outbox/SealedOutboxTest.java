package org.openiomt.testkit.outbox;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.sealing.SealedOutbox;
import org.openiomt.testkit.OutboxTck;

/** What seals in front of an outbox changes none of its laws; what sealing itself does is tested where a sealer is. */
final class SealedOutboxTest extends OutboxTck {
    @Override
    protected Outbox open(Path directory, OutboxBounds bounds, Clock clock) {
        FileOutbox stored = FileOutbox.open(
                directory,
                FileOutbox.Options.defaults()
                        .withSegmentOctets(64 << 10)
                        .withBounds(bounds)
                        .withClock(clock));
        return new SealedOutbox(stored, RecordSealer.PLAIN, (device, lane) -> device + "/" + lane);
    }
}
