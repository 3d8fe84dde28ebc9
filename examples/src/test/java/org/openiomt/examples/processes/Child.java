package org.openiomt.examples.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openiomt.examples.Main;

/** A command of the examples as a process of its own, on this test's class path. */
public final class Child implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final Path output;

    private Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** Starts a command; what it prints is appended to {@code <folder>/<command>.out}. */
    public static Child start(Path folder, String... arguments) throws IOException {
        Path output = folder.resolve(arguments[0] + ".out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new Child(arguments[0], process, output);
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end as {@code kill} does, waits until it is gone, and returns its exit code. */
    public int end() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it has printed a text, and returns the line. */
    public String awaitOutput(String text, Duration atMost) throws IOException, InterruptedException {
        return new LogFile(output)
                .await(lines -> lines.stream().anyMatch(line -> line.contains(text)), atMost).stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElseThrow();
    }

    /** Forgets what it has printed so far. */
    public void clearOutput() throws IOException {
        Files.write(output, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(END_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private int awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " did not end within " + END_WITHIN);
        }
        return process.exitValue();
    }
}
