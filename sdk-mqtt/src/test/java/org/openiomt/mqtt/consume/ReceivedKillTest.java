package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.mqtt.consume.ReceivedLog.Known;

/** The process that remembers is killed in the middle of its work, several times over the same file. */
@Timeout(120)
class ReceivedKillTest {
    private static final int ROUNDS = 5;
    private static final int MOST_WAITING = 256;

    @TempDir
    Path folder;

    @Test
    void whatWasReportedAsRememberedIsKnownAfterEveryKill() throws Exception {
        Path path = folder.resolve("received");
        Random random = new Random(42);
        int next = 1;
        for (int round = 0; round < ROUNDS; round++) {
            int last = runAndKill(path, next, 2_000 + random.nextInt(12_000));
            try (FileReceivedLog log = FileReceivedLog.open(path, 8, 64)) {
                for (int n = 1; n <= last; n++) {
                    assertThat(log.known(Taken.delivery("cuff", 7, n)))
                            .as("%d of %d", n, last)
                            .isEqualTo(Known.TAKEN);
                }
                assertThat(log.known(Taken.delivery("cuff", 7, last + MOST_WAITING + 1)))
                        .isEqualTo(Known.NOTHING);
                assertThat(log.damagedOctets()).isZero();
            }
            next = last + 1;
        }
        System.err.println("kill test: " + (next - 1) + " remembered over " + ROUNDS + " kills, all known");
    }

    /** Runs a child until it has said so many numbers, kills it, and returns the last that it said. */
    private static int runAndKill(Path path, int first, int count) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("jdk.module.path", "")
                                + File.pathSeparator
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        Child.class.getName(),
                        path.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Integer> said = new ArrayList<>();
        try (BufferedReader out = child.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (said.size() == count) {
                    child.toHandle().destroyForcibly(); // SIGKILL; what it has said until then counts too
                }
                said.add(Integer.valueOf(line));
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said).hasSizeGreaterThan(count).isSorted();
        return said.get(said.size() - 1);
    }

    /** Remembers without end, and prints each number that is durable. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            FileReceivedLog log = FileReceivedLog.open(Path.of(arguments[0]), 8, 64);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
            Semaphore room = new Semaphore(MOST_WAITING);
            for (int n = Integer.parseInt(arguments[1]); ; n++) {
                int number = n;
                room.acquire();
                log.remember(Taken.delivery("cuff", 7, n)).thenRun(() -> {
                    out.println(number);
                    room.release();
                });
            }
        }
    }
}
