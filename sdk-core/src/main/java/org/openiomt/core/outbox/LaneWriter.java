package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Writes one lane; owned by the writer's thread.
 *
 * Records are staged in memory and committed together: one write, one sync, and only then they can be read. When a write or a sync
 * fails, nobody knows what the disk holds behind the last commit (after a failed sync the kernel may have thrown the pages away, and
 * the next sync would say that all is well), so the segment is cut there and never written again; the next append begins a new one.
 * Positions and sequences of what was cut off are used again, for nothing of it was ever readable.
 *
 * A segment is made with zeros in its full size under another name and renamed when it is durable. So commits change no metadata,
 * and a disk that is full says so before a record is half written.
 */
final class LaneWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LaneWriter.class);
    private static final SecureRandom SALTS = new SecureRandom();
    private static final int STAGE = 1 << 20;
    private static final int ZEROS = 256 << 10;
    private static final int SEGMENTS_PER_AGE = 8;

    private final Lane lane;
    private final Path directory;
    private final Storage storage;
    private final LaneIndex index;
    private final LaneReader reader;
    private final LaneCondenser condenser;
    private final DurableNumber cursor;
    private final LaneBound bound;
    private final int segmentOctets;
    private final long epoch;
    private final Clock clock;
    private final AgeClock ages;

    private final Map<DeviceId, Long> sequences = new HashMap<>();
    private byte[] staged = new byte[0];
    private int stagedOctets;
    private int[] stagedSizes = new int[64];
    private final List<DeviceId> stagedDevices = new ArrayList<>();
    private final List<OutboxEntry> stagedEntries = new ArrayList<>();
    private SegmentContents contents = new SegmentContents();
    private final List<AppendRequest> stagedFor = new ArrayList<>();
    private @Nullable Segment active;
    private Storage.@Nullable File file;
    private boolean isTidyFailing;

    LaneWriter(
            LaneRecovery.Opened opened,
            Path directory,
            Storage storage,
            FileOutbox.Options options,
            long epoch,
            AgeClock ages) {
        this.lane = opened.lane();
        this.directory = directory;
        this.storage = storage;
        this.index = opened.index();
        this.reader = opened.reader();
        this.condenser = new LaneCondenser(lane, directory, storage, index, reader);
        this.cursor = opened.cursor();
        this.bound = options.bounds().of(lane);
        this.segmentOctets = options.segmentOctets();
        this.epoch = epoch;
        this.clock = options.clock();
        this.ages = ages;
        this.active = opened.active();
        this.file = opened.file();
        this.contents = opened.contents();
    }

    // --- appending
    // ---------------------------------------------------------------------------------------------------------

    /**
     * Checks that the records of a request have room, where the lane rejects what has none.
     *
     * @throws OutboxException when they have not
     */
    void check(AppendRequest request) {
        if (bound.whenFull() != WhenFull.REJECT) {
            return;
        }
        long count = 0;
        long octets = 0;
        for (OutboxRecord record : request.records) {
            if (record.lane() == lane) {
                count++;
                octets += RecordFormat.size(record);
            }
        }
        long waiting = index.waiting() + stagedDevices.size();
        if (count > 0 && (waiting + count > bound.records() || !hasRoom(octets))) {
            throw full(waiting);
        }
    }

    private boolean hasRoom(long octets) {
        long more = octets - roomInActive();
        return more <= 0 || allocatedAtMost(bound.octets() - Math.max(more, segmentOctets));
    }

    private OutboxException full(long waiting) {
        return new OutboxException("the lane " + lane + " of the outbox " + directory + " is full: " + waiting + " of "
                + bound.records() + " records wait, and " + index.allocated() + " of " + bound.octets()
                + " octets are in use. Deliver what waits, or give it more room");
    }

    /**
     * Takes a record into the next commit; commits what was staged before when it does not fit beside it.
     *
     * @throws OutboxException when there is no place for it
     */
    void stage(OutboxRecord record, AppendRequest request) {
        int size = RecordFormat.size(record);
        if (stagedOctets + size > staged.length && stagedOctets > 0) {
            commit();
        }
        Segment segment = roomInActive() >= size && active != null ? active : roll(size);
        if (staged.length < size) {
            staged = new byte[Math.max(STAGE, size)];
        }
        long sequence = sequences.merge(record.device(), 1L, Long::sum);
        long position = index.nextPosition() + stagedDevices.size();
        OutboxEntry entry = new OutboxEntry(position, epoch, sequence, record);
        if (stagedDevices.size() == stagedSizes.length) {
            stagedSizes = Arrays.copyOf(stagedSizes, 2 * stagedSizes.length);
        }
        stagedSizes[stagedDevices.size()] = size;
        RecordFormat.write(staged, stagedOctets, segment.salt, entry, clock.millis());
        stagedOctets += size;
        stagedDevices.add(record.device());
        stagedEntries.add(entry);
        if (stagedFor.isEmpty() || stagedFor.get(stagedFor.size() - 1) != request) {
            stagedFor.add(request);
        }
    }

    /** Makes durable and readable what was staged. When that fails, so do the requests that it was staged for. */
    void commit() {
        if (stagedOctets == 0 || active == null || file == null) {
            return;
        }
        try {
            file.write(staged, 0, stagedOctets, active.end);
            file.force();
            index.publish(active, stagedSizes, stagedDevices.size());
            stagedEntries.forEach(contents::add);
        } catch (IOException e) {
            OutboxException fault = cannotWrite(e);
            stagedFor.forEach(request -> request.fail(fault));
            giveUpStaged();
        }
        clearStage();
        if (bound.whenFull() == WhenFull.DROP_OLDEST) {
            index.dropBeyond(bound.records(), OutboxStats.OVER_RECORDS);
        }
    }

    /** Forgets what was staged. */
    void discard() {
        stagedDevices.forEach(device -> sequences.merge(device, -1L, Long::sum));
        clearStage();
    }

    private void clearStage() {
        stagedOctets = 0;
        stagedDevices.clear();
        stagedEntries.clear();
        stagedFor.clear();
    }

    Lane lane() {
        return lane;
    }

    private long roomInActive() {
        return active == null ? 0 : active.allocated - active.end - stagedOctets;
    }

    private OutboxException cannotWrite(IOException cause) {
        return new OutboxException(
                "cannot write to the outbox " + directory + ": " + cause.getMessage() + ". Free at least "
                        + segmentOctets
                        + " octets there, or mend the storage, and append again; what was taken before stays readable",
                cause);
    }

    // --- segments
    // ------------------------------------------------------------------------------------------------------------

    /** Begins a new segment with room for a record. */
    private Segment roll(int size) {
        commit();
        int octets = Math.max(segmentOctets, RecordFormat.SEGMENT_HEADER + size);
        makeRoom(octets);
        closeActive();
        try {
            Segment made = create(octets);
            index.add(made);
            active = made;
            return made;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Keeps the lane within its octets: by what its bound declares. */
    private void makeRoom(int octets) {
        long most = bound.octets() - octets;
        if (allocatedAtMost(most)) {
            return;
        }
        if (bound.whenFull() == WhenFull.REJECT) {
            throw full(index.waiting());
        }
        if (most < 0) {
            throw new OutboxException("a record needs a segment of " + octets + " octets, but the lane " + lane
                    + " of the outbox " + directory + " may take " + bound.octets());
        }
        while (index.allocated() > most) {
            Segment oldest = index.oldest().orElseThrow();
            if (oldest == active) {
                closeActive();
            }
            index.drop(oldest, oldest.first, oldest.next, OutboxStats.OVER_OCTETS);
            try {
                removeTaken();
            } catch (IOException e) {
                throw cannotWrite(e);
            }
            if (index.oldest().filter(left -> left == oldest).isPresent()) {
                throw new OutboxException(
                        "cannot make room in the outbox " + directory + ": " + oldest.file + " cannot be deleted");
            }
        }
    }

    /** Whether the lane takes so little; puts segments together in which little waits, before it says no. */
    private boolean allocatedAtMost(long most) {
        while (index.allocated() > most) {
            List<Segment> sparse = index.sparse(active, segmentOctets);
            if (sparse.isEmpty() || !condense(sparse)) {
                return false;
            }
        }
        return true;
    }

    private boolean condense(List<Segment> run) {
        try {
            condenser.condense(run);
            return true;
        } catch (IOException e) {
            LOG.debug("segments from {} on stay as they are: {}", run.get(0).file, e.toString());
            return false;
        }
    }

    private Segment create(int octets) throws IOException {
        long usable = storage.usableSpace(directory);
        if (usable < octets) { // a disk that is nearly full is not filled up with every attempt
            throw new IOException("No space left on device: " + usable + " octets");
        }
        long first = index.nextPosition();
        long salt = SALTS.nextLong();
        long born = ages.millis();
        Path path = directory.resolve(Segment.name(lane, first, salt));
        Path made = directory.resolve(path.getFileName() + LaneRecovery.UNFINISHED);
        Storage.File created = storage.create(made);
        try {
            byte[] zeros = new byte[ZEROS];
            for (int at = ZEROS; at < octets; at += ZEROS) {
                created.write(zeros, 0, Math.min(ZEROS, octets - at), at);
            }
            RecordFormat.writeSegmentHeader(zeros, first, salt, born);
            created.write(zeros, 0, Math.min(ZEROS, octets), 0);
            created.force();
            storage.rename(made, path);
            storage.forceDirectory(directory);
        } catch (IOException e) {
            closeQuietly(created);
            deleteQuietly(made);
            deleteQuietly(path);
            throw e;
        }
        file = created;
        Segment segment = new Segment(path, first, salt, octets);
        segment.born = born;
        return segment;
    }

    /** Ends the active segment where its last record ends. */
    private void closeActive() {
        if (active == null || file == null) {
            return;
        }
        try {
            file.truncate(active.end);
            index.resize(active, active.end);
            list(file, active);
        } catch (IOException e) {
            LOG.debug("{} keeps its free room: {}", active.file, e.toString());
        }
        contents = new SegmentContents();
        closeQuietly(file);
        Segment closed = active;
        index.close(closed, ages.millis());
        active = null;
        file = null;
        if (closed.next == closed.first) {
            remove(closed);
        }
    }

    /** Writes behind the last record what the segment holds; where that fails, damage is later told with less. */
    private void list(Storage.File to, Segment segment) throws IOException {
        Optional<byte[]> list = contents.encode(segment.salt, segment.next);
        if (list.isEmpty()) {
            return;
        }
        try {
            to.write(list.get(), 0, list.get().length, segment.end);
            to.force();
            segment.isListed = true;
        } catch (IOException e) {
            to.truncate(segment.end);
            throw e;
        }
    }

    /** Cuts off what may stand behind the last commit, and writes to the segment no more. */
    private void giveUpStaged() {
        if (file == null || active == null) {
            return;
        }
        try {
            file.truncate(
                    active.end); // if a power cut undoes this, opening knows by the later segment what was given up
            stagedDevices.forEach(device -> sequences.merge(device, -1L, Long::sum));
        } catch (IOException e) {
            LOG.warn("{} cannot be cut; records that failed may be found there again: {}", active.file, e.toString());
            index.skip(stagedDevices.size()); // their positions and sequences must not name others
        }
        closeActive();
    }

    // --- what is over
    // --------------------------------------------------------------------------------------------------------

    /** Writes down how far the lane is taken, and deletes segments that are, or that are too old. */
    void tidy() {
        bound.age().ifPresent(age -> giveUpOld(age.toMillis()));
        try {
            if (cursor.value().orElse(0) != index.cursor()) {
                cursor.write(index.cursor());
            }
            if (!index.removable(active).isEmpty()) {
                removeTaken();
            }
            List<Segment> taken = index.taken(active);
            if (!taken.isEmpty()) {
                condense(taken);
            }
            isTidyFailing = false;
        } catch (IOException e) {
            reportUntidy(e);
        }
    }

    /** Makes the cursor durable. */
    void force() {
        try {
            cursor.force();
        } catch (IOException e) {
            reportUntidy(e);
        }
    }

    /** Whether all that was acknowledged is durable. */
    boolean isForced() {
        return cursor.isForced();
    }

    /** Gives up segments in which everything is too old; ends the active one now and then, so that it becomes one of them. */
    private void giveUpOld(long age) {
        long now = ages.millis();
        if (active != null && active.end > RecordFormat.SEGMENT_HEADER && now - active.born > age / SEGMENTS_PER_AGE) {
            closeActive();
        }
        index.dropBefore(now - age, active);
    }

    private void reportUntidy(IOException cause) {
        if (!isTidyFailing) {
            isTidyFailing = true;
            LOG.warn(
                    "the outbox {} cannot note what was acknowledged, which is then delivered again after a restart: {}",
                    directory,
                    cause.toString());
        }
    }

    /** Deletes the segments at the beginning that nothing waits in, once that is durable. */
    private void removeTaken() throws IOException {
        cursor.write(index.cursor());
        cursor.force();
        index.removable(active).forEach(this::remove);
    }

    private void remove(Segment segment) {
        try {
            reader.release(segment);
            storage.delete(segment.file);
            index.remove(segment);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted yet: {}", segment.file, e.toString());
        }
    }

    void close() {
        tidy();
        force();
        closeQuietly(file);
        closeQuietly(cursor);
        try {
            reader.close();
        } catch (IOException e) {
            LOG.debug("a file of the outbox was not closed: {}", e.toString());
        }
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            LOG.debug("a file of the outbox was not closed: {}", e.toString());
        }
    }

    private void deleteQuietly(Path path) {
        try {
            storage.delete(path);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted: {}", path, e.toString());
        }
    }
}
