package org.openiomt.examples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file with one line for each reading, {@code <device> <observation id>} and what else its writer has to say; each is on
 * disk when the call returns. It is how two processes can be compared: what the one accepted and what the other got. Safe for use by
 * several threads at once.
 */
public final class RecordLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RecordLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a log and goes on behind what is there.
     *
     * @throws CommandFailedException when it cannot be written
     */
    public static RecordLog open(Path file) {
        try {
            return new RecordLog(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Appends lines, all or, when the process ends in between, some of the first. */
    public synchronized void append(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        ByteBuffer octets = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
