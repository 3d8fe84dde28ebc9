package org.openiomt.examples.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.cli.CommandFailedException;

/**
 * Plays steps at their times: waits until the devices are ready, plays, and waits until what they said has arrived. The
 * steps are played by one thread at a time, in order, at most a thousand in a second.
 */
final class Player {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(4);
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);
    private static final Duration PAUSE_AT_LEAST = Duration.ofMillis(1);

    private final Scheduler scheduler;
    private final Clock clock;
    private final double speed;
    private final Arrival arrival;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Instant began;

    /**
     * What is known of the other end.
     *
     * @param progress changes whenever something moves
     * @param waiting how much is on its way
     */
    record Arrival(LongSupplier progress, LongSupplier waiting) {}

    /**
     * Makes a player.
     *
     * @param speed how much faster than it was recorded, above 0
     */
    Player(Scheduler scheduler, double speed, Arrival arrival) {
        this.scheduler = scheduler;
        this.clock = scheduler.clock();
        this.speed = speed;
        this.arrival = arrival;
        this.began = clock.instant();
    }

    /**
     * Plays.
     *
     * @param isReady whether the devices can be heard
     * @return completes when everything has been played and has arrived, and nothing has moved for a while; fails with {@link
     *     CommandFailedException} when the devices do not become ready, or when nothing moves although something is on its way
     */
    CompletableFuture<Void> play(List<Recording.Step> steps, BooleanSupplier isReady) {
        scheduler.schedule(LOOK, () -> look(steps, isReady));
        return done;
    }

    private void look(List<Recording.Step> steps, BooleanSupplier isReady) {
        if (isReady.getAsBoolean()) {
            next(steps.iterator(), clock.instant());
        } else if (Duration.between(began, clock.instant()).compareTo(READY_WITHIN) > 0) {
            done.completeExceptionally(new CommandFailedException(
                    "the virtual devices did not become ready within " + READY_WITHIN.toSeconds() + " s"));
        } else {
            scheduler.schedule(LOOK, () -> look(steps, isReady));
        }
    }

    private void next(Iterator<Recording.Step> steps, Instant start) {
        if (!steps.hasNext()) {
            settle(done, SETTLED_AFTER, arrival.progress.getAsLong(), clock.instant());
            return;
        }
        Recording.Step step = steps.next();
        Instant due = start.plusNanos((long) (step.at().toNanos() / speed));
        Duration left = Duration.between(clock.instant(), due);
        scheduler.schedule(left.compareTo(PAUSE_AT_LEAST) < 0 ? PAUSE_AT_LEAST : left, () -> {
            try {
                step.action().run();
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
                return;
            }
            next(steps, start);
        });
    }

    /** Completes when nothing is on its way any more; fails as {@link #play} does. */
    CompletableFuture<Void> arrived() {
        CompletableFuture<Void> all = new CompletableFuture<>();
        settle(all, Duration.ZERO, arrival.progress.getAsLong(), clock.instant());
        return all;
    }

    private void settle(CompletableFuture<Void> over, Duration after, long seen, Instant since) {
        scheduler.schedule(LOOK, () -> {
            long now = arrival.progress.getAsLong();
            long waiting = arrival.waiting.getAsLong();
            Duration still = Duration.between(since, clock.instant());
            if (now != seen) {
                settle(over, after, now, clock.instant());
            } else if (waiting == 0 && still.compareTo(after) > 0) {
                over.complete(null);
            } else if (still.compareTo(GIVEN_UP_AFTER) > 0) {
                over.completeExceptionally(new CommandFailedException(
                        waiting + " did not arrive within " + GIVEN_UP_AFTER.toSeconds() + " s"));
            } else {
                settle(over, after, seen, since);
            }
        });
    }
}
