package org.openiomt.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The one thread that writes, and the queue before it.
 *
 * Group commit needs no timer: the writer takes all that waits, up to a bound, and while it syncs that, the next group gathers. So
 * one append alone waits for one sync and for nothing else, and many together pay for few syncs.
 */
final class OutboxWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);
    private static final long GROUP_OCTETS = 1 << 20;
    private static final long CURSOR_DELAY_MILLIS = 1_000;
    private static final long LAST_CALLBACKS_SECONDS = 5;

    private final Path directory;
    private final Storage storage;
    private final long queueOctets;
    private final Collection<LaneRecovery.Opened> opened;
    private final List<LaneWriter> lanes = new ArrayList<>();
    private final AgeClock ages;
    private final OutboxLock lock;
    private final AppendListener listener = new AppendListener();
    private final Thread thread;
    private final ExecutorService callbacks;
    private volatile @Nullable Thread callbackThread;

    // Guarded by the queue.
    private final ArrayDeque<AppendRequest> queue = new ArrayDeque<>();
    private long queued;
    private boolean isTidyDue = true;
    private boolean isClosed;

    /** The time of the first acknowledgement that is not yet durable; only for the writer's thread. */
    private long unforcedSince;

    private boolean isUnforced;

    OutboxWriter(
            Path directory,
            Storage storage,
            FileOutbox.Options options,
            Collection<LaneRecovery.Opened> opened,
            long epoch,
            AgeClock ages,
            OutboxLock lock) {
        this.directory = directory;
        this.storage = storage;
        this.queueOctets = options.queueOctets();
        this.opened = opened;
        this.ages = ages;
        this.lock = lock;
        for (LaneRecovery.Opened one : opened) {
            lanes.add(new LaneWriter(one, directory, storage, options, epoch, ages));
        }
        this.thread = new Thread(this::run, "outbox-writer-" + directory.getFileName());
        this.thread.setDaemon(true);
        this.callbacks = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "outbox-callbacks-" + directory.getFileName());
            made.setDaemon(true);
            callbackThread = made;
            return made;
        });
    }

    void start() {
        thread.start();
    }

    AppendListener listener() {
        return listener;
    }

    // --- any thread
    // ------------------------------------------------------------------------------------------------------------

    CompletionStage<Void> append(AppendRequest request) {
        synchronized (queue) {
            if (isClosed) {
                return CompletableFuture.failedFuture(new OutboxException("the outbox " + directory + " is closed"));
            }
            if (queue.isEmpty() || queued + request.octets <= queueOctets) {
                queue.add(request);
                queued += request.octets;
                queue.notifyAll();
                return request.done;
            }
        }
        reject(request);
        return CompletableFuture.failedFuture(
                new OutboxException("the outbox " + directory + " writes more slowly than records come: more than "
                        + queueOctets + " octets would wait for the disk"));
    }

    /** Looks at the clock, so that no time is left out. */
    void look() {
        ages.millis();
    }

    /** Notes soon what was acknowledged. */
    void tidySoon() {
        synchronized (queue) {
            isTidyDue = true;
            queue.notifyAll();
        }
    }

    boolean isClosed() {
        synchronized (queue) {
            return isClosed;
        }
    }

    /** Writes what waits, closes everything, and waits for that; does nothing more when it is closed. */
    void close() {
        synchronized (queue) {
            isClosed = true;
            queue.notifyAll();
        }
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (Thread.currentThread() != callbackThread) {
            try {
                if (!callbacks.awaitTermination(LAST_CALLBACKS_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("the outbox {} is closed, but a callback of its user still runs", directory);
                }
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
        try {
            for (List<AppendRequest> group = nextGroup(); group != null; group = nextGroup()) {
                process(group);
            }
        } finally {
            end();
        }
    }

    /** Waits for something to do; null at the end. */
    private @Nullable List<AppendRequest> nextGroup() {
        synchronized (queue) {
            long millis = millisToForce();
            while (queue.isEmpty() && !isTidyDue && !isClosed && millis > 0) {
                try {
                    queue.wait(isUnforced ? millis : 0);
                } catch (InterruptedException e) {
                    LOG.debug("the writer of an outbox ends by close and not by an interrupt");
                }
                millis = millisToForce();
            }
            if (queue.isEmpty() && isClosed) {
                return null;
            }
            isTidyDue = false;
            List<AppendRequest> group = new ArrayList<>();
            long octets = 0;
            for (AppendRequest next = queue.peek(); next != null; next = queue.peek()) {
                octets += next.octets;
                if (!group.isEmpty() && octets > GROUP_OCTETS) {
                    break;
                }
                group.add(queue.remove());
                queued -= next.octets;
            }
            return group;
        }
    }

    /** Returns how long acknowledgements may still stay undurable. */
    private long millisToForce() {
        return isUnforced
                ? CURSOR_DELAY_MILLIS - TimeUnit.NANOSECONDS.toMillis(storage.nanoTime() - unforcedSince)
                : CURSOR_DELAY_MILLIS;
    }

    private void process(List<AppendRequest> group) {
        try {
            write(group);
        } catch (RuntimeException | Error e) { // a fault of ours must not end the thread that everybody waits for
            LOG.error("a fault in the outbox {}", directory, e);
            group.forEach(request -> request.fail(new OutboxException("a fault in the outbox " + directory, e)));
            lanes.forEach(LaneWriter::discard);
        }
        if (!group.isEmpty()) {
            group.stream().filter(AppendRequest::isFailed).forEach(this::reject);
            callbacks.execute(() -> {
                group.forEach(AppendRequest::complete);
                listener.run();
            });
        }
    }

    private void write(List<AppendRequest> group) {
        lanes.forEach(LaneWriter::tidy);
        for (AppendRequest request : group) {
            try {
                lanes.forEach(lane -> lane.check(request));
                for (OutboxRecord record : request.records) {
                    if (!request.isFailed()) {
                        lane(record.lane()).stage(record, request);
                    }
                }
            } catch (OutboxException e) {
                request.fail(e);
            }
        }
        lanes.forEach(LaneWriter::commit);
        force();
        noteAge();
    }

    /** Makes acknowledgements durable that have waited for long enough. */
    private void force() {
        if (lanes.stream().allMatch(LaneWriter::isForced)) {
            isUnforced = false;
        } else if (!isUnforced) {
            isUnforced = true;
            unforcedSince = storage.nanoTime();
        } else if (millisToForce() <= 0) {
            lanes.forEach(LaneWriter::force);
            isUnforced = false;
        }
    }

    private void noteAge() {
        try {
            ages.note();
        } catch (IOException e) {
            LOG.debug(
                    "the outbox {} cannot note how old it is, and keeps records for longer: {}",
                    directory,
                    e.toString());
        }
    }

    private void reject(AppendRequest request) {
        for (LaneRecovery.Opened one : opened) {
            one.index()
                    .count(
                            OutboxStats.REJECTED,
                            request.records.stream()
                                    .filter(record -> record.lane() == one.lane())
                                    .count());
        }
    }

    private LaneWriter lane(Lane lane) {
        return lanes.stream()
                .filter(writer -> writer.lane() == lane)
                .findFirst()
                .orElseThrow();
    }

    private void end() {
        List<AppendRequest> left;
        synchronized (queue) {
            isClosed = true;
            left = List.copyOf(queue);
            queue.clear();
        }
        lanes.forEach(LaneWriter::close);
        try {
            ages.close();
        } catch (IOException e) {
            LOG.debug("the outbox {} could not note how old it is: {}", directory, e.toString());
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock of the outbox {} was not given back: {}", directory, e.toString());
        }
        callbacks.execute(() -> left.forEach(request -> {
            request.fail(new OutboxException("the writer of the outbox " + directory + " has ended"));
            request.complete();
        }));
        callbacks.shutdown();
    }
}
