package org.openiomt.core.sealing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;

/** Messages that everybody can read. */
final class PlainRecords implements RecordSealer {
    @Override
    public OutboxRecord seal(OutboxRecord record, String topic) {
        return record;
    }

    @Override
    public Optional<Announcement> announcement(OutboxRecord record) {
        return Optional.empty();
    }

    @Override
    public long epochOf(OutboxRecord record) {
        return 0;
    }

    @Override
    public byte[] message(String topic, List<OutboxEntry> batch) {
        List<ObservationMessage.Item> items = batch.stream()
                .map(entry -> ObservationMessage.Item.of(
                        entry.sequence(), entry.record().payload()))
                .toList();
        return ObservationMessage.encode(batch.get(0).epoch(), items);
    }

    @Override
    public boolean isSealed(OutboxRecord record) {
        return true;
    }

    @Override
    public String contentType() {
        return ObservationMessage.CONTENT_TYPE;
    }

    @Override
    public void retain(Collection<OutboxRecord> oldest) {}

    @Override
    public void close() {}
}
