package org.openiomt.core.outbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * What is in memory of one segment: a bit for each position (taken or not) and an offset for each 64th record, so less than a
 * quarter of an octet for a record; nothing once all are taken. Guarded by the lane's index.
 */
final class Segment {
    private static final Pattern NAME = Pattern.compile("(clinical|waveform)-([0-9a-f]{16})-([0-9a-f]{16})\\.segment");
    private static final int PER_MARK = 64;
    private static final int[] NO_MARKS = {};

    final Path file;
    final long first;
    final long salt;

    /** When it was made, by the outbox's steady time; -1 when its header is damaged. */
    long born = -1;

    /** A steady time behind that of its last record; unknown as long as it is written to. */
    long closed = Long.MAX_VALUE;

    /** Whether the list of its contents stands behind its last record, so that nothing is to be written there. */
    boolean isListed;

    /** The size of the file, but for the list of its contents. */
    long allocated;

    /** Where the last durable record ends. */
    long end = RecordFormat.SEGMENT_HEADER;

    /** The position behind the last record. */
    long next;

    /** How many positions wait. */
    int waiting;

    private int records;

    /** Bits and marks begin at this position; all before it are taken. */
    private long base;

    private final BitSet taken = new BitSet();
    private int[] marks = NO_MARKS;
    private int markCount;

    Segment(Path file, long first, long salt, long allocated) {
        this.file = file;
        this.first = first;
        this.salt = salt;
        this.allocated = allocated;
        this.next = first;
        this.base = first;
    }

    static String name(Lane lane, long first, long salt) {
        HexFormat hex = HexFormat.of();
        return prefix(lane) + "-" + hex.toHexDigits(first) + "-" + hex.toHexDigits(salt) + ".segment";
    }

    /** Reads a name that {@link #name} has made for this lane; empty when it is another file. */
    static Optional<Segment> parse(Path directory, String name, Lane lane) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || !matcher.group(1).equals(prefix(lane))) {
            return Optional.empty();
        }
        long first = HexFormat.fromHexDigitsToLong(matcher.group(2));
        long salt = HexFormat.fromHexDigitsToLong(matcher.group(3));
        return first < 1 ? Optional.empty() : Optional.of(new Segment(directory.resolve(name), first, salt, 0));
    }

    static String prefix(Lane lane) {
        return switch (lane) {
            case CLINICAL -> "clinical";
            case WAVEFORM -> "waveform";
        };
    }

    /** Adds a record behind all others. Positions that were left out are taken. */
    void add(long position, long offset, long recordEnd) {
        skipTo(position);
        while ((long) markCount * PER_MARK <= position - base) {
            if (markCount == marks.length) {
                marks = Arrays.copyOf(marks, Math.max(PER_MARK, 2 * markCount));
            }
            marks[markCount++] = (int) offset;
        }
        next = position + 1;
        records++;
        waiting++;
        end = recordEnd;
    }

    /** Adds positions that do not wait, which takes no memory where nothing before them waits. */
    void skipTo(long position) {
        if (position <= next) {
            return;
        }
        if (waiting > 0) {
            taken.set(bit(next), bit(position));
            next = position;
        } else {
            next = position;
            forget();
        }
    }

    /** Lets go of bits and marks when nothing waits. */
    private void forget() {
        base = next;
        taken.clear();
        marks = NO_MARKS;
        markCount = 0;
    }

    /** Returns a place at or before the record of this position, which waits; at most 64 records before it. */
    long offsetNear(long position) {
        return marks[Math.min(markCount - 1, (int) ((position - base) / PER_MARK))];
    }

    /** Returns about how many octets the records that wait take. */
    long waitingOctets() {
        return waiting == 0 ? 0 : end * waiting / records;
    }

    /** Whether there is no record in it, taken or not. */
    boolean isEmpty() {
        return end == RecordFormat.SEGMENT_HEADER;
    }

    boolean isWaiting(long position) {
        return position >= base && position < next && !taken.get(bit(position));
    }

    /** Returns the first position at or behind this one that waits; {@link #next} when there is none. */
    long nextWaiting(long position) {
        return position >= next ? next : Math.min(next, base + taken.nextClearBit(bit(Math.max(base, position))));
    }

    /** Takes a position; false when it did not wait. */
    boolean take(long position) {
        if (!isWaiting(position)) {
            return false;
        }
        taken.set(bit(position));
        waiting--;
        if (waiting == 0) {
            forget();
        }
        return true;
    }

    private int bit(long position) {
        return Math.toIntExact(position - base);
    }
}
