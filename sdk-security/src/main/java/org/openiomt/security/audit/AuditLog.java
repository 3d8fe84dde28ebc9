package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Two halves. Whoever records an event does, under the lock, all that must be in order: number, time, octets, the hash into the tree,
 * the record into a buffer. A mailbox of the log's own does what takes long: it takes the whole buffer with the tree's root, writes and syncs it
 * (what gathers meanwhile shares the next sync), and only then signs the root and writes the signature behind.
 *
 * So what is signed is durable, and a log can never go on in another way than its last checkpoint says; what is not durable when the machine
 * stops was signed by nobody. When the disk fails, the group stays in memory and is written again, from the last octet that is known to be durable.
 */
/**
 * Writes down what must be accounted for, so that nobody can change it unseen: entries in a Merkle tree of RFC 6962, in one file, under
 * signed checkpoints. Safe for use by several threads; {@link #record} waits for no disk.
 *
 * <p>Beside the file lies {@code FILE.checkpoint}, the newest signed checkpoint as text, and {@code FILE.lock}. Who holds the signing key and the files
 * can write another history; a {@link CheckpointAnchor} keeps them from it.
 */
public final class AuditLog implements AuditSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int FIRST_CHUNK = 1 << 12;
    private static final int LAST_CHUNK = 1 << 16;
    private static final int MAX_RECORD = LogFormat.RECORD_HEADER + AuditEntry.MAX_OCTETS + LogFormat.CHECK;
    private static final CompletionStage<Void> COUNTED = CompletableFuture.completedFuture(null);

    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final AuditOptions options;
    private final LogWriter writer;
    private final Mailbox mailbox;
    private final MerkleFrontier frontier;
    private final FloodGate flood = new FloodGate();
    private final CRC32C crc = new CRC32C();

    /** What waits for the disk: chunks that are full, then the one that is being filled. */
    private List<ByteBuffer> full = new ArrayList<>();

    private ByteBuffer waiting = ByteBuffer.allocate(FIRST_CHUNK);
    private int capacity = FIRST_CHUNK;
    private CompletableFuture<Void> durable = new CompletableFuture<>();
    private @Nullable Instant lastTime;
    private long lost;
    private boolean isCommitting;
    private boolean isFloodTimed;
    private @Nullable CompletableFuture<Void> closed;

    private AuditLog(AuditOptions options, LogWriter writer, MerkleFrontier frontier) {
        this.options = options;
        this.ownsScheduler = options.scheduler().isEmpty();
        this.scheduler = options.scheduler().orElseGet(() -> Scheduler.system("iomt-audit", 1));
        this.writer = writer;
        this.mailbox = new Mailbox(scheduler);
        this.frontier = frontier;
    }

    /** Opens a log with {@link AuditOptions#defaults}. */
    public static AuditLog open(Path file, NoteSigner signer) {
        return open(file, signer, AuditOptions.defaults());
    }

    /**
     * Opens a log, or begins one where there is none. A tail that the end of a process or of the power tore is cut off, and the log says so.
     *
     * @param signer signs the checkpoints, under the log's name; not closed with the log
     * @throws AuditException when the file is in use, cannot be used, is signed by another key, was changed or cut, or does not lead to a
     *     checkpoint that was signed before; it is then left as it is
     */
    public static AuditLog open(Path file, NoteSigner signer, AuditOptions options) {
        try {
            return open(new LogFile(file), file, signer, options);
        } catch (IOException e) {
            throw new AuditException(file + ": cannot be used as a log: " + e.getMessage(), e);
        }
    }

    static AuditLog open(LogFile disk, Path file, NoteSigner signer, AuditOptions options) throws IOException {
        try {
            LogRecovery found = LogRecovery.of(file, disk, signer.key(), options.anchor(), signer);
            AuditLog log = new AuditLog(options, new LogWriter(file, disk, signer, options), found.frontier());
            log.begin(found, signer.key());
            return log;
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private synchronized void begin(LogRecovery found, VerifierKey key) {
        if (found.cutOctets() > 0) {
            LOG.warn("{} octets of a torn entry were cut off the audit log", found.cutOctets());
            append(AuditEvent.of(AuditEventType.LOG_TAIL_CUT, ""), found.cutOctets());
        }
        if (found.unsignedEntries() > 0) {
            append(AuditEvent.of(AuditEventType.LOG_TAIL_KEPT, ""), found.unsignedEntries());
        }
        append(AuditEvent.of(AuditEventType.LOG_OPENED, key.hexId()), 1);
    }

    @Override
    public synchronized CompletionStage<Void> record(AuditEvent event) {
        if (closed != null) {
            return CompletableFuture.failedFuture(new AuditException("the audit log is closed"));
        }
        if (flood.passes(event)) {
            CompletionStage<Void> written = append(event, 1);
            timeFlood();
            return written;
        }
        return COUNTED;
    }

    /** Returns the newest checkpoint that was signed, when there is one since the log was opened. */
    public Optional<SignedNote> checkpoint() {
        return writer.newest();
    }

    /** Returns how many entries there are, durable or not. */
    public synchronized long size() {
        return frontier.size();
    }

    /** Writes the last entry and signs the last checkpoint; waits for that at most 10 seconds. */
    @Override
    public void close() {
        CompletableFuture<Void> end = closeAsync();
        if (!scheduler.await(end, CLOSE_TIMEOUT)) {
            LOG.error("the audit log could not be closed in order: its last entries may be lost");
            writer.close();
            end.complete(null);
        }
        if (ownsScheduler) {
            scheduler.close();
        }
    }

    private synchronized CompletableFuture<Void> closeAsync() {
        if (closed != null) {
            return closed;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        flood.drain().forEach(counted -> append(counted.event(), counted.count()));
        CompletionStage<Void> written = append(AuditEvent.of(AuditEventType.LOG_CLOSED, ""), 1);
        closed = end;
        written.whenComplete((nothing, fault) -> mailbox.execute(() -> {
            timePublishing(writer.publish());
            writer.close();
            end.complete(null);
        }));
        return end;
    }

    /** Adds an entry; called under the lock. */
    private CompletionStage<Void> append(AuditEvent event, long count) {
        int needed = lost > 0 ? 2 * MAX_RECORD : MAX_RECORD;
        if (!hasRoom(needed)) {
            lost += count;
            return CompletableFuture.failedFuture(
                    new AuditException("the audit log cannot be written: about " + capacity + " octets wait"));
        }
        if (lost > 0) {
            put(AuditEvent.of(AuditEventType.EVENTS_LOST, ""), lost);
            lost = 0;
        }
        put(event, count);
        CompletionStage<Void> stage = durable;
        if (!isCommitting) {
            isCommitting = true;
            mailbox.execute(this::commit);
        }
        return stage;
    }

    private boolean hasRoom(int needed) {
        if (waiting.remaining() >= needed) {
            return true;
        }
        int next = Math.min(Math.min(2 * waiting.capacity(), LAST_CHUNK), options.maxWaiting() - capacity);
        if (next < needed) {
            return false;
        }
        full.add(waiting);
        waiting = ByteBuffer.allocate(next);
        capacity += next;
        return true;
    }

    private void put(AuditEvent event, long count) {
        Instant now = scheduler.clock().instant();
        ClockState.Continuity continuity = ClockState.Continuity.UNKNOWN;
        if (lastTime != null) {
            continuity = now.isBefore(lastTime) ? ClockState.Continuity.JUMPED : ClockState.Continuity.CONTINUOUS;
        }
        lastTime = now;
        ClockState clock = new ClockState(options.synchronisation().get(), continuity);
        int start = waiting.position();
        LogFormat.begin(waiting, LogFormat.ENTRY);
        int content = waiting.position();
        AuditEntry.encode(waiting, frontier.size(), now, clock, count, event);
        // The octet before the content is 0 for as long as the record has no length: a leaf's prefix stands there
        // already.
        frontier.appendBehindZero(waiting.array(), content - 1, waiting.position() - content + 1);
        LogFormat.end(waiting, start, crc);
    }

    /** Brings to the disk what waits. In the mailbox. */
    private void commit() {
        List<ByteBuffer> group;
        CompletableFuture<Void> itsStage;
        Checkpoint checkpoint;
        synchronized (this) {
            group = full;
            group.add(waiting);
            itsStage = durable;
            checkpoint = Checkpoint.of(writer.origin(), frontier.size(), frontier.root());
            full = new ArrayList<>();
            waiting = ByteBuffer.allocate(FIRST_CHUNK);
            capacity = FIRST_CHUNK;
            durable = new CompletableFuture<>();
        }
        write(group, itsStage, checkpoint);
    }

    private void write(List<ByteBuffer> group, CompletableFuture<Void> itsStage, Checkpoint checkpoint) {
        if (writer.isClosed()) {
            itsStage.completeExceptionally(new AuditException("the audit log was closed before it could be written"));
            return;
        }
        if (!writer.write(group, checkpoint)) {
            scheduler.schedule(RETRY, () -> mailbox.execute(() -> write(group, itsStage, checkpoint)));
            return;
        }
        itsStage.complete(null);
        timePublishing(writer.sign());
        synchronized (this) {
            isCommitting = waiting.position() > 0; // the one being filled is never left empty behind full ones
            if (isCommitting) {
                mailbox.execute(this::commit);
            }
        }
    }

    private void timePublishing(Duration pause) {
        if (!pause.isZero()) {
            scheduler.schedule(pause, () -> mailbox.execute(() -> timePublishing(writer.publish())));
        }
    }

    /** Lets the interval end some time after the first event that is counted. Under the lock. */
    private void timeFlood() {
        if (!isFloodTimed && !flood.isEmpty()) {
            isFloodTimed = true;
            scheduler.schedule(options.interval(), this::endInterval);
        }
    }

    private synchronized void endInterval() {
        isFloodTimed = false;
        if (closed == null) {
            flood.drain().forEach(counted -> append(counted.event(), counted.count()));
            timeFlood();
        }
    }
}
