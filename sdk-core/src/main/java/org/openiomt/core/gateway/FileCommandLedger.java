package org.openiomt.core.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.IomtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in a file: a command id is not run again after a restart of the gateway, however the process or the power ended.
 *
 * <pre>
 * line                          meaning
 * 2026-01-01T00:00:00Z bolus-7  the expiry of a command, and its id; forced to the disk before the command is run
 * </pre>
 *
 * What no longer has to be remembered leaves the file when it is opened. A line that the end of a process tore was never answered,
 * so its command was not run; it is cut off. One process has a ledger's file at a time.
 */
public final class FileCommandLedger implements CommandLedger, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileCommandLedger.class);

    private final ClaimedIds ids;
    private final FileChannel lock;
    private final FileChannel file;

    private FileCommandLedger(ClaimedIds ids, FileChannel lock, FileChannel file) {
        this.ids = ids;
        this.lock = lock;
        this.file = file;
    }

    /**
     * Opens a ledger, or makes one.
     *
     * @throws IomtException when the file cannot be read or written, or another process has it
     */
    public static FileCommandLedger open(Path path, Clock clock) {
        Path whole = path.toAbsolutePath();
        FileChannel lock = null;
        try {
            lock = FileChannel.open(beside(whole, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            take(lock, whole);
            return new FileCommandLedger(ids(whole, clock), lock, appending(whole));
        } catch (IOException e) {
            closeQuietly(lock);
            throw new IomtException("cannot open the command ledger " + path + ": " + e, e);
        } catch (RuntimeException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private static void take(FileChannel lock, Path path) throws IOException {
        boolean isTaken;
        try {
            isTaken = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) { // this process has it
            isTaken = false;
        }
        if (!isTaken) {
            throw new IomtException("somebody else has the command ledger " + path);
        }
    }

    /** Reads what must be remembered, and puts a file with nothing else in the place of the one that is there. */
    private static ClaimedIds ids(Path path, Clock clock) throws IOException {
        ClaimedIds ids = new ClaimedIds(clock);
        if (Files.exists(path)) {
            read(Files.readString(path, StandardCharsets.UTF_8), ids);
        }
        Path made = beside(path, ".new");
        write(made, ids.living());
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = path.getParent();
        if (directory != null) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
        return ids;
    }

    private static FileChannel appending(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("after a failed opening: {}", e.toString()); // the first fault is the one to report
        }
    }

    private static void read(String text, ClaimedIds ids) {
        int end = text.lastIndexOf('\n');
        text.substring(0, Math.max(0, end)).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            try {
                ids.claim(line.substring(blank + 1), Instant.parse(line.substring(0, Math.max(0, blank))));
            } catch (DateTimeParseException e) {
                throw new IomtException(
                        "a line of the command ledger is damaged; commands may have been run that it held", e);
            }
        });
    }

    private static void write(Path path, Map<String, Instant> living) throws IOException {
        StringBuilder text = new StringBuilder();
        living.forEach((id, expiresAt) -> text.append(line(id, expiresAt)));
        try (FileChannel out = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(out, text.toString());
        }
    }

    private static String line(String id, Instant expiresAt) {
        return expiresAt + " " + id + "\n";
    }

    private static void writeAll(FileChannel out, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (octets.hasRemaining()) {
            out.write(octets);
        }
        out.force(true);
    }

    @Override
    public synchronized boolean claim(String id, Instant expiresAt) {
        if (!ids.claim(id, expiresAt)) {
            return false;
        }
        try {
            writeAll(file, line(id, expiresAt));
            return true;
        } catch (IOException e) { // the id stays claimed: a part of the line may be on the disk
            throw new UncheckedIOException("a command cannot be remembered", e);
        }
    }

    /** Lets go of the file; every claim fails from now on. */
    @Override
    public synchronized void close() {
        try {
            file.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
