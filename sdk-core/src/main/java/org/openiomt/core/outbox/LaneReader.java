package org.openiomt.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the waiting records of one lane from its segments, on the caller's thread. One file is open, the last one read from. */
final class LaneReader {
    private static final Logger LOG = LoggerFactory.getLogger(LaneReader.class);
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

    /** Puts a file, and what is known of it, in the place of segments, while nobody reads; returns how many were damaged. */
    synchronized long replace(List<Segment> run, Segment made, Path by) throws IOException {
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
                lose(place.segment(), expected, place.next());
                return place.next();
            }
            RecordFormat.Header header = scanner.header();
            if (header.position() < expected) {
                continue;
            }
            lose(place.segment(), expected, header.position());
            expected = header.next();
            if (!index.isWaiting(place.segment(), header.position())) {
                skipped++;
            } else if (scanner.isBodyWhole()) {
                entries.add(scanner.entry(lane));
                octets += header.length();
                skipped = 0;
            } else {
                lose(place.segment(), header.position(), expected);
            }
        }
        return expected;
    }

    /** Gives up waiting positions whose octets are no longer whole, though they were when the outbox was opened. */
    private void lose(Segment damaged, long from, long to) {
        long count = index.drop(damaged, from, to, OutboxStats.DAMAGED);
        if (count > 0) {
            LOG.warn(
                    "{} records from position {} are damaged in {} and are lost; the rest is delivered",
                    count,
                    from,
                    damaged.file);
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
