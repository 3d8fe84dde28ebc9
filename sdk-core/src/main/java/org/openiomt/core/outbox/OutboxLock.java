package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a directory for one outbox, against other processes and within this one. */
final class OutboxLock implements Closeable {
    /*
     * Static, as the locks of files are: they belong to the process, and a second channel to a locked file would give up the lock
     * of the first when it is closed. So a directory that is in use here must be known before the file is opened.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private OutboxLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory.
     *
     * @param directory its real path
     * @throws OutboxException when somebody else has it
     */
    static OutboxLock take(Path directory) throws IOException {
        if (!IN_USE.add(directory)) {
            throw new OutboxException("the outbox " + directory + " is already open in this process");
        }
        try {
            return new OutboxLock(directory, lock(directory));
        } catch (IOException | RuntimeException e) {
            IN_USE.remove(directory);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new OutboxException(
                    "the outbox " + directory + " is open in another process: end that one, or use another directory");
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            IN_USE.remove(directory);
        }
    }
}
