package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The machine below an outbox; the seam at which tests put a full disk, a short write, a broken sync or a time of their own. */
interface Storage {
    /** Returns the names of the files in a directory. */
    List<String> list(Path directory) throws IOException;

    /** Makes an empty file that only its owner may read. */
    File create(Path file) throws IOException;

    /** Opens a file that exists. */
    File open(Path file, Access access) throws IOException;

    /** Replaces {@code to} in one step. */
    void rename(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes creations, deletions and renames in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Returns how many octets can still be written. */
    long usableSpace(Path directory) throws IOException;

    /** Returns a time that only goes forward, as {@link System#nanoTime} does. */
    long nanoTime();

    /** What a file is opened for. */
    enum Access {
        READ,
        READ_WRITE
    }

    /** An open file. Used by one thread at a time. */
    interface File extends Closeable {
        /** Reads until the array's part is full or the file ends; returns how many octets came. */
        int read(byte[] target, int offset, int length, long position) throws IOException;

        void write(byte[] source, int offset, int length, long position) throws IOException;

        /** Makes what was written durable, with the size but without times. */
        void force() throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;
    }
}
