package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of an outbox is killed in the middle of its work, several times over the same directory. */
final class FileOutboxKillTest {
    private static final int ROUNDS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    @Test
    void whatWasReportedAsDurableIsThereOnceAndInOrderAfterEveryKill() throws Exception {
        Random random = new Random(42);
        Set<Integer> expected = new HashSet<>();
        int next = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (String line : runAndKill(next, 200 + random.nextInt(3_000))) {
                if (line.startsWith("-")) {
                    expected.remove(Integer.parseInt(line.substring(1)));
                } else {
                    expected.add(Integer.parseInt(line));
                }
            }
            try (FileOutbox outbox = FileOutbox.open(directory, AppendingChild.options())) {
                List<OutboxEntry> entries = Waiting.entries(outbox, Lane.CLINICAL);
                List<Integer> found = entries.stream().map(Waiting::number).toList();
                assertThat(found).isSorted().doesNotHaveDuplicates();
                Set<Integer> lost = new HashSet<>(expected);
                lost.removeAll(new HashSet<>(found));
                assertThat(lost)
                        .as("reported as durable and not found in round %d", round)
                        .isEmpty();
                assertThat(entries)
                        .allSatisfy(entry -> assertThat(entry.record())
                                .isEqualTo(Waiting.record(
                                        Waiting.number(entry), Lane.CLINICAL, 20 + Waiting.number(entry) % 300)));
                assertThat(outbox.stats().dropped()).isEmpty();
                next = found.get(found.size() - 1) + 1;
            }
        }
        System.err.println("kill test: " + next + " records over " + ROUNDS + " kills, none lost");
    }

    /** Runs a child until it has said so many lines, kills it, and returns all that it said. */
    private List<String> runAndKill(int first, int count) throws IOException, InterruptedException {
        Process child = AppendingChild.start(directory, first);
        List<String> said = new ArrayList<>();
        try (BufferedReader out = child.inputReader()) {
            assertThat(out.readLine()).isEqualTo("open");
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (said.size() == count) {
                    child.toHandle().destroyForcibly(); // SIGKILL; what it has said until then counts too
                }
                said.add(line);
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said).hasSizeGreaterThan(count);
        return said;
    }
}
