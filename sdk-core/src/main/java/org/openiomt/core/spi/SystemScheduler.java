package org.openiomt.core.spi;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The scheduler of production: the system clock, a pool of daemon threads, and one thread beside it that does nothing but hand what
 * waits for its time to the pool. A ScheduledThreadPoolExecutor could do both, but it keeps what is ready in the queue of what waits,
 * ordered by time, and wakes a second thread for each task while anything waits: two thirds more processor time a hand-over.
 */
final class SystemScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timer;

    SystemScheduler(String name, int threads) {
        pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        timer = new ScheduledThreadPoolExecutor(1, daemons(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void execute(Runnable task) {
        unlessClosed(() -> pool.execute(() -> run(task)));
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Delayed delayed = new Delayed(task);
        if (delay.isZero() || delay.isNegative()) {
            execute(delayed);
        } else {
            unlessClosed(() -> delayed.waiting =
                    timer.schedule(() -> execute(delayed), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS));
        }
        return delayed;
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration atMost) {
        CountDownLatch done = new CountDownLatch(1);
        stage.whenComplete((value, fault) -> done.countDown());
        try {
            return done.await(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        // Behind what is ready to run, so that only what waits for its time is dropped.
        execute(() -> {
            timer.shutdown();
            pool.shutdown();
        });
    }

    private static void unlessClosed(Runnable handOver) {
        try {
            handOver.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("a task came after the scheduler was closed and was dropped");
        }
    }

    /** A task that throws is a bug; it must not die unseen inside a future that nobody reads. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("a scheduled task failed", e);
        }
    }

    /** A task that can be given up until it begins, be it on its way through the pool. */
    private static final class Delayed implements Runnable, Cancellable {
        private final Runnable task;
        private @Nullable Future<?> waiting;
        private volatile boolean isCancelled;

        Delayed(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!isCancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
            if (waiting != null) {
                waiting.cancel(false);
            }
        }
    }
}
