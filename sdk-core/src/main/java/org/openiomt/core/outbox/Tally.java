package org.openiomt.core.outbox;

import java.util.HashMap;
import java.util.Map;

/** What a lane of an outbox has done since it was opened. Guarded by its owner. */
final class Tally {
    private final Map<String, Long> dropped = new HashMap<>();
    private long appended;
    private long acknowledged;

    void appended(long records) {
        appended += records;
    }

    void acknowledged(long records) {
        acknowledged += records;
    }

    void dropped(String reason, long records) {
        if (records > 0) {
            dropped.merge(reason, records, Long::sum);
        }
    }

    long appended() {
        return appended;
    }

    long acknowledged() {
        return acknowledged;
    }

    Map<String, Long> dropped() {
        return Map.copyOf(dropped);
    }
}
