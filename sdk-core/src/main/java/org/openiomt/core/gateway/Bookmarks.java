package org.openiomt.core.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What shall be done when all readings that a device has offered before are safe. Readings become safe in the order of their
 * offers, so that counting them is enough. Any thread may call; tasks run under no lock, one caller at a time.
 */
final class Bookmarks {
    private final Deque<Bookmark> waiting = new ArrayDeque<>();
    private long offered;
    private long safe;

    private record Bookmark(long at, Runnable task) {}

    /** A reading is about to be offered. */
    synchronized void offering() {
        offered++;
    }

    /** The reading that was about to be offered was not taken. */
    synchronized void refused() {
        offered--;
    }

    /** Runs a task when what was offered before is safe; of two that wait for the same reading only the newer runs. */
    void add(Runnable task) {
        synchronized (this) {
            if (offered > safe) {
                if (!waiting.isEmpty() && waiting.getLast().at == offered) {
                    waiting.removeLast();
                }
                waiting.add(new Bookmark(offered, task));
                return;
            }
        }
        task.run();
    }

    /** So many more of the readings are safe. */
    void safe(long count) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            safe += count;
            while (!waiting.isEmpty() && waiting.element().at <= safe) {
                due.add(waiting.remove().task);
            }
        }
        due.forEach(Runnable::run);
    }
}
