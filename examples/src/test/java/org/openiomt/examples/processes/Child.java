package org.openiomt.examples.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openiomt.examples.Main;

/** A process of its own: a command of the examples, a class on this test's class path, or any program. */
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
        return java(folder, arguments[0], Map.of(), Main.class, arguments);
    }

    /**
     * Starts a class on this test's class path; what it prints is appended to {@code <folder>/<name>.out}.
     *
     * @param environment what its environment has beside ours
     */
    public static Child java(
            Path folder, String name, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return program(folder, name, environment, command);
    }

    /** Starts any program; what it prints is appended to {@code <folder>/<name>.out}. */
    public static Child program(Path folder, String name, Map<String, String> environment, List<String> command)
            throws IOException {
        Path output = folder.resolve(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new Child(name, builder.start(), output);
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

    /** Returns the lines that it has printed. */
    public List<String> output() throws IOException {
        return new LogFile(output).lines();
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
