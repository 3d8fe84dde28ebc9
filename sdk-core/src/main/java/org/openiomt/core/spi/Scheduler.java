package org.openiomt.core.spi;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Time and threads, passed in so that tests own both. {@link #execute} runs a task soon on some thread and never on the
 * caller's stack.
 */
public interface Scheduler extends Executor, AutoCloseable {
    /** Returns the clock that all of this scheduler's delays follow. */
    Clock clock();

    /**
     * Runs {@code task} once after {@code delay}, on some thread.
     *
     * @return cancels the task unless it has begun
     */
    Cancellable schedule(Duration delay, Runnable task);

    /**
     * Waits on the calling thread until a stage has completed, with a value or a fault.
     *
     * @return false when it has not after {@code atMost}
     */
    boolean await(CompletionStage<?> stage, Duration atMost);

    /** Drops what is waiting and ends the threads. */
    @Override
    void close();

    /** Something that can be given up. */
    @FunctionalInterface
    interface Cancellable {
        /** Gives it up. Does nothing when it is over. */
        void cancel();
    }

    /**
     * Returns a scheduler on the system clock with a small pool of daemon threads.
     *
     * @param name the prefix of the threads' names
     * @param threads at least 1
     */
    static Scheduler system(String name, int threads) {
        return new SystemScheduler(name, threads);
    }
}
