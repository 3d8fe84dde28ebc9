package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in a directory: what an append has reported survives any end of the process, and of the power as far as the disk
 * keeps what it was told to sync. Safe for use by several threads at once.
 *
 * <p>Each lane is a log of its own, in segments of a fixed size that are pre-allocated, and deleted when all their records are
 * acknowledged. A single append costs one {@code fdatasync}; appends that come while one runs share the next one. Acknowledgements
 * come in any order: how far a lane is acknowledged without gaps survives the end of the process at once and that of the power
 * after a second; what was acknowledged beyond a gap may be delivered again after a restart. Records that wait for long do not
 * keep the room of others: what still waits in nearly empty segments is put together.
 *
 * <p>Octets are those of the segments on the disk, so a lane that rejects is full when it can begin no further segment. What is too
 * old is given up a segment at a time, at most a quarter after its age, counting the time in which the outbox was open. Records
 * are read back from the disk; in memory a waiting record costs less than a quarter of an octet. Opening reads everything that
 * waits once, to find damage.
 *
 * <p>Two threads of its own, both daemons: one writes; the other completes appends and calls the listener, so that what they run
 * delays no other append.
 */
public final class FileOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutbox.class);
    private static final String EPOCH = "epoch";

    private final Path directory;
    private final Map<Lane, LaneRecovery.Opened> lanes;
    private final OutboxBounds bounds;
    private final OutboxWriter writer;
    private final AcknowledgeListener acknowledged = new AcknowledgeListener();

    /**
     * How a file outbox is laid out.
     *
     * @param bounds how much may wait; each lane needs room for two segments
     * @param segmentOctets the size of a segment, 64 KiB to 1 GiB; a record that is larger gets a larger segment
     * @param queueOctets the most octets that wait for the disk; beyond it an append fails at once
     * @param clock tells when a record was appended, and names the epochs
     */
    public record Options(OutboxBounds bounds, int segmentOctets, long queueOctets, Clock clock) {
        private static final int LEAST_SEGMENT = 64 << 10;
        private static final int GREATEST_SEGMENT = 1 << 30;

        /** Checks the ranges. */
        public Options {
            Objects.requireNonNull(bounds, "bounds");
            Objects.requireNonNull(clock, "clock");
            if (segmentOctets < LEAST_SEGMENT || segmentOctets > GREATEST_SEGMENT || queueOctets < 1) {
                throw new IllegalArgumentException("needed: " + LEAST_SEGMENT + " <= segmentOctets <= "
                        + GREATEST_SEGMENT + ", 1 <= queueOctets, but got " + segmentOctets + " and " + queueOctets);
            }
            for (Lane lane : Lane.values()) {
                if (bounds.of(lane).octets() < 2L * segmentOctets) {
                    throw new IllegalArgumentException(
                            "the lane " + lane + " needs room for two segments of " + segmentOctets
                                    + " octets, but has " + bounds.of(lane).octets());
                }
            }
        }

        /**
         * Returns 512 MiB and 5,000,000 records for each lane, segments of 4 MiB, a queue of 32 MiB, and the system clock. Readings
         * beyond the bound are refused, of wave forms the oldest are given up.
         */
        public static Options defaults() {
            return new Options(OutboxBounds.of(5_000_000, 512L << 20), 4 << 20, 32L << 20, Clock.systemUTC());
        }

        /** Returns these options with other bounds. */
        public Options withBounds(OutboxBounds other) {
            return new Options(other, segmentOctets, queueOctets, clock);
        }

        /** Returns these options with other segments. */
        public Options withSegmentOctets(int other) {
            return new Options(bounds, other, queueOctets, clock);
        }

        /** Returns these options with another clock. */
        public Options withClock(Clock other) {
            return new Options(bounds, segmentOctets, queueOctets, other);
        }
    }

    private FileOutbox(Path directory, Map<Lane, LaneRecovery.Opened> lanes, OutboxBounds bounds, OutboxWriter writer) {
        this.directory = directory;
        this.lanes = lanes;
        this.bounds = bounds;
        this.writer = writer;
    }

    /** Opens the outbox in a directory with {@link Options#defaults}. */
    public static FileOutbox open(Path directory) {
        return open(directory, Options.defaults());
    }

    /**
     * Opens the outbox in a directory, which is made when it is not there. A tail that the end of a process tore is cut off; damage
     * is reported by {@link #damages}, counted as {@link OutboxStats#DAMAGED}, and the rest is delivered. Works on a full disk too, so that what waits
     * can be delivered.
     *
     * @throws OutboxException when the directory is in use, or cannot be read or written
     */
    public static FileOutbox open(Path directory, Options options) {
        return open(directory, options, new DiskStorage());
    }

    static FileOutbox open(Path directory, Options options, Storage storage) {
        Path real = make(directory);
        List<Closeable> opened = new ArrayList<>();
        try {
            OutboxLock lock = OutboxLock.take(real);
            opened.add(lock);
            Map<Lane, LaneRecovery.Opened> lanes = new EnumMap<>(Lane.class);
            for (Lane lane : Lane.values()) {
                LaneRecovery.Opened one = LaneRecovery.open(lane, real, storage);
                lanes.put(lane, one);
                opened.add(one);
            }
            long epoch = nextEpoch(real, storage, options.clock(), lanes.values());
            AgeClock ages = AgeClock.open(real, storage, options, lanes.values());
            opened.add(ages);
            storage.forceDirectory(real);
            OutboxWriter writer = new OutboxWriter(real, storage, options, lanes.values(), epoch, ages, lock);
            writer.start();
            return new FileOutbox(real, lanes, options.bounds(), writer);
        } catch (IOException e) {
            closeAll(opened);
            throw cannotOpen(directory, e);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static Path make(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, DiskStorage.ownersDirectory());
            }
            return directory.toRealPath();
        } catch (FileAlreadyExistsException e) {
            throw new OutboxException(directory + " is to be the directory of an outbox, but is a file", e);
        } catch (IOException e) {
            throw cannotOpen(directory, e);
        }
    }

    private static OutboxException cannotOpen(Path directory, IOException cause) {
        String why = cause instanceof AccessDeniedException
                ? "no right to read and write " + cause.getMessage()
                : cause.toString();
        return new OutboxException("cannot open the outbox " + directory + ": " + why, cause);
    }

    private static void closeAll(List<Closeable> opened) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (IOException e) {
                LOG.debug("after a failed opening: {}", e.toString()); // the first fault is the one to report
            }
        }
    }

    /** Writes down an epoch that is greater than all before, whatever the clock says. */
    private static long nextEpoch(Path directory, Storage storage, Clock clock, Collection<LaneRecovery.Opened> lanes)
            throws IOException {
        Path path = directory.resolve(EPOCH);
        try (DurableNumber epochs =
                DurableNumber.open(storage, path, storage.list(directory).contains(EPOCH))) {
            long greatest = epochs.value().orElse(0);
            for (LaneRecovery.Opened lane : lanes) {
                greatest = Math.max(greatest, lane.greatestEpoch());
            }
            long epoch = Math.max(clock.millis(), greatest + 1);
            epochs.write(epoch);
            epochs.force();
            return epoch;
        }
    }

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        return writer.append(new AppendRequest(List.copyOf(records)));
    }

    @Override
    public List<OutboxEntry> read(Lane lane, long after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("at least 1 record must be asked for, but got " + max);
        }
        try {
            return lane(lane).reader().read(after, max);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        if (writer.isClosed()) {
            return;
        }
        Map<Lane, List<OutboxEntry>> byLane = new EnumMap<>(Lane.class);
        for (OutboxEntry entry : entries) {
            byLane.computeIfAbsent(entry.record().lane(), lane -> new ArrayList<>())
                    .add(entry);
        }
        byLane.forEach((lane, ofLane) -> lane(lane).index().acknowledge(ofLane));
        writer.tidySoon();
        acknowledged.tell(entries);
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        acknowledged.set(listener);
    }

    @Override
    public void onAppended(Runnable listener) {
        writer.listener().set(listener);
    }

    @Override
    public OutboxStats stats() {
        writer.look();
        Map<Lane, LaneStats> stats = new EnumMap<>(Lane.class);
        lanes.forEach((lane, opened) -> {
            LaneIndex index = opened.index();
            stats.put(
                    lane,
                    new LaneStats(
                            index.waiting(),
                            index.octets(),
                            bounds.of(lane),
                            oldest(opened),
                            index.appended(),
                            index.acknowledged(),
                            index.dropped()));
        });
        return new OutboxStats(stats);
    }

    private Optional<Instant> oldest(LaneRecovery.Opened lane) {
        try {
            return lane.reader().oldest();
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** Returns what was found damaged since it was opened, at opening too: the last 256 of each lane, in the order of their finding. */
    public List<OutboxDamage> damages() {
        return lanes.values().stream()
                .flatMap(lane -> lane.index().damages().stream())
                .toList();
    }

    @Override
    public void close() {
        writer.close();
    }

    private OutboxException cannotRead(IOException cause) {
        return new OutboxException("cannot read from the outbox " + directory + ": " + cause.getMessage(), cause);
    }

    private LaneRecovery.Opened lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
