package org.openiomt.core.outbox;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A process of its own that appends without end, and prints the number of each record that was reported as durable. It takes
 * records too, from the beginning on, and prints "-" and the number before each that it acknowledges.
 */
final class AppendingChild {
    private static final int SEGMENT = 64 << 10;
    private static final int MOST_WAITING = 64;
    private static final int TAKEN_AT_ONCE = 100;

    private AppendingChild() {}

    static FileOutbox.Options options() {
        return FileOutbox.Options.defaults().withSegmentOctets(SEGMENT);
    }

    /** Starts the process; the first line that it prints is "open". */
    static Process start(Path directory, int firstNumber) throws IOException {
        List<String> path = new ArrayList<>();
        path.add(classes(FileOutbox.class));
        path.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        path.add(classes(Logger.class));
        path.add(classes(Nullable.class));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(File.pathSeparator, path),
                        AppendingChild.class.getName(),
                        directory.toString(),
                        Integer.toString(firstNumber))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String classes(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes the directory and the first number. */
    public static void main(String[] arguments) throws InterruptedException {
        FileOutbox outbox = FileOutbox.open(Path.of(arguments[0]), options());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        out.println("open");
        Semaphore room = new Semaphore(MOST_WAITING);
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            int taken = number;
            room.acquire();
            outbox.append(List.of(Waiting.record(number, Lane.CLINICAL, 20 + number % 300)))
                    .thenRun(() -> {
                        out.println(taken);
                        room.release();
                    });
            if (number % TAKEN_AT_ONCE == 0) {
                List<OutboxEntry> oldest = outbox.read(Lane.CLINICAL, 0, TAKEN_AT_ONCE / 2);
                oldest.forEach(entry -> out.println("-" + Waiting.number(entry)));
                outbox.acknowledge(oldest);
            }
        }
    }
}
