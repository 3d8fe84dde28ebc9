package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.append;
import static org.openiomt.core.outbox.Waiting.entries;
import static org.openiomt.core.outbox.Waiting.numbers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.sealing.SealedOutbox;

/** Who listens to an outbox hears what the sink has taken. */
class AcknowledgedTest {
    private final List<Long> heard = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    private void hears(Outbox outbox) {
        outbox.onAcknowledged(ids -> ids.forEach(id -> heard.add(id.low())));
        append(outbox, 0, 4);
        assertThat(heard).as("stored is not acknowledged").isEmpty();
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(1, 3));
        assertThat(heard).containsExactly(1L, 2L);
        outbox.onAcknowledged(ids -> {
            throw new IllegalStateException("a listener that fails");
        });
        outbox.acknowledge(entries(outbox, Lane.CLINICAL).subList(0, 1));
        assertThat(numbers(outbox).size())
                .as("a listener that fails stops nothing")
                .isEqualTo(1);
        outbox.close();
    }

    @Test
    void ofAnOutboxInMemory() {
        hears(new MemoryOutbox(OutboxBounds.of(100, 1 << 20)));
    }

    @Test
    void ofAnOutboxOnDisk() {
        hears(FileOutbox.open(directory));
    }

    @Test
    void ofASealedOutboxByTheIdsBeforeTheSealing() {
        hears(new SealedOutbox(
                new MemoryOutbox(OutboxBounds.of(100, 1 << 20)), new Renaming(), (device, lane) -> "topic"));
    }

    /** Gives each record an id of its own, as a sealer does. */
    private static final class Renaming implements RecordSealer {
        private long next = 1_000;

        @Override
        public OutboxRecord seal(OutboxRecord record, String topic) {
            next++;
            return OutboxRecord.of(ObservationId.of(9, next), record.device(), record.lane(), record.payload());
        }

        @Override
        public Optional<Announcement> announcement(OutboxRecord record) {
            return PLAIN.announcement(record);
        }

        @Override
        public long epochOf(OutboxRecord record) {
            return PLAIN.epochOf(record);
        }

        @Override
        public byte[] message(String topic, List<OutboxEntry> batch) {
            return PLAIN.message(topic, batch);
        }

        @Override
        public boolean isSealed(OutboxRecord record) {
            return true;
        }

        @Override
        public String contentType() {
            return PLAIN.contentType();
        }

        @Override
        public void retain(Collection<OutboxRecord> oldest) {}

        @Override
        public void close() {}
    }
}
