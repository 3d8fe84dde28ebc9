package org.openiomt.security.net.link;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.ManualClock;

/** Runs tasks at once on a thread, and timers when the test lets time pass: they run on the test's thread. */
final class HandTimers implements Scheduler {
    private final ManualClock clock = new ManualClock();
    private final Scheduler threads = Scheduler.system("hand-timers", 1);

    /** Lets time pass. */
    void elapse(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration atMost) {
        return threads.await(stage, atMost);
    }

    @Override
    public void close() {
        threads.close();
    }
}
