package org.openiomt.core.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openiomt.core.model.ObservationId;

/**
 * The observations that somebody follows until the sink has taken them, and those that it has taken. Both outlive the sessions in
 * which they were offered, so that a record which a device sends again is neither stored twice nor waited for anew. Any thread may
 * call; tasks run under no lock and must be quick.
 */
final class Acknowledgements {
    private static final int MOST = 65_536;

    private final Map<ObservationId, List<Runnable>> onTheirWay = new HashMap<>();
    private final Set<ObservationId> arrived = new LinkedHashSet<>();

    /** Where an observation is. */
    enum Place {
        /** Nowhere yet: it must be offered. */
        NEW,
        /** Between an earlier offer and the sink. */
        ON_ITS_WAY,
        /** With the sink. */
        ARRIVED,
        /** Not known, for too many are followed. */
        NOT_FOLLOWED
    }

    /** Says where an observation is, and runs a task once when it arrives; not for one that has, or that is not followed. */
    synchronized Place follow(ObservationId id, Runnable task) {
        if (arrived.contains(id)) {
            return Place.ARRIVED;
        }
        List<Runnable> tasks = onTheirWay.get(id);
        if (tasks != null) {
            tasks.add(task);
            return Place.ON_ITS_WAY;
        }
        if (onTheirWay.size() >= MOST) {
            return Place.NOT_FOLLOWED;
        }
        onTheirWay.put(id, new ArrayList<>(List.of(task)));
        return Place.NEW;
    }

    /** Forgets one that was dropped on its way. */
    synchronized void lost(ObservationId id) {
        onTheirWay.remove(id);
    }

    /** Gives up a task; the observation is still followed. */
    synchronized void remove(ObservationId id, Runnable task) {
        List<Runnable> tasks = onTheirWay.get(id);
        if (tasks != null) {
            tasks.remove(task);
        }
    }

    void acknowledged(List<ObservationId> ids) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            for (ObservationId id : ids) {
                List<Runnable> tasks = onTheirWay.remove(id);
                if (tasks != null) {
                    due.addAll(tasks);
                    arrived.add(id);
                }
            }
            while (arrived.size() > MOST) {
                arrived.remove(arrived.iterator().next());
            }
        }
        due.forEach(Runnable::run);
    }
}
