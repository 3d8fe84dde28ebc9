package org.openiomt.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
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
    void aForgedFrameCostsNoStackTrace() {
        assertThat(new AuthenticationException().getStackTrace()).isEmpty();
        assertThat(new AuthenticationException()).hasMessage("frame not authentic");
    }
}
