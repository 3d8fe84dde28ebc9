package org.openiomt.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a command runs: until a time is over, Ctrl-C or SIGTERM. Open it before everything else and close it last, so that
 * the process ends only when everything is closed; it then ends with exit code 0.
 * <pre>{@code
 * try (Lifetime lifetime = Lifetime.begin(); Broker broker = Broker.start()) {
 *     lifetime.await();
 * }
 * }</pre>
 */
public final class Lifetime implements AutoCloseable {
    private static final Duration CLOSING_AT_MOST = Duration.ofSeconds(20);

    private static final Duration REPORT_PERIOD = Duration.ofSeconds(5);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "lifetime");

    private Lifetime() {}

    /** Begins to listen for the end of the process. */
    public static Lifetime begin() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(lifetime.hook);
        return lifetime;
    }

    /** Waits until the end. */
    public void await() throws InterruptedException {
        stopped.await();
    }

    /**
     * Prints a line every few seconds until the end.
     *
     * @param atMost how long; for ever when empty
     */
    public void report(PrintWriter out, Optional<Duration> atMost, Supplier<String> line) throws InterruptedException {
        long end = System.nanoTime() + atMost.orElse(Duration.ZERO).toNanos();
        boolean isOver = false;
        while (!isOver) {
            long left = atMost.isPresent() ? end - System.nanoTime() : Long.MAX_VALUE;
            boolean isStopped = stopped.await(Math.min(left, REPORT_PERIOD.toNanos()), TimeUnit.NANOSECONDS);
            isOver = isStopped || (atMost.isPresent() && System.nanoTime() >= end);
            out.println(line.get());
            out.flush();
        }
    }

    /** Ends {@link #await}. */
    public void stop() {
        stopped.countDown();
    }

    /** Says that everything is closed. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already; the hook runs and finds everything closed.
            stopped.countDown();
        }
    }

    private void stopAndWait() {
        stopped.countDown();
        try {
            boolean isClosed = closed.await(CLOSING_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(isClosed ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
