package org.openiomt.security.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openiomt.security.file.OwnerFiles;

/**
 * A memory of peers that outlives the process, so that an old first message is refused and a hybrid suite is required after a restart
 * too. For one process at a time; called by several threads.
 *
 * <p>Each change is one line at the end of the file, handed to the operating system before the handshake goes on, and not forced to the
 * disk: the end of the process loses nothing, the end of the power the latest changes. A handshake fails where nothing can be written.
 * <pre>
 * hybrid NAME         a session with this peer had a hybrid suite
 * hello NAME MILLIS   the latest time in a first message of this peer
 * own MILLIS          the latest time in a first message of this end
 * </pre>
 */
public final class PeerMemoryFile extends RememberedPeers implements AutoCloseable {
    private static final int SPARE_LINES = 1_000;

    private final Path file;
    private FileChannel channel;
    private long lines;

    private PeerMemoryFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a memory, and makes it where there is none. What the end of the process or of the power tore off the last line is left out.
     *
     * @throws UncheckedIOException when the file cannot be read or written
     * @throws IllegalArgumentException when it holds something else
     */
    public static PeerMemoryFile open(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
            PeerMemoryFile memory = new PeerMemoryFile(file, OwnerFiles.open(file));
            try {
                memory.read(text.substring(0, text.lastIndexOf('\n') + 1));
                memory.compact();
                return memory;
            } catch (IOException | RuntimeException e) {
                memory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be used to remember peers: " + e.getMessage(), e);
        }
    }

    /** Ends the use of the file. What comes to be remembered from now on fails its handshake. */
    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "PeerMemoryFile[" + file + ", " + size() + "]";
    }

    @Override
    synchronized void write(String line) {
        try {
            if (lines > SPARE_LINES + 4L * size()) {
                compact();
            }
            append(line + "\n");
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be written, so no session begins: " + e.getMessage()
                            + "; is there room on the disk?",
                    e);
        }
    }

    private void append(String text) throws IOException {
        long end = channel.size();
        ByteBuffer left = StandardCharsets.US_ASCII.encode(text);
        try {
            for (long at = end; left.hasRemaining(); ) {
                at += channel.write(left, at);
            }
        } catch (IOException e) {
            if (channel.isOpen()) {
                channel.truncate(end); // half a line would join with the next
            }
            throw e;
        }
    }

    private void read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!remember(line)) {
                throw new IllegalArgumentException(file + ", line " + number
                        + ": expected \"hybrid NAME\", \"hello NAME MILLIS\" or \"own MILLIS\"; put the file of a backup in its"
                        + " place, or remove it to forget all peers");
            }
        }
    }

    private void compact() throws IOException {
        OwnerFiles.replace(
                file, lines().getBytes(StandardCharsets.US_ASCII)); // where that fails, the file goes on as it was
        FileChannel fresh = OwnerFiles.open(file);
        channel.close();
        channel = fresh;
        lines = size() + 1L;
    }
}
