package org.openiomt.examples.wifi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.Scheduler;

/** Real threads and delays, and a clock that stands still: what two runs have measured can be compared. */
final class FixedTime implements Scheduler {
    private final Scheduler threads = Scheduler.system("fixed-time", 2);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

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
        return threads.schedule(delay, task);
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
