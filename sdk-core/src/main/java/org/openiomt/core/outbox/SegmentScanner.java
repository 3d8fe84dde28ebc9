package org.openiomt.core.outbox;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records of a segment from a place on. Where octets are damaged it goes on with the next record that is whole;
 * the positions that are then missing tell how many were lost.
 */
final class SegmentScanner {
    private static final int WINDOW = 64 << 10;

    private final Storage.File file;
    private final long salt;
    private final long limit;
    private byte[] window = new byte[WINDOW];
    private long windowAt;
    private int windowLength;
    private long at;
    private long next;
    private long lowest;
    private RecordFormat.@Nullable Header header;

    /**
     * Makes a scanner.
     *
     * @param from where a record begins
     * @param limit where the last record has ended
     * @param lowest the lowest position that can come
     */
    SegmentScanner(Storage.File file, long salt, long from, long limit, long lowest) {
        this.file = file;
        this.salt = salt;
        this.next = from;
        this.limit = limit;
        this.lowest = lowest;
    }

    /** Goes to the next record with a whole header; false when there is none. */
    boolean advance() throws IOException {
        for (long offset = next; offset + RecordFormat.HEADER <= limit; offset += RecordFormat.ALIGNMENT) {
            if (!load(offset, RecordFormat.HEADER)) {
                return false;
            }
            int index = (int) (offset - windowAt);
            if (RecordFormat.isHeader(window, index, salt)) {
                RecordFormat.Header found = RecordFormat.readHeader(window, index);
                if (found.position() >= lowest && offset + found.size() <= limit) {
                    header = found;
                    at = offset;
                    next = offset + found.size();
                    lowest = found.next();
                    return true;
                }
            }
        }
        return false;
    }

    RecordFormat.Header header() {
        if (header == null) {
            throw new IllegalStateException("there is no record before advance");
        }
        return header;
    }

    /** Returns where the record begins. */
    long at() {
        return at;
    }

    /** Returns where the record ends. */
    long end() {
        return next;
    }

    /** Whether the record's device and payload are whole. */
    boolean isBodyWhole() throws IOException {
        return load(at, header().size()) && RecordFormat.isBodyWhole(window, (int) (at - windowAt), header());
    }

    /** Returns the record; {@link #isBodyWhole} has said yes. */
    OutboxEntry entry(Lane lane) {
        return RecordFormat.readEntry(window, (int) (at - windowAt), header(), lane);
    }

    /** Returns the list of contents; {@link #isBodyWhole} has said yes. */
    SegmentContents contents() {
        int body = (int) (at - windowAt) + RecordFormat.HEADER;
        return SegmentContents.decode(Arrays.copyOfRange(window, body, body + header().length()), header().sequence());
    }

    /** Brings a part of the file into the window; false when the file ends before. */
    private boolean load(long offset, int length) throws IOException {
        if (offset >= windowAt && offset + length <= windowAt + windowLength) {
            return true;
        }
        if (length > window.length) {
            window = new byte[length];
        }
        windowAt = offset;
        windowLength = file.read(window, 0, (int) Math.min(window.length, limit - offset), offset);
        return windowLength >= length;
    }
}
