package org.openiomt.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.testkit.ManualClock;

class MailboxTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> log = new ArrayList<>();

    @Test
    void tasksRunInOrderAndNotOnTheCallersStack() {
        Mailbox mailbox = new Mailbox(clock);
        for (int i = 0; i < 200; i++) {
            String name = "task " + i;
            mailbox.execute(() -> log.add(name));
        }
        assertThat(log).isEmpty();
        clock.runUntilIdle();

        assertThat(log)
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "task " + i).toList());
    }

    @Test
    void aTaskThatATaskAddsComesAfterIt() {
        Mailbox mailbox = new Mailbox(clock);
        mailbox.execute(() -> {
            mailbox.execute(() -> log.add("added"));
            log.add("adding");
        });
        clock.runUntilIdle();

        assertThat(log).containsExactly("adding", "added");
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheNext() {
        Mailbox mailbox = new Mailbox(clock);
        mailbox.execute(() -> {
            throw new IllegalStateException("expected by this test");
        });
        mailbox.execute(() -> log.add("next"));
        clock.runUntilIdle();

        assertThat(log).containsExactly("next");
    }

    @Test
    void anErrorOfOneTaskDoesNotStopTheNext() {
        Mailbox mailbox = new Mailbox(clock);
        mailbox.execute(() -> {
            throw new StackOverflowError("expected by this test");
        });
        mailbox.execute(() -> log.add("next"));
        clock.runUntilIdle();
        mailbox.execute(() -> log.add("last"));
        clock.runUntilIdle();

        assertThat(log).containsExactly("next", "last");
    }

    @Test
    void aFullMailboxLetsOthersHaveTheThread() {
        Mailbox busy = new Mailbox(clock);
        Mailbox other = new Mailbox(clock);
        for (int i = 0; i < 1_000; i++) {
            busy.execute(() -> log.add("busy"));
        }
        other.execute(() -> log.add("other"));
        clock.runUntilIdle();

        assertThat(log.indexOf("other")).isBetween(1, 100);
        assertThat(log).hasSize(1_001);
    }
}
