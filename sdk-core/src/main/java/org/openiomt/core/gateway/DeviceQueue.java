package org.openiomt.core.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;

/*
 * The queue between a device and one taker (the outbox, or the application).
 *
 * Two bounded lanes, readings before wave forms. One batch is with the taker at a time; when the taker fails, the first half of
 * it is given again after a pause, so that order holds, nothing is lost between the lanes and the taker, and a batch that is
 * too large for the taker's room goes in parts. Offers come from the device's mailbox and never wait.
 */
final class DeviceQueue<T> {
    private static final int BATCH = 256;
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Who takes what waits. */
    interface Taker<T> {
        /**
         * Takes a batch; the stage fails when the batch must be given again. The queue goes on where the stage completes, so one
         * that may complete before this returns, or under a lock, must hop to another thread first.
         */
        CompletionStage<Void> take(List<T> batch);
    }

    /** Hears of losses and delays. Called under no lock. */
    interface Listener {
        void dropped(long count, String reason);

        void delayed(long waiting, Throwable cause);

        /** After a delay something was taken again. */
        void resumed();
    }

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final QueueLimits limits;
    private final Taker<T> taker;
    private final Listener listener;

    private final Queue<T> clinical = new ArrayDeque<>();
    private final Queue<T> waveform = new ArrayDeque<>();
    private List<T> inHand = List.of();
    private int part = BATCH;
    private int failures;
    private boolean isBusy;
    private boolean isClosing;
    private boolean isGivenUp;
    private Scheduler.@Nullable Cancellable retry;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    DeviceQueue(Scheduler scheduler, RandomGenerator random, QueueLimits limits, Taker<T> taker, Listener listener) {
        this.scheduler = scheduler;
        this.random = random;
        this.limits = limits;
        this.taker = taker;
        this.listener = listener;
    }

    /** Adds an item; false when it was refused. */
    boolean offer(T item, Lane lane) {
        @Nullable String loss = null;
        boolean isTaken = true;
        synchronized (this) {
            if (isClosing) {
                loss = "the gateway is closing";
                isTaken = false;
            } else if (lane == Lane.WAVEFORM) {
                if (waveform.size() == limits.waveform()) {
                    waveform.remove();
                    loss = "more than " + limits.waveform() + " pieces of wave forms waited; the oldest was given up";
                }
                waveform.add(item);
            } else if (clinical.size() == limits.clinical()) {
                loss = "more than " + limits.clinical() + " readings waited; the newest was refused";
                isTaken = false;
            } else {
                clinical.add(item);
            }
        }
        if (loss != null) {
            listener.dropped(1, loss);
        }
        next();
        return isTaken;
    }

    /** Returns how many wait, those in the taker's hand included. */
    synchronized long waiting() {
        return clinical.size() + (long) waveform.size() + inHand.size();
    }

    /** Takes no more and completes when all that waits has been taken or given up. */
    CompletionStage<Void> close() {
        synchronized (this) {
            isClosing = true;
        }
        next();
        return drained;
    }

    /** Drops what waits and reports it. What is in the taker's hand counts as lost, although the taker may still keep it. */
    void giveUp() {
        long lost;
        synchronized (this) {
            lost = waiting();
            isClosing = true;
            isGivenUp = true;
            clinical.clear();
            waveform.clear();
            inHand = List.of();
            if (retry != null) {
                retry.cancel();
            }
        }
        if (lost > 0) {
            listener.dropped(lost, "the gateway was closed before they were taken");
        }
        drained.complete(null);
    }

    /** Gives the next batch unless one is on its way. */
    private void next() {
        List<T> batch;
        boolean isDrained;
        synchronized (this) {
            if (isBusy || isGivenUp) {
                return;
            }
            if (inHand.isEmpty()) {
                inHand = nextInHand();
            }
            batch = List.copyOf(inHand.subList(0, Math.min(part, inHand.size())));
            isBusy = !batch.isEmpty();
            isDrained = batch.isEmpty() && isClosing;
        }
        if (!batch.isEmpty()) {
            give(batch);
        } else if (isDrained) {
            // What follows the end may wait, and this may be a thread of the application.
            scheduler.execute(() -> drained.complete(null));
        }
    }

    private List<T> nextInHand() {
        Queue<T> lane = clinical.isEmpty() ? waveform : clinical;
        List<T> next = new ArrayList<>(Math.min(lane.size(), BATCH));
        while (next.size() < BATCH && !lane.isEmpty()) {
            next.add(lane.remove());
        }
        return next;
    }

    private void give(List<T> batch) {
        CompletionStage<Void> stage;
        try {
            stage = taker.take(batch);
        } catch (Throwable e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((nothing, fault) -> taken(batch.size(), fault));
    }

    private void taken(int count, @Nullable Throwable fault) {
        boolean isFirstFailure = false;
        boolean isResumed = false;
        synchronized (this) {
            if (isGivenUp) {
                return;
            }
            if (fault == null) {
                isResumed = failures > 0;
                inHand = inHand.subList(count, inHand.size());
                part = BATCH;
                failures = 0;
                isBusy = false;
            } else {
                part = Math.max(1, count / 2);
                failures++;
                isFirstFailure = failures == 1;
            }
        }
        if (isResumed) {
            listener.resumed();
        }
        if (fault == null) {
            next();
            return;
        }
        try {
            if (isFirstFailure) {
                listener.delayed(waiting(), Faults.unwrap(fault));
            }
        } finally { // only now: the next attempt may come at once, and tell that it went on
            retryLater();
        }
    }

    private synchronized void retryLater() {
        if (!isGivenUp) {
            retry = scheduler.schedule(RETRY.delay(failures, random), this::again);
        }
    }

    private void again() {
        synchronized (this) {
            isBusy = false;
        }
        next();
    }
}
