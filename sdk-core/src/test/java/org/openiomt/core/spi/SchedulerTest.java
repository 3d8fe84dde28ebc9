package org.openiomt.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    void aDelayBeyondAllTimersIsNoFault() {
        Scheduler scheduler = Scheduler.system("test", 1);
        Scheduler.Cancellable never = scheduler.schedule(FOREVER, () -> {});
        CompletableFuture<Void> done = new CompletableFuture<>();
        scheduler.execute(() -> done.complete(null));
        assertThat(scheduler.await(done, FOREVER)).isTrue();
        never.cancel();
        scheduler.close();
    }

    @Test
    void anErrorOfATaskLeavesTheThreadForTheNext() {
        Scheduler scheduler = Scheduler.system("test", 1);
        CompletableFuture<Void> done = new CompletableFuture<>();
        scheduler.execute(() -> {
            throw new StackOverflowError();
        });
        scheduler.execute(() -> done.complete(null));
        assertThat(scheduler.await(done, Duration.ofSeconds(30))).isTrue();
        scheduler.close();
    }

    @Test
    void tasksOfOneThreadKeepTheirOrderBesideDelays() {
        List<Integer> ran = new ArrayList<>();
        try (Scheduler scheduler = Scheduler.system("test", 1)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Scheduler.Cancellable never = scheduler.schedule(FOREVER, () -> ran.add(-1));
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                if (i % 2 == 0) {
                    scheduler.execute(() -> ran.add(number));
                } else {
                    scheduler.schedule(Duration.ZERO, () -> ran.add(number));
                }
            }
            scheduler.execute(() -> done.complete(null));
            assertThat(scheduler.await(done, FOREVER)).isTrue();
            never.cancel();
        }
        assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void whatIsDueButHasNotBegunCanBeCancelled() {
        List<String> ran = new ArrayList<>();
        try (Scheduler scheduler = Scheduler.system("test", 1)) {
            CompletableFuture<Void> held = new CompletableFuture<>();
            CompletableFuture<Void> done = new CompletableFuture<>();
            scheduler.execute(() -> scheduler.await(held, FOREVER));
            Scheduler.Cancellable now = scheduler.schedule(Duration.ZERO, () -> ran.add("now"));
            Scheduler.Cancellable soon = scheduler.schedule(Duration.ofNanos(1), () -> ran.add("soon"));
            scheduler.schedule(Duration.ofNanos(2), () -> done.complete(null));
            now.cancel();
            soon.cancel();
            held.complete(null);
            assertThat(scheduler.await(done, FOREVER)).isTrue();
        }
        assertThat(ran).isEmpty();
    }

    @Test
    void closingRunsWhatIsReadyAndDropsWhatWaits() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> held = new CompletableFuture<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Void> waited = new CompletableFuture<>();
        Scheduler scheduler = Scheduler.system("closing", 1);
        scheduler.schedule(Duration.ofHours(1), () -> waited.complete(null));
        scheduler.execute(() -> scheduler.await(held, FOREVER));
        scheduler.execute(() -> {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("closing-"))
                    .forEach(threads::add);
            ready.complete(null);
        });
        scheduler.close();
        held.complete(null);
        assertThat(scheduler.await(ready, FOREVER)).isTrue();
        assertThat(threads).hasSize(2);
        for (Thread thread : threads) {
            thread.join();
        }
        scheduler.execute(() -> waited.complete(null));
        assertThat(waited).isNotDone();
    }

    @Test
    void aForgedFrameCostsNoStackTrace() {
        assertThat(new AuthenticationException().getStackTrace()).isEmpty();
        assertThat(new AuthenticationException()).hasMessage("frame not authentic");
    }
}
