package org.openiomt.examples.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A file that another process writes line by line. */
public record LogFile(Path file) {
    /** Returns the whole lines so far; a line that is being written is left out. */
    public List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Waits until the lines are as expected; woken by the file system whenever something is written. */
    public List<String> await(Predicate<List<String>> isExpected, Duration atMost)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        try (WatchService watcher = file.getFileSystem().newWatchService()) {
            file.getParent()
                    .register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (true) {
                List<String> lines = lines();
                if (isExpected.test(lines)) {
                    return lines;
                }
                WatchKey key = watcher.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    throw new AssertionError(
                            file + ": not as expected within " + atMost + ", has " + lines.size() + " lines");
                }
                key.pollEvents();
                key.reset();
            }
        }
    }
}
