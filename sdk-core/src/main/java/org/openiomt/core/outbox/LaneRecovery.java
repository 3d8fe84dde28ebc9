package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Opens one lane: reads every segment, and finds what waits, what is torn and what is damaged.
 *
 * Positions have no gaps where segments were written, so whatever is missing between two whole records, between two segments, or
 * between the cursor and the first segment, was lost, and how much is known exactly. Only behind the last whole record of the
 * newest segment damage cannot be told from a write that the end of the process cut short: that tail is cut off.
 */
final class LaneRecovery {
    static final String UNFINISHED = ".new";

    private static final Logger LOG = LoggerFactory.getLogger(LaneRecovery.class);
    private static final int CHUNK = 64 << 10;

    private final Lane lane;
    private final Path directory;
    private final Storage storage;
    private final DurableNumber cursor;
    private long greatestEpoch;

    private LaneRecovery(Lane lane, Path directory, Storage storage, DurableNumber cursor) {
        this.lane = lane;
        this.directory = directory;
        this.storage = storage;
        this.cursor = cursor;
    }

    /** A lane that is open. The active segment, if there is one, has its file. */
    record Opened(
            Lane lane,
            LaneIndex index,
            LaneReader reader,
            DurableNumber cursor,
            @Nullable Segment active,
            Storage.@Nullable File file,
            SegmentContents contents,
            long greatestEpoch)
            implements Closeable {
        @Override
        public void close() throws IOException {
            reader.close();
            cursor.close();
            if (file != null) {
                file.close();
            }
        }
    }

    static Opened open(Lane lane, Path directory, Storage storage) throws IOException {
        List<String> names = storage.list(directory);
        for (String name : names) {
            if (name.startsWith(Segment.prefix(lane)) && name.endsWith(UNFINISHED)) {
                storage.delete(directory.resolve(name));
            }
        }
        String cursorName = Segment.prefix(lane) + ".cursor";
        DurableNumber cursor = DurableNumber.open(storage, directory.resolve(cursorName), names.contains(cursorName));
        try {
            return new LaneRecovery(lane, directory, storage, cursor).open(names);
        } catch (IOException | RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    private Opened open(List<String> names) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : names) {
            Segment.parse(directory, name, lane).ifPresent(segments::add);
        }
        segments.sort(Comparator.comparingLong(segment -> segment.first));
        long acknowledged = cursor.value().orElseGet(() -> cursorWithout(segments));
        if (cursor.value().isEmpty()) {
            cursor.write(acknowledged);
            cursor.force();
        }
        LaneIndex index = new LaneIndex(acknowledged);

        long limit =
                Long.MAX_VALUE; // what stands behind the beginning of a later segment was given up when that was begun
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.get(i);
            scan(segment, index, limit);
            limit = segment.isEmpty() ? limit : segment.first;
        }
        segments.sort(Comparator.comparingLong((Segment segment) -> segment.first)
                .thenComparing(segment -> !segment.isEmpty()));

        long expected = acknowledged + 1;
        for (Segment segment : segments) {
            lost(index, expected, segment.first)
                    .ifPresent(gone ->
                            index.damaged(OutboxDamage.unknown(lane, List.of(gone)), "missing before", segment.file));
            expected = Math.max(expected, segment.next);
            index.add(segment);
        }
        index.settle();
        LaneReader reader = new LaneReader(lane, storage, index);
        Opened closed = new Opened(lane, index, reader, cursor, null, null, new SegmentContents(), greatestEpoch);
        return segments.isEmpty() ? closed : reopenNewest(closed, segments.get(segments.size() - 1));
    }

    /** Without a cursor everything that is there is delivered, perhaps once more. */
    private long cursorWithout(List<Segment> segments) {
        if (segments.isEmpty()) {
            return 0;
        }
        LOG.warn(
                "{}: how far the lane {} was acknowledged cannot be read; all that is there is delivered again",
                directory,
                lane);
        return segments.get(0).first - 1;
    }

    /** Returns the positions {@code from} to before {@code to} that are lost: those not yet acknowledged. */
    private static Optional<SegmentContents.Lost> lost(LaneIndex index, long from, long to) {
        long first = Math.max(from, index.cursor() + 1);
        return to > first ? Optional.of(new SegmentContents.Lost(first, to - 1)) : Optional.empty();
    }

    // --- one segment
    // -----------------------------------------------------------------------------------------------------------

    private void scan(Segment segment, LaneIndex index, long limit) throws IOException {
        try (Storage.File file = storage.open(segment.file, Storage.Access.READ)) {
            segment.allocated = file.size();
            checkHeader(segment, file);
            SegmentScanner scanner = new SegmentScanner(
                    file, segment.salt, RecordFormat.SEGMENT_HEADER, segment.allocated, segment.first);
            List<SegmentContents.Lost> lost = new ArrayList<>();
            Optional<SegmentContents> listed = Optional.empty();
            while (scanner.advance() && (isContents(scanner) || scanner.header().position() < limit)) {
                RecordFormat.Header header = scanner.header();
                if (!scanner.isBodyWhole()) {
                    continue;
                }
                lost(index, segment.next, Math.min(limit, header.position())).ifPresent(lost::add);
                if (isContents(scanner)) {
                    listed = Optional.of(scanner.contents());
                    segment.isListed = true;
                    segment.allocated = scanner.at();
                    segment.skipTo(Math.min(limit, header.position()));
                    break;
                }
                if (header.kind() == RecordFormat.KIND_GAP) {
                    segment.skipTo(Math.min(limit, header.next()));
                    segment.end = scanner.end();
                    continue;
                }
                segment.add(header.position(), scanner.at(), scanner.end());
                if (header.position() <= index.cursor()) {
                    segment.take(header.position());
                }
                greatestEpoch = Math.max(greatestEpoch, header.epoch());
            }
            if (!lost.isEmpty()) {
                SegmentContents left = SegmentContents.of(file, segment, lane, file.size());
                index.damaged(left.missing(listed, lane, segment, lost), "damaged in", segment.file);
            }
        }
    }

    private static boolean isContents(SegmentScanner scanner) {
        return scanner.header().kind() == RecordFormat.KIND_CONTENTS;
    }

    /** A damaged header costs nothing, for the file's name says the same; a form that is not ours must not be guessed at. */
    private void checkHeader(Segment segment, Storage.File file) throws IOException {
        byte[] header = new byte[RecordFormat.SEGMENT_HEADER];
        file.read(header, 0, header.length, 0);
        byte[] expected = new byte[RecordFormat.SEGMENT_HEADER];
        RecordFormat.writeSegmentHeader(expected, segment.first, segment.salt, RecordFormat.born(header));
        if (Arrays.equals(expected, header)) {
            segment.born = RecordFormat.born(header);
        } else {
            LOG.warn("the header of {} is damaged; its records are read all the same", segment.file);
        }
    }

    private static long used(Storage.File file, long size) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long begin = (size - 1) / CHUNK * CHUNK; begin >= 0; begin -= CHUNK) {
            int length = file.read(chunk, 0, (int) Math.min(CHUNK, size - begin), begin);
            for (int i = length - 1; i >= 0; i--) {
                if (chunk[i] != 0) {
                    return begin + i + 1;
                }
            }
        }
        return 0;
    }

    // --- the newest segment
    // ------------------------------------------------------------------------------------------------------

    /** Opens the newest segment for writing when its end is clean; else cuts it there, and the next append begins another. */
    private Opened reopenNewest(Opened closed, Segment segment) throws IOException {
        Storage.File file = storage.open(segment.file, Storage.Access.READ_WRITE);
        try {
            long torn = used(file, segment.allocated) - segment.end;
            if (segment.isListed) {
                file.close();
                return closed;
            }
            if (torn <= 0
                    && segment.allocated > segment.end
                    && segment.next == closed.index().nextPosition()) {
                return new Opened(
                        lane,
                        closed.index(),
                        closed.reader(),
                        cursor,
                        segment,
                        file,
                        SegmentContents.of(file, segment, lane, segment.end),
                        closed.greatestEpoch());
            }
            if (torn > 0) {
                LOG.warn("{} octets behind the last whole record of {} were torn and are cut off", torn, segment.file);
            }
            file.truncate(segment.end);
            file.force();
            segment.allocated = segment.end;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        return closed;
    }
}
