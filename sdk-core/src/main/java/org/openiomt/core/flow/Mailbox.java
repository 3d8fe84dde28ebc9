package org.openiomt.core.flow;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on an executor, one at a time and in order. A task that throws, even an {@link Error}, is logged and the next one
 * runs. Safe for use by
 * several threads at once; has no bound of its own.
 */
public final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int TASKS_PER_TURN = 64;

    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean isScheduled;

    /** Makes an empty mailbox; {@code executor} must not run a task on the caller's stack. */
    public Mailbox(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        executor.execute(this::turn);
    }

    /** Runs some tasks and then lets other mailboxes have the thread. */
    private void turn() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    isScheduled = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (Throwable e) { // a task is foreign code, and an Error of one must not stop those behind it
                LOG.error("a task of a mailbox failed", e);
            }
        }
        executor.execute(this::turn);
    }
}
