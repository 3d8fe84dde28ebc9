package org.openiomt.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.spi.Scheduler;

class DeviceQueueTest {
    private final List<String> told = new ArrayList<>();
    private final Queue<CompletableFuture<Void>> answers = new ArrayDeque<>();
    private final Queue<List<String>> taken = new ArrayDeque<>();
    private int hops;
    private final DeviceQueue<String> queue = new DeviceQueue<>(
            new Hasty(), new SplittableRandom(1), QueueLimits.DEFAULT, this::take, new DeviceQueue.Listener() {
                @Override
                public void dropped(long count, String reason) {
                    told.add("dropped " + count);
                }

                @Override
                public void delayed(long waiting, Throwable cause) {
                    told.add("delayed " + waiting + ": " + cause.getMessage());
                }

                @Override
                public void resumed() {
                    told.add("resumed");
                }
            });

    @Test
    void aDelayIsToldBeforeItsEndThoughTheNextAttemptComesAtOnce() {
        answers.add(CompletableFuture.failedFuture(new IllegalStateException("full")));
        answers.add(CompletableFuture.completedFuture(null));
        queue.offer("reading", Lane.CLINICAL);
        assertThat(taken).containsExactly(List.of("reading"), List.of("reading"));
        assertThat(told).containsExactly("delayed 1: full", "resumed");
    }

    @Test
    void aDelayIsToldOnceHoweverOftenItIsTriedAgain() {
        answers.add(CompletableFuture.failedFuture(new IllegalStateException("full")));
        answers.add(CompletableFuture.failedFuture(new IllegalStateException("still full")));
        answers.add(CompletableFuture.completedFuture(null));
        queue.offer("reading", Lane.CLINICAL);
        assertThat(taken).hasSize(3);
        assertThat(told).containsExactly("delayed 1: full", "resumed");
    }

    @Test
    void whatWasGivenUpIsNotTriedAgain() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        answers.add(open);
        queue.offer("reading", Lane.CLINICAL);
        queue.giveUp();
        open.completeExceptionally(new IllegalStateException("full"));
        assertThat(taken).hasSize(1);
        assertThat(told).containsExactly("dropped 1");
    }

    /** A hop for each batch would wake a thread for nothing: the most part of what a reading costs a gateway that is mostly idle. */
    @Test
    void goesOnWhereTheTakerIsDone() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        answers.add(first);
        answers.add(second);
        queue.offer("one", Lane.CLINICAL);
        queue.offer("two", Lane.CLINICAL);
        first.complete(null);
        second.complete(null);
        assertThat(taken).containsExactly(List.of("one"), List.of("two"));
        assertThat(hops).isZero();
        assertThat(queue.waiting()).isZero();
    }

    /** What follows the end of all queues may wait, and a taker may be done on a thread of the application. */
    @Test
    void theEndIsToldOnAThreadOfTheScheduler() {
        CompletableFuture<Void> last = new CompletableFuture<>();
        answers.add(last);
        queue.offer("reading", Lane.CLINICAL);
        CompletionStage<Void> end = queue.close();
        last.complete(null);
        assertThat(end.toCompletableFuture()).isCompleted();
        assertThat(hops).isOne();
    }

    private CompletionStage<Void> take(List<String> batch) {
        taken.add(batch);
        return answers.remove();
    }

    /** A scheduler whose other threads are done before the caller goes on. */
    private final class Hasty implements Scheduler {
        @Override
        public Clock clock() {
            throw new AssertionError("nobody asks for the time");
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            task.run();
            return () -> {};
        }

        @Override
        public boolean await(CompletionStage<?> stage, Duration atMost) {
            return stage.toCompletableFuture().isDone();
        }

        @Override
        public void execute(Runnable task) {
            hops++;
            task.run();
        }

        @Override
        public void close() {}
    }
}
