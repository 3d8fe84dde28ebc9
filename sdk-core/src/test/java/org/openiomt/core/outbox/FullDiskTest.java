package org.openiomt.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.core.outbox.Waiting.append;
import static org.openiomt.core.outbox.Waiting.assertFails;
import static org.openiomt.core.outbox.Waiting.numbers;
import static org.openiomt.core.outbox.Waiting.range;
import static org.openiomt.core.outbox.Waiting.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.NotTested;

/** A file system that is really full: a small one in memory, where the user who runs the tests may mount one. */
final class FullDiskTest {
    private static final int SEGMENT = 64 << 10;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path directory;

    @BeforeEach
    void mount() throws Exception {
        boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", directory.toString());
        if (isMounted) {
            System.err.println("FULL DISK: the test runs on a real tmpfs of 300 KiB");
        } else {
            throw NotTested.because("a full disk of a real file system, because none can be mounted here (that needs"
                    + " root); FileOutboxFaultTest tests it on a simulated one");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", directory.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    @Test
    void aFullDiskFailsAppendsLosesNothingAndIsUsedAgainWhenThereIsSpace() throws IOException {
        Path other = Files.write(directory.resolve("other"), new byte[120 << 10]);
        FileOutbox.Options options = FileOutbox.Options.defaults().withSegmentOctets(SEGMENT);
        int taken = 0;
        try (FileOutbox outbox = FileOutbox.open(directory.resolve("outbox"), options)) {
            while (outbox.append(List.of(record(taken)))
                    .handle((nothing, fault) -> fault == null)
                    .toCompletableFuture()
                    .join()) {
                taken++;
            }
            assertThat(taken).isGreaterThan(SEGMENT / 200);
            assertThat(assertFails(outbox, record(taken)))
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("Free at least");
            Files.write(directory.resolve("rest"), new byte[4 << 10]); // less than a segment is left, and then nothing
            assertThat(numbers(outbox)).isEqualTo(range(0, taken));
        }
        try (FileOutbox outbox = FileOutbox.open(directory.resolve("outbox"), options)) {
            assertThat(numbers(outbox)).isEqualTo(range(0, taken));
            assertFails(outbox, record(taken));
            Files.delete(other);
            append(outbox, taken, taken + 100);
            assertThat(numbers(outbox)).isEqualTo(range(0, taken + 100));
            outbox.acknowledge(Waiting.entries(outbox, Lane.CLINICAL));
        }
        try (FileOutbox outbox = FileOutbox.open(directory.resolve("outbox"), options)) {
            assertThat(numbers(outbox)).isEmpty();
            assertThat(outbox.stats().dropped()).isEmpty();
        }
    }
}
