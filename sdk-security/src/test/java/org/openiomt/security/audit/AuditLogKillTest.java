package org.openiomt.security.audit;

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
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a log is killed in the middle of its work, several times over the same file. */
class AuditLogKillTest {
    private static final int ROUNDS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path folder;

    /** Appends without end, and prints the number of each event that is durable. Takes the folder and the first number. */
    public static final class Child {
        private Child() {}

        /** Runs until it is killed. */
        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
            NoteSigner signer = NoteSigner.open(folder.resolve("key"), "log.example");
            AuditLog log = AuditLog.open(folder.resolve("audit.log"), signer);
            Semaphore room = new Semaphore(32);
            for (int i = Integer.parseInt(arguments[1]); ; i++) {
                String number = Integer.toString(i);
                room.acquire();
                log.record(Logs.command(i)).thenRun(() -> {
                    out.println(number);
                    room.release();
                });
            }
        }
    }

    @Test
    void whatWasReportedAsDurableIsThereAfterEveryKillAndTheLogVerifies() throws Exception {
        Random random = new Random(7);
        List<String> reported = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            reported.addAll(runAndKill(1_000_000 * round, 50 + random.nextInt(400)));
        }
        Path file = folder.resolve("audit.log");
        NoteSigner signer = NoteSigner.open(folder.resolve("key"), "log.example");
        AuditLog.open(file, signer).close();

        assertThat(new AuditFile(file).verify())
                .isInstanceOfSatisfying(
                        AuditFile.Verification.Good.class,
                        good -> assertThat(good.unsigned()).isZero());
        Set<String> found = Logs.entries(file).stream()
                .map(entry -> entry.event().subject())
                .collect(Collectors.toSet());
        assertThat(reported)
                .hasSizeGreaterThan(ROUNDS * 50)
                .allSatisfy(number -> assertThat(found).contains("c" + number));
    }

    /** Returns all that this process has, be it on its class path or on its module path. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                System.getProperty("java.class.path", ""),
                System.getProperty("jdk.module.path", ""),
                Path.of("target", "test-classes").toAbsolutePath().toString());
    }

    private List<String> runAndKill(int first, int count) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Child.class.getName(),
                        folder.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = child.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == count) {
                    child.toHandle().destroyForcibly(); // SIGKILL; what it has said until then counts too
                }
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said).hasSizeGreaterThanOrEqualTo(count);
        return said;
    }
}
