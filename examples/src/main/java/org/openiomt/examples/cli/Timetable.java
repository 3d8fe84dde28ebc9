package org.openiomt.examples.cli;

import java.time.Duration;
import org.openiomt.core.spi.Scheduler;

/** Runs tasks again and again until it is closed. Safe for use by several threads. */
public final class Timetable implements AutoCloseable {
    private final Scheduler scheduler;
    private volatile boolean isClosed;

    /** Makes an empty timetable; the scheduler stays the caller's. */
    public Timetable(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs {@code task} after {@code first} and then after each {@code period}, measured from one start to the next. */
    public void every(Duration first, Duration period, Runnable task) {
        scheduler.schedule(first, () -> {
            if (!isClosed) {
                every(period, period, task);
                task.run();
            }
        });
    }

    /** Runs {@code task} once after {@code delay}. */
    public void once(Duration delay, Runnable task) {
        scheduler.schedule(delay, () -> {
            if (!isClosed) {
                task.run();
            }
        });
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
