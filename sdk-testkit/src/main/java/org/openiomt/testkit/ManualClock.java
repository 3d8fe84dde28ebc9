package org.openiomt.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;

/**
 * Time that stands still until the test moves it, and a scheduler that runs everything on the test's thread: the same test
 * always does the same. Tasks run in {@link #advance} and {@link #runUntilIdle}, ordered by time and then by age.
 */
public final class ManualClock extends Clock implements Scheduler {
    private static final int MAX_TASKS_AT_ONE_TIME = 1_000_000;

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::age));
    private Instant now;
    private long ages;
    private boolean isClosed;

    private record Timer(Instant due, long age, Runnable task) {}

    /** Starts at the beginning of 2026, UTC. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Starts at {@code start}. */
    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (!isClosed) {
            ready.add(task);
        }
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable task) {
        if (isClosed) {
            return () -> {};
        }
        Timer timer = new Timer(delay.isNegative() ? now : now.plus(delay), ages++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    /** Runs what can run and moves time forward, from task to task, until the stage has completed or the time is over. */
    @Override
    public boolean await(CompletionStage<?> stage, Duration atMost) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        Instant end = instant().plus(atMost);
        runUntilIdle();
        while (!future.isDone()) {
            Runnable task = nextDue(end);
            if (task == null) {
                return false;
            }
            task.run();
            runUntilIdle();
        }
        return true;
    }

    /** Moves time forward, running everything that falls due on the way, at its own time. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("advance moves forward; use jump for " + duration);
        }
        Instant end = instant().plus(duration);
        runUntilIdle();
        for (Runnable task = nextDue(end); task != null; task = nextDue(end)) {
            task.run();
            runUntilIdle();
        }
        synchronized (this) {
            now = now.isBefore(end) ? end : now;
        }
        runUntilIdle();
    }

    /** Sets the wall clock to another time, as a user or a time server does. Waiting tasks keep the delay that is left. */
    public synchronized void jump(Duration by) {
        PriorityQueue<Timer> moved = new PriorityQueue<>(timers.comparator());
        for (Timer timer : timers) {
            moved.add(new Timer(timer.due().plus(by), timer.age(), timer.task()));
        }
        timers.clear();
        timers.addAll(moved);
        now = now.plus(by);
    }

    /** Runs all that can run now, also what that adds. */
    public void runUntilIdle() {
        for (int i = 0; i < MAX_TASKS_AT_ONE_TIME; i++) {
            Runnable task = nextReady();
            if (task == null) {
                return;
            }
            task.run();
        }
        throw new AssertionError("tasks add tasks without end: no rest after " + MAX_TASKS_AT_ONE_TIME);
    }

    /** Runs the one task that can run next; false when there is none. */
    public boolean runNext() {
        Runnable task = nextReady();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Returns how many tasks wait for their time. */
    public synchronized int waiting() {
        return timers.size();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        ready.clear();
        timers.clear();
    }

    private synchronized @Nullable Runnable nextReady() {
        Runnable task = ready.poll();
        if (task != null) {
            return task;
        }
        Timer first = timers.peek();
        return first != null && !first.due().isAfter(now) ? timers.remove().task() : null;
    }

    private synchronized @Nullable Runnable nextDue(Instant end) {
        Timer first = timers.peek();
        if (first == null || first.due().isAfter(end)) {
            return null;
        }
        now = first.due().isAfter(now) ? first.due() : now;
        return timers.remove().task();
    }

    private synchronized void cancel(Timer timer) {
        timers.removeIf(waiting -> waiting.age() == timer.age());
    }
}
