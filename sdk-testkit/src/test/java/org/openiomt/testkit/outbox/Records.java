package org.openiomt.testkit.outbox;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;

/** Makes records that can be told apart. */
final class Records {
    private long ids;

    OutboxRecord one(String device, Lane lane) {
        return one(device, lane, 20);
    }

    OutboxRecord one(String device, Lane lane, int length) {
        ids++;
        return OutboxRecord.of(ObservationId.of(1, ids), DeviceId.of(device), lane, new byte[length]);
    }

    List<OutboxRecord> many(int count, String device, Lane lane) {
        List<OutboxRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(one(device, lane));
        }
        return records;
    }

    /** A record with a number that is found again as the low half of its id. */
    static OutboxRecord numbered(long number, String device, Lane lane) {
        return OutboxRecord.of(ObservationId.of(2, number), DeviceId.of(device), lane, new byte[30]);
    }

    static List<OutboxRecord> of(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::record).toList();
    }

    static List<OutboxRecord> of(List<OutboxEntry> entries, String device, Lane lane) {
        return of(entries).stream()
                .filter(record -> record.device().value().equals(device) && record.lane() == lane)
                .toList();
    }
}
