package org.openiomt.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the waiting records of one lane from its segments, on the caller's thread. One file is open, the last one read from. */
final class LaneReader {
    private static final int MAX_OCTETS = 1 << 20;
    private static final int SKIPPED_BEFORE_SEARCH = 64;

    private final Lane lane;
    private final Storage storage;
    private final LaneIndex index;
    private @Nullable Segment segment;
    private Storage.@Nullable File file;
    private boolean isClosed;
    private long oldestPosition;
    private Instant oldest = Instant.EPOCH;

    LaneReader(Lane lane, Storage storage, LaneIndex index) {
        this.lane = lane;
        this.storage = storage;
        this.index = index;
    }

    /** Returns at most {@code max} waiting records, and at most about 1 MiB; none only when none waits. */
    synchronized List<OutboxEntry> read(long after, int max) throws IOException {
        if (isClosed) {
            throw new OutboxException("the outbox is closed");
        }
        List<OutboxEntry> entries = new ArrayList<>();
        long from = after;
        Optional<LaneIndex.Place> place = index.firstWaiting(from);
        long octets = 0;
        while (place.isPresent() && entries.size() < max && octets < MAX_OCTETS) {
            int before = entries.size();
            from = readFrom(place.get(), max, MAX_OCTETS - octets, entries) - 1;
            for (OutboxEntry entry : entries.subList(before, entries.size())) {
                octets += entry.record().payloadLength();
            }
            place = index.firstWaiting(from);
        }
        return entries;
    }

    /** Returns when the first waiting record was appended; empty when none waits, or nobody asked before the end. */
    synchronized Optional<Instant> oldest() throws IOException {
        Optional<LaneIndex.Place> place = index.firstWaiting(0);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        long position = place.get().position();
        if (position != oldestPosition) {
            if (isClosed) {
                return Optional.empty();
            }
            SegmentScanner scanner = scan(place.get());
            while (scanner.advance()) {
                if (scanner.header().position() >= position) {
                    oldest = Instant.ofEpochMilli(scanner.header().appendedAt());
                    oldestPosition = position;
                    break;
                }
            }
        }
        return Optional.of(oldest);
    }

    /** Lets go of a segment's file, which is about to be deleted or replaced. */
    synchronized void release(Segment released) throws IOException {
        if (segment == released) {
            letGo();
        }
    }

    /** Puts a file, and what is known of it, in the place of segments, while nobody reads; returns what was damaged. */
    synchronized List<SegmentContents.Lost> replace(List<Segment> run, Segment made, Path by) throws IOException {
        release(run.get(0));
        storage.rename(by, made.file);
        return index.replace(run, made);
    }

    synchronized void close() throws IOException {
        isClosed = true;
        letGo();
    }

    private void letGo() throws IOException {
        segment = null;
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** Reads on in one segment; returns the first position that was not looked at. */
    private long readFrom(LaneIndex.Place place, int max, long maxOctets, List<OutboxEntry> entries)
            throws IOException {
        SegmentScanner scanner = scan(place);
        long expected = place.position();
        long octets = 0;
        int skipped = 0;
        while (entries.size() < max && octets < maxOctets && skipped < SKIPPED_BEFORE_SEARCH) {
            if (!scanner.advance()) {
                lose(place, expected, place.next());
                return place.next();
            }
            RecordFormat.Header header = scanner.header();
            if (header.position() < expected) {
                continue;
            }
            lose(place, expected, header.position());
            expected = header.next();
            if (!index.isWaiting(place.segment(), header.position())) {
                skipped++;
            } else if (scanner.isBodyWhole()) {
                entries.add(scanner.entry(lane));
                octets += header.length();
                skipped = 0;
            } else {
                lose(place, header.position(), expected);
            }
        }
        return expected;
    }

    /** Where something waits that should have been read, the segment is damaged. */
    private void lose(LaneIndex.Place place, long from, long to) throws IOException {
        if (file != null && index.isAnyWaiting(place.segment(), from, to)) {
            giveUpDamaged(place, file);
        }
    }

    /**
     * Gives up all waiting records of a segment whose octets are no longer whole, though they were when the outbox was opened. All at
     * once, so that each is told once.
     */
    private void giveUpDamaged(LaneIndex.Place place, Storage.File damaged) throws IOException {
        Segment in = place.segment();
        List<SegmentContents.Lost> lost = new ArrayList<>();
        SegmentScanner scanner =
                new SegmentScanner(damaged, in.salt, RecordFormat.SEGMENT_HEADER, place.end(), in.first);
        long expected = in.first;
        while (scanner.advance()) {
            if (scanner.isBodyWhole()) {
                lost.addAll(index.takeLost(in, expected, scanner.header().position()));
                expected = scanner.header().next();
            }
        }
        lost.addAll(index.takeLost(in, expected, place.next()));
        if (!lost.isEmpty()) {
            OutboxDamage damage = SegmentContents.of(damaged, in, lane, place.end())
                    .missing(SegmentContents.listed(damaged, in), lane, in, lost);
            index.damaged(damage, "damaged in", in.file);
        }
    }

    private SegmentScanner scan(LaneIndex.Place place) throws IOException {
        if (file == null || segment != place.segment()) {
            letGo();
            file = storage.open(place.segment().file, Storage.Access.READ);
            segment = place.segment();
        }
        return new SegmentScanner(file, place.segment().salt, place.offset(), place.end(), place.segment().first);
    }
}
