package org.openiomt.mqtt.consume;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.openiomt.core.model.ObservationId;

/** The last observations of one device. Remembers as many as it may and forgets the oldest. Used by one thread at a time. */
final class SeenIds {
    private final int capacity;
    private final Set<ObservationId> ids = new LinkedHashSet<>();

    SeenIds(int capacity) {
        this.capacity = capacity;
    }

    boolean contains(ObservationId id) {
        return ids.contains(id);
    }

    /** Remembers an id; one that is known already becomes no younger. */
    void add(ObservationId id) {
        if (ids.add(id) && ids.size() > capacity) {
            Iterator<ObservationId> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Returns them all, the oldest first. */
    Set<ObservationId> all() {
        return ids;
    }

    int size() {
        return ids.size();
    }
}
