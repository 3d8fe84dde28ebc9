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
    private static final Duration PAUSE_AT_LEAST = Duration.ofMillis(1);

    private final Scheduler scheduler;
    private final Clock clock;
    private final double speed;
    private final LongSupplier progress;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Instant began;

    /**
     * Makes a player.
     *
     * @param speed how much faster than it was recorded, above 0
     * @param progress changes as long as something is on its way
     */
    Player(Scheduler scheduler, double speed, LongSupplier progress) {
        this.scheduler = scheduler;
        this.clock = scheduler.clock();
        this.speed = speed;
        this.progress = progress;
        this.began = clock.instant();
    }

    /**
     * Plays.
     *
     * @param isReady whether the devices can be heard
     * @return completes when everything has been played and nothing has moved for a while; fails with {@link
     *     CommandFailedException} when the devices do not become ready
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
            settle(progress.getAsLong(), clock.instant());
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

    private void settle(long seen, Instant since) {
        scheduler.schedule(LOOK, () -> {
            long now = progress.getAsLong();
            if (now != seen) {
                settle(now, clock.instant());
            } else if (Duration.between(since, clock.instant()).compareTo(SETTLED_AFTER) > 0) {
                done.complete(null);
            } else {
                settle(seen, since);
            }
        });
    }
}
