package org.openiomt.core.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openiomt.core.model.ObservationId;

/** Who waits until the sink has taken an observation. Any thread may call. */
final class Acknowledgements {
    private final Map<ObservationId, List<Runnable>> waiting = new ConcurrentHashMap<>();

    /** Runs a task once when the observation has been acknowledged. It must be quick. */
    void add(ObservationId id, Runnable task) {
        waiting.compute(id, (same, tasks) -> {
            List<Runnable> all = tasks == null ? new CopyOnWriteArrayList<>() : tasks;
            all.add(task);
            return all;
        });
    }

    /** Gives up what was asked for. */
    void remove(ObservationId id, Runnable task) {
        waiting.computeIfPresent(id, (same, tasks) -> {
            tasks.remove(task);
            return tasks.isEmpty() ? null : tasks;
        });
    }

    /** Returns how many observations somebody waits for. */
    int size() {
        return waiting.size();
    }

    void acknowledged(List<ObservationId> ids) {
        if (waiting.isEmpty()) {
            return;
        }
        for (ObservationId id : ids) {
            List<Runnable> tasks = waiting.remove(id);
            if (tasks != null) {
                tasks.forEach(Runnable::run);
            }
        }
    }
}
