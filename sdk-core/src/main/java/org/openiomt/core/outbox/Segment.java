package org.openiomt.core.outbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * What is in memory of one segment: a bit for each position (taken or not) and an offset for each 64th, so less than a quarter of
 * an octet for a record. Guarded by the lane's index.
 */
final class Segment {
    private static final Pattern NAME = Pattern.compile("(clinical|waveform)-([0-9a-f]{16})-([0-9a-f]{16})\\.segment");
    private static final int PER_MARK = 64;

    final Path file;
    final long first;
    final long salt;

    /** The size of the file. */
    long allocated;

    /** Where the last durable record ends. */
    long end = RecordFormat.SEGMENT_HEADER;

    /** The position behind the last record. */
    long next;

    /** How many positions wait. */
    int waiting;

    private final BitSet taken = new BitSet();
    private int[] marks = new int[PER_MARK];
    private int markCount;

    Segment(Path file, long first, long salt, long allocated) {
        this.file = file;
        this.first = first;
        this.salt = salt;
        this.allocated = allocated;
        this.next = first;
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
        mark(offset);
        next = position + 1;
        waiting++;
        end = recordEnd;
    }

    /** Adds positions that do not wait. */
    void skipTo(long position) {
        if (position > next) {
            taken.set(index(next), index(position));
            next = position;
        }
    }

    /** Notes where to begin for all positions since the last mark. */
    private void mark(long offset) {
        while ((long) markCount * PER_MARK <= index(next)) {
            if (markCount == marks.length) {
                marks = Arrays.copyOf(marks, 2 * markCount);
            }
            marks[markCount++] = (int) offset;
        }
    }

    /** Returns a place at or before the record of this position, at most 64 records before it. */
    long offsetNear(long position) {
        return markCount == 0
                ? RecordFormat.SEGMENT_HEADER
                : marks[Math.min(markCount - 1, index(position) / PER_MARK)];
    }

    boolean isEmpty() {
        return markCount == 0;
    }

    boolean contains(long position) {
        return position >= first && position < next;
    }

    boolean isWaiting(long position) {
        return contains(position) && !taken.get(index(position));
    }

    /** Returns the first position at or behind this one that waits; {@link #next} when there is none. */
    long nextWaiting(long position) {
        return Math.min(next, first + taken.nextClearBit(index(Math.max(first, position))));
    }

    /** Takes a position; false when it did not wait. */
    boolean take(long position) {
        if (!isWaiting(position)) {
            return false;
        }
        taken.set(index(position));
        waiting--;
        return true;
    }

    private int index(long position) {
        return Math.toIntExact(position - first);
    }
}
