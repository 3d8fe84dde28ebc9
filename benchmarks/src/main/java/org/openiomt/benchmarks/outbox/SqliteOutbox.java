package org.openiomt.benchmarks.outbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.LaneBound;
import org.openiomt.core.outbox.LaneStats;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.outbox.OutboxStats;
import org.openiomt.core.outbox.SteadyTime;
import org.openiomt.core.outbox.WhenFull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in a SQLite database, with a write-ahead log that is synced at each commit ({@code journal_mode=WAL},
 * {@code synchronous=FULL}). A peer for {@code FileOutbox}: the same laws, another engine. Safe for use by several threads at once.
 *
 * <p>One thread writes; what comes while it commits shares the next transaction. Reading and acknowledging wait for a commit that
 * runs. The octets of a record are its payload, its device's name and {@value #OVERHEAD}; those of the database's own pages are not
 * counted.
 */
public final class SqliteOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);
    private static final int OVERHEAD = 96;
    private static final int GROUP = 4_096;
    private static final String PASSED = "passed";
    private static final String EPOCH = "epoch";

    private final Connection connection;
    private final OutboxBounds bounds;
    private final Clock clock;
    private final SteadyTime time;
    private final long epoch;
    private final Map<Lane, Kept> lanes = new EnumMap<>(Lane.class);
    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile Runnable appended = () -> {};
    private volatile Consumer<? super List<ObservationId>> acknowledged = ids -> {};
    private boolean isClosing;
    private boolean isClosed;

    /** What is known of a lane without asking the database. */
    private static final class Kept {
        private final Map<DeviceId, Long> sequences = new HashMap<>();
        private final Map<String, Long> dropped = new HashMap<>();
        private long position;
        private long waiting;
        private long octets;
        private long appended;
        private long acknowledged;

        void drop(String reason, long records) {
            if (records > 0) {
                dropped.merge(reason, records, Long::sum);
            }
        }

        /** Takes over the numbers, but not positions and sequences: those of what was undone are not used again. */
        void countAs(Kept other) {
            dropped.clear();
            dropped.putAll(other.dropped);
            waiting = other.waiting;
            octets = other.octets;
            appended = other.appended;
            acknowledged = other.acknowledged;
        }
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /** Records on their way in; without any, the end. */
    private record Request(List<OutboxRecord> records, boolean isLast, CompletableFuture<Void> done) {}

    private SqliteOutbox(Connection connection, OutboxBounds bounds, Clock clock) throws SQLException {
        this.connection = connection;
        this.bounds = bounds;
        this.clock = clock;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS number(name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID");
            statement.execute("CREATE TABLE IF NOT EXISTS record(lane TEXT, position INTEGER, epoch INTEGER,"
                    + " sequence INTEGER, high INTEGER, low INTEGER, device TEXT, at INTEGER, since INTEGER,"
                    + " payload BLOB, PRIMARY KEY(lane, position)) WITHOUT ROWID");
        }
        connection.setAutoCommit(false);
        this.time = new SteadyTime(clock, number(PASSED));
        this.epoch = Math.max(clock.millis(), number(EPOCH) + 1);
        note(EPOCH, epoch);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, load(lane));
        }
        connection.commit();
        this.writer = new Thread(this::run, "sqlite-outbox");
        writer.setDaemon(true);
    }

    /**
     * Opens the outbox in the file {@code outbox.sqlite} of a directory.
     *
     * @throws OutboxException when it cannot be opened
     */
    public static SqliteOutbox open(Path directory, OutboxBounds bounds, Clock clock) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.sqlite"));
            try {
                SqliteOutbox outbox = new SqliteOutbox(connection, bounds, clock);
                outbox.writer.start();
                return outbox;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new OutboxException("cannot open the outbox in " + directory + ": " + e.getMessage(), e);
        }
    }

    private Kept load(Lane lane) throws SQLException {
        Kept kept = new Kept();
        kept.position = number(lane.name());
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*), coalesce(sum(length(payload) + length(device) + "
                        + OVERHEAD + "), 0) FROM record WHERE lane = ?")) {
            statement.setString(1, lane.name());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                kept.waiting = rows.getLong(1);
                kept.octets = rows.getLong(2);
            }
        }
        return kept;
    }

    // --- any thread
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<Void> append(List<OutboxRecord> records) {
        Request request = new Request(List.copyOf(records), false, new CompletableFuture<>());
        synchronized (queue) {
            if (isClosing) {
                return CompletableFuture.failedFuture(new OutboxException("the outbox is closed"));
            }
            queue.add(request);
        }
        return request.done();
    }

    @Override
    public synchronized List<OutboxEntry> read(Lane lane, long after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("at least 1 record must be asked for, but got " + max);
        }
        if (isClosed) {
            throw new OutboxException("the outbox is closed");
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT position, epoch, sequence, high, low, device, payload FROM record"
                        + " WHERE lane = ? AND position > ? ORDER BY position LIMIT ?")) {
            statement.setString(1, lane.name());
            statement.setLong(2, after);
            statement.setInt(3, max);
            List<OutboxEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ObservationId id = ObservationId.of(rows.getLong(4), rows.getLong(5));
                    OutboxRecord record = OutboxRecord.of(id, DeviceId.of(rows.getString(6)), lane, rows.getBytes(7));
                    entries.add(new OutboxEntry(rows.getLong(1), rows.getLong(2), rows.getLong(3), record));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new OutboxException("cannot read from the outbox: " + e.getMessage(), e);
        }
    }

    @Override
    public void acknowledge(Collection<OutboxEntry> entries) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            try {
                inTransaction(() -> {
                    for (OutboxEntry entry : entries) {
                        take(entry);
                    }
                    giveUpOld();
                });
            } catch (SQLException e) {
                throw new OutboxException("cannot acknowledge: " + e.getMessage(), e);
            }
        }
        acknowledged.accept(entries.stream().map(entry -> entry.record().id()).toList());
    }

    private void take(OutboxEntry entry) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM record WHERE lane = ? AND position = ? AND epoch = ?")) {
            statement.setString(1, entry.record().lane().name());
            statement.setLong(2, entry.position());
            statement.setLong(3, entry.epoch());
            if (statement.executeUpdate() == 1) {
                Kept kept = lane(entry.record().lane());
                kept.waiting--;
                kept.octets -= octets(entry.record());
                kept.acknowledged++;
            }
        }
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        acknowledged = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onAppended(Runnable listener) {
        appended = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public synchronized OutboxStats stats() {
        time.millis();
        Map<Lane, LaneStats> stats = new EnumMap<>(Lane.class);
        lanes.forEach((lane, kept) -> stats.put(
                lane,
                new LaneStats(
                        kept.waiting,
                        kept.octets,
                        bounds.of(lane),
                        oldest(lane),
                        kept.appended,
                        kept.acknowledged,
                        kept.dropped)));
        return new OutboxStats(stats);
    }

    private Optional<Instant> oldest(Lane lane) {
        if (isClosed || lane(lane).waiting == 0) {
            return Optional.empty();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT at FROM record WHERE lane = ? ORDER BY position LIMIT 1")) {
            statement.setString(1, lane.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Instant.ofEpochMilli(rows.getLong(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new OutboxException("cannot read from the outbox: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        synchronized (queue) {
            if (!isClosing) {
                isClosing = true;
                queue.add(new Request(List.of(), true, new CompletableFuture<>()));
            }
        }
        boolean isInterrupted = false;
        while (writer.isAlive() && Thread.currentThread() != writer) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // --- the writer's thread
    // -----------------------------------------------------------------------------------------------------

    private void run() {
        boolean isLast = false;
        while (!isLast) {
            List<Request> group = new ArrayList<>();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOG.debug("the writer of an outbox ends by close and not by an interrupt");
                continue;
            }
            queue.drainTo(group, GROUP);
            isLast = group.get(group.size() - 1).isLast();
            write(group);
        }
        end();
    }

    private void write(List<Request> group) {
        Map<Request, OutboxException> faults = new HashMap<>();
        @Nullable OutboxException fault = null;
        synchronized (this) {
            try {
                inTransaction(() -> {
                    giveUpOld();
                    for (Request request : group) {
                        Optional<OutboxException> refusal = refusal(request.records());
                        refusal.ifPresent(why -> faults.put(request, why));
                        if (refusal.isEmpty()) {
                            insert(request.records());
                        }
                    }
                    note(PASSED, time.millis());
                });
            } catch (SQLException e) {
                fault = new OutboxException("cannot write to the outbox: " + e.getMessage(), e);
            }
        }
        for (Request request : group) {
            @Nullable OutboxException why = fault == null ? faults.get(request) : fault;
            if (why == null) {
                request.done().complete(null);
            } else {
                count(request);
                request.done().completeExceptionally(why);
            }
        }
        try {
            appended.run();
        } catch (RuntimeException e) {
            LOG.error("the listener of an outbox failed", e);
        }
    }

    private synchronized void count(Request refused) {
        refused.records().forEach(record -> lane(record.lane()).drop(OutboxStats.REJECTED, 1));
    }

    private Optional<OutboxException> refusal(List<OutboxRecord> records) {
        for (Lane lane : Lane.values()) {
            LaneBound bound = bounds.of(lane);
            List<OutboxRecord> ofLane =
                    records.stream().filter(record -> record.lane() == lane).toList();
            long count = lane(lane).waiting + ofLane.size();
            long octets = lane(lane).octets
                    + ofLane.stream().mapToLong(SqliteOutbox::octets).sum();
            if (bound.whenFull() == WhenFull.REJECT
                    && !ofLane.isEmpty()
                    && (count > bound.records() || octets > bound.octets())) {
                return Optional.of(new OutboxException("the lane " + lane + " is full: at most " + bound.records()
                        + " records and " + bound.octets() + " octets may wait, and this would make it " + count
                        + " and " + octets));
            }
        }
        return Optional.empty();
    }

    private void insert(List<OutboxRecord> records) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (OutboxRecord record : records) {
                Kept kept = lane(record.lane());
                statement.setString(1, record.lane().name());
                statement.setLong(2, ++kept.position);
                statement.setLong(3, epoch);
                statement.setLong(4, kept.sequences.merge(record.device(), 1L, Long::sum));
                statement.setLong(5, record.id().high());
                statement.setLong(6, record.id().low());
                statement.setString(7, record.device().value());
                statement.setLong(8, clock.millis());
                statement.setLong(9, time.millis());
                statement.setBytes(10, record.payload());
                statement.executeUpdate();
                kept.waiting++;
                kept.octets += octets(record);
                kept.appended++;
            }
        }
        for (Lane lane : Lane.values()) {
            Kept kept = lane(lane);
            note(lane.name(), kept.position);
            giveUp(lane, OutboxStats.OVER_RECORDS, bounds.of(lane).records(), Long.MAX_VALUE, Long.MIN_VALUE);
            giveUp(
                    lane,
                    OutboxStats.OVER_OCTETS,
                    Long.MAX_VALUE,
                    bounds.of(lane).octets(),
                    Long.MIN_VALUE);
        }
    }

    private void giveUpOld() throws SQLException {
        long now = time.millis();
        for (Lane lane : Lane.values()) {
            if (bounds.of(lane).age().isPresent()) {
                long limit = now - bounds.of(lane).age().get().toMillis();
                giveUp(lane, OutboxStats.OVER_AGE, Long.MAX_VALUE, Long.MAX_VALUE, limit);
            }
        }
    }

    /** Gives up the oldest, as long as there are more than so many, or more octets, or it came before {@code limit}. */
    private void giveUp(Lane lane, String reason, long records, long octets, long limit) throws SQLException {
        Kept kept = lane(lane);
        if (kept.waiting <= records && kept.octets <= octets && limit == Long.MIN_VALUE) {
            return;
        }
        long last = 0;
        long count = 0;
        long size = 0;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT position, since, length(payload) + length(device) FROM record"
                        + " WHERE lane = ? ORDER BY position")) {
            statement.setString(1, lane.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()
                        && (kept.waiting - count > records || kept.octets - size > octets || rows.getLong(2) < limit)) {
                    last = rows.getLong(1);
                    count++;
                    size += rows.getLong(3) + OVERHEAD;
                }
            }
        }
        if (count > 0) {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM record WHERE lane = ? AND position <= ?")) {
                statement.setString(1, lane.name());
                statement.setLong(2, last);
                statement.executeUpdate();
            }
            kept.waiting -= count;
            kept.octets -= size;
            kept.drop(reason, count);
        }
    }

    private synchronized void end() {
        isClosed = true;
        try {
            note(PASSED, time.millis());
            connection.commit();
            connection.close();
        } catch (SQLException e) {
            LOG.warn("the outbox was not closed: {}", e.toString());
        }
    }

    // --- the database
    // ----------------------------------------------------------------------------------------------------------

    private long number(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT value FROM number WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void note(String name, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT OR REPLACE INTO number VALUES (?, ?)")) {
            statement.setString(1, name);
            statement.setLong(2, value);
            statement.executeUpdate();
        }
    }

    /** Does all of it or nothing. */
    private void inTransaction(Work work) throws SQLException {
        Map<Lane, Kept> before = new EnumMap<>(Lane.class);
        lanes.forEach((lane, kept) -> {
            Kept copy = new Kept();
            copy.countAs(kept);
            before.put(lane, copy);
        });
        try {
            work.run();
            connection.commit();
        } catch (SQLException e) {
            before.forEach((lane, kept) -> lane(lane).countAs(kept));
            try {
                connection.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private Kept lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    private static long octets(OutboxRecord record) {
        return record.payloadLength() + record.device().value().length() + (long) OVERHEAD;
    }
}
