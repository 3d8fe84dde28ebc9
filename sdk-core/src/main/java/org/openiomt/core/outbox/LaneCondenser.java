package org.openiomt.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/*
 * Puts what still waits in neighbouring segments into one. A device that cannot be delivered for days keeps its records waiting;
 * without this they would keep every later segment of the lane on the disk, and in the end stop all other devices.
 *
 * The new file has the name and the salt of the first and takes its place in one step, then the others are deleted. When the
 * process ends in between, opening finds the others and ignores what the first says about their positions: nothing is lost, and
 * what was acknowledged there is delivered again. Positions that no longer wait are written as gaps, so that they are not taken
 * for damage. Owned by the writer's thread.
 */
final class LaneCondenser {
    /** The octets of a segment that is nothing but a gap. */
    static final int LEAST = RecordFormat.SEGMENT_HEADER + RecordFormat.HEADER;

    private final Lane lane;
    private final Path directory;
    private final Storage storage;
    private final LaneIndex index;
    private final LaneReader reader;

    LaneCondenser(Lane lane, Path directory, Storage storage, LaneIndex index, LaneReader reader) {
        this.lane = lane;
        this.directory = directory;
        this.storage = storage;
        this.index = index;
        this.reader = reader;
    }

    /** Puts neighbours, none of them active, into one segment. Where this fails, they stay as they are. */
    void condense(List<Segment> run) throws IOException {
        Segment first = run.get(0);
        Path unfinished = first.file.resolveSibling(first.file.getFileName() + LaneRecovery.UNFINISHED);
        Segment made = new Segment(first.file, first.first, first.salt, 0);
        made.born = first.born;
        made.closed = run.get(run.size() - 1).closed;
        List<SegmentContents.Lost> damaged;
        try {
            try (Storage.File file = storage.create(unfinished)) {
                Output out = new Output(made, file);
                for (Segment segment : run) {
                    copy(segment, out);
                }
                out.gapTo(run.get(run.size() - 1).next);
                out.list();
                file.force();
            }
            made.allocated = made.end;
            damaged = reader.replace(run, made, unfinished);
        } catch (IOException e) {
            storage.delete(unfinished);
            throw e;
        }
        if (!damaged.isEmpty()) {
            index.damaged(OutboxDamage.unknown(lane, damaged), "damaged in", first.file);
        }
        storage.forceDirectory(directory);
        for (Segment other : run.subList(1, run.size())) {
            reader.release(other);
            storage.delete(other.file);
        }
    }

    private void copy(Segment segment, Output out) throws IOException {
        try (Storage.File file = storage.open(segment.file, Storage.Access.READ)) {
            SegmentScanner scanner =
                    new SegmentScanner(file, segment.salt, RecordFormat.SEGMENT_HEADER, segment.end, segment.first);
            while (scanner.advance()) {
                if (scanner.header().kind() == RecordFormat.KIND_RECORD
                        && index.isWaiting(segment, scanner.header().position())
                        && scanner.isBodyWhole()) {
                    out.write(scanner.entry(lane), scanner.header().appendedAt());
                }
            }
        }
    }

    /** The new file. */
    private static final class Output {
        private final Segment made;
        private final Storage.File file;
        private final SegmentContents contents = new SegmentContents();
        private byte[] record = new byte[RecordFormat.SEGMENT_HEADER];

        Output(Segment made, Storage.File file) throws IOException {
            this.made = made;
            this.file = file;
            RecordFormat.writeSegmentHeader(record, made.first, made.salt, Math.max(0, made.born));
            file.write(record, 0, RecordFormat.SEGMENT_HEADER, 0);
        }

        void write(OutboxEntry entry, long appendedAt) throws IOException {
            gapTo(entry.position());
            int size = RecordFormat.size(entry.record());
            if (record.length < size) {
                record = Arrays.copyOf(record, size);
            }
            RecordFormat.write(record, 0, made.salt, entry, appendedAt);
            file.write(record, 0, size, made.end);
            made.add(entry.position(), made.end, made.end + size);
            contents.add(entry);
        }

        /** Writes what it holds behind all. */
        void list() throws IOException {
            Optional<byte[]> list = contents.encode(made.salt, made.next);
            if (list.isPresent()) {
                file.write(list.get(), 0, list.get().length, made.end);
                made.isListed = true;
            }
        }

        void gapTo(long position) throws IOException {
            if (position > made.next) {
                int size = RecordFormat.writeGap(record, 0, made.salt, made.next, position - made.next);
                file.write(record, 0, size, made.end);
                made.skipTo(position);
                made.end += size;
            }
        }
    }
}
