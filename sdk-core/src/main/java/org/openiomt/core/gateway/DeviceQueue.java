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
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;

/*
 * The queue between a device and one taker (the outbox, or the application).
 *
 * Two bounded lanes, readings before wave forms. One batch is with the taker at a time; when the taker fails, the same batch is
 * given again after a pause, so that order holds and nothing is lost between the lanes and the taker. Offers come from the
 * device's mailbox and never wait.
 */
final class DeviceQueue {
    private static final int BATCH = 256;
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Takes a batch; the stage fails when the batch must be given again. */
    interface Taker {
        CompletionStage<Void> take(List<Observation> batch);
    }

    /** Hears of losses and delays. Called under no lock. */
    interface Listener {
        void dropped(long count, String reason);

        void delayed(long waiting, Throwable cause);
    }

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final QueueLimits limits;
    private final Taker taker;
    private final Listener listener;

    private final Queue<Observation> clinical = new ArrayDeque<>();
    private final Queue<Observation> waveform = new ArrayDeque<>();
    private List<Observation> inHand = List.of();
    private int failures;
    private boolean isClosing;
    private @Nullable CompletableFuture<Void> drained;

    DeviceQueue(Scheduler scheduler, RandomGenerator random, QueueLimits limits, Taker taker, Listener listener) {
        this.scheduler = scheduler;
        this.random = random;
        this.limits = limits;
        this.taker = taker;
        this.listener = listener;
    }

    /** Adds an observation; false when it was refused. */
    boolean offer(Observation observation) {
        @Nullable String loss = null;
        boolean isTaken = true;
        synchronized (this) {
            if (isClosing) {
                loss = "the gateway is closing";
                isTaken = false;
            } else if (observation.isWaveform()) {
                if (waveform.size() == limits.waveform()) {
                    waveform.remove();
                    loss = "more than " + limits.waveform() + " pieces of wave forms waited; the oldest was given up";
                }
                waveform.add(observation);
            } else if (clinical.size() == limits.clinical()) {
                loss = "more than " + limits.clinical() + " readings waited; the newest was refused";
                isTaken = false;
            } else {
                clinical.add(observation);
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

    /** Takes no more and completes when all that waits has been taken. */
    CompletionStage<Void> close() {
        CompletableFuture<Void> done;
        synchronized (this) {
            isClosing = true;
            if (drained == null) {
                drained = new CompletableFuture<>();
            }
            done = drained;
        }
        next();
        return done;
    }

    /** Begins a batch unless one is in hand. */
    private void next() {
        List<Observation> batch;
        @Nullable CompletableFuture<Void> done = null;
        synchronized (this) {
            if (!inHand.isEmpty()) {
                return;
            }
            Queue<Observation> lane = clinical.isEmpty() ? waveform : clinical;
            batch = new ArrayList<>(Math.min(lane.size(), BATCH));
            while (batch.size() < BATCH && !lane.isEmpty()) {
                batch.add(lane.remove());
            }
            inHand = batch;
            if (batch.isEmpty()) {
                done = drained;
            }
        }
        if (!batch.isEmpty()) {
            give(batch);
        } else if (done != null) {
            done.complete(null);
        }
    }

    private void give(List<Observation> batch) {
        CompletionStage<Void> stage;
        try {
            stage = taker.take(batch);
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        // The executor hop keeps a taker that is always ready from growing the stack.
        stage.whenCompleteAsync((nothing, fault) -> taken(batch, fault), scheduler);
    }

    private void taken(List<Observation> batch, @Nullable Throwable fault) {
        if (fault == null) {
            synchronized (this) {
                inHand = List.of();
                failures = 0;
            }
            next();
            return;
        }
        int count;
        synchronized (this) {
            count = ++failures;
        }
        if (count == 1) {
            listener.delayed(waiting(), Faults.unwrap(fault));
        }
        scheduler.schedule(RETRY.delay(count, random), () -> give(batch));
    }
}
