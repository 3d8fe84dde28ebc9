package org.openiomt.security.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openiomt.security.file.OwnerFiles;

/** The file of a log, open for writing, and the lock that keeps others from it. One thread. Tests put faults in its way. */
class LogFile implements Closeable {
    /*
     * Static, as the locks of files are: they belong to the process, and a second channel to a locked file would give up the lock
     * of the first when it is closed. So a log that is in use here must be known before its lock is opened.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private FileChannel channel;
    private long end;

    /**
     * Opens a file and makes it when it is not there.
     *
     * @throws AuditException when somebody else has it
     */
    LogFile(Path file) throws IOException {
        this.path = file.toAbsolutePath().normalize();
        if (!IN_USE.add(path)) {
            throw new AuditException(file + " is already open in this process");
        }
        FileChannel locked = null;
        try {
            locked = OwnerFiles.open(beside(path, ".lock"));
            if (!isLocked(locked)) {
                throw new AuditException(file + " is open in another process: end that one, or use another file");
            }
            this.lock = locked;
            this.channel = OwnerFiles.open(path);
            this.end = channel.size();
        } catch (IOException | RuntimeException e) {
            if (locked != null) {
                locked.close();
            }
            IN_USE.remove(path);
            throw e;
        }
    }

    /** Returns the file with this ending beside another. */
    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Returns how long the file is. */
    final long end() {
        return end;
    }

    /** Appends what is left in a buffer, from its first octet on. */
    final void append(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            write(octets, end + octets.position());
        }
        end += octets.limit();
    }

    /** Writes some of what is left. */
    void write(ByteBuffer left, long position) throws IOException {
        channel.write(left, position);
    }

    /** Makes all that was appended durable. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Cuts off what lies behind. The file is opened anew: after a failed sync the old one may say that all is well. */
    final void cutTo(long length) throws IOException {
        channel.close();
        channel = OwnerFiles.open(path);
        channel.truncate(length);
        end = length;
    }

    @Override
    public final void close() throws IOException {
        try {
            channel.close();
        } finally {
            try {
                lock.close();
            } finally {
                IN_USE.remove(path);
            }
        }
    }
}
