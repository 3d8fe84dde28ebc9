package org.openiomt.security.audit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openiomt.core.wire.DecodeException;

/** Reads the header and the records of a log, one after the other, in bounded memory. One thread. */
final class LogReader implements Closeable {
    /** What comes next in a file. */
    enum Next {
        ENTRY,
        CHECKPOINT,
        /** The file ends behind a whole record. */
        END,
        /** The file ends within a record. */
        TORN,
        /** Octets that are no record. */
        BAD
    }

    private static final int MAX_RECORD = LogFormat.RECORD_HEADER + 0xFFFF + LogFormat.CHECK;

    private final InputStream in;
    private final byte[] record = new byte[MAX_RECORD];
    private long offset;
    private int length;

    private LogReader(InputStream in) {
        this.in = in;
    }

    static LogReader open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /** Reads from a stream, which it closes. */
    static LogReader of(InputStream in) {
        return new LogReader(new BufferedInputStream(in, 1 << 16));
    }

    /**
     * Reads the header.
     *
     * @throws DecodeException when it is none, or damaged
     */
    VerifierKey header() throws IOException {
        read(0, LogFormat.HEADER_START, "header");
        if (!LogFormat.isMagic(record)) {
            throw new DecodeException("header", 0, "this is no log of ours, or its first octets were changed");
        }
        int keyLength = ByteBuffer.wrap(record).getShort(LogFormat.HEADER_START - 2) & 0xFFFF;
        read(LogFormat.HEADER_START, keyLength + LogFormat.CHECK, "header");
        int end = LogFormat.HEADER_START + keyLength;
        if (LogFormat.check(record, 0, end) != SignedNote.int32(record, end)) {
            throw new DecodeException("header", 0, "it was changed: the check sum is wrong");
        }
        offset = (long) end + LogFormat.CHECK;
        return VerifierKey.parse(new String(record, LogFormat.HEADER_START, keyLength, StandardCharsets.UTF_8));
    }

    private void read(int at, int count, String field) throws IOException {
        int missing = at + count > record.length ? count : count - in.readNBytes(record, at, count);
        if (missing > 0) {
            throw new DecodeException(field, at, "cut short, " + missing + " octets missing");
        }
    }

    /** Goes on to the next record. After anything but an entry or a checkpoint there is none. */
    Next next() throws IOException {
        offset += length;
        length = 0;
        int got = in.readNBytes(record, 0, LogFormat.RECORD_HEADER);
        if (got == 0) {
            return Next.END;
        }
        if (got < LogFormat.RECORD_HEADER) {
            return isKind(record[0]) ? Next.TORN : Next.BAD;
        }
        int content = ByteBuffer.wrap(record).getShort(1) & 0xFFFF;
        int end = LogFormat.RECORD_HEADER + content;
        if (!isKind(record[0]) || (record[0] == LogFormat.CHECKPOINT && content != LogFormat.CHECKPOINT_CONTENT)) {
            return Next.BAD;
        }
        got = in.readNBytes(record, LogFormat.RECORD_HEADER, content + LogFormat.CHECK);
        if (got < content + LogFormat.CHECK) {
            return Next.TORN;
        }
        if (LogFormat.check(record, 0, end) != SignedNote.int32(record, end)) {
            return Next.BAD;
        }
        length = end + LogFormat.CHECK;
        return record[0] == LogFormat.ENTRY ? Next.ENTRY : Next.CHECKPOINT;
    }

    private static boolean isKind(byte kind) {
        return kind == LogFormat.ENTRY || kind == LogFormat.CHECKPOINT;
    }

    /** Returns where the record begins, or where it would. */
    long offset() {
        return offset;
    }

    /** Returns the array with the record; valid until the next call. */
    byte[] array() {
        return record;
    }

    /** Returns how many octets of content there are, from {@link LogFormat#RECORD_HEADER} on. */
    int contentLength() {
        return length - LogFormat.RECORD_HEADER - LogFormat.CHECK;
    }

    byte[] content() {
        return Arrays.copyOfRange(record, LogFormat.RECORD_HEADER, LogFormat.RECORD_HEADER + contentLength());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
