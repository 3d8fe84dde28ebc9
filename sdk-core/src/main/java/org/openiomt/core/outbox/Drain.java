package org.openiomt.core.outbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records from an outbox to a sink, and acknowledges those that the sink has taken.
 *
 * <ul>
 *   <li>Order: the records of one device and lane go in order. A device has at most one batch with the sink, so that order
 *       survives a failure; a batch that failed comes again as it was, after a pause with full jitter.
 *   <li>Lanes: clinical batches go before wave forms. Where both wait, a batch of wave forms goes after at most seven clinical
 *       ones, in each device and over all devices; wave forms take at most three quarters of the places in flight. So neither
 *       lane stops the other.
 *   <li>Devices: one that fails or is slow holds up no other. What waits stays in the outbox; a drain holds at most about 16,000
 *       records and 8 MiB of payloads.
 * </ul>
 *
 * It has no thread: everything runs on the scheduler, one step at a time. All methods may be called by any thread. Close it before
 * the outbox and the scheduler. An outbox has one drain.
 */
public final class Drain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final int CLINICAL_PER_WAVEFORM = 7;
    private static final int MAX_BATCH_OCTETS = 256 << 10;
    private static final int READS_PER_TURN = 4;

    private final Outbox outbox;
    private final RecordSink sink;
    private final Scheduler scheduler;
    private final Options options;

    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile DrainStats stats = new DrainStats(0, 0, 0, false);

    // Only the turn touches these; turns never overlap.
    private final Map<DeviceId, DrainDevice> devices = new HashMap<>();
    private final DrainLane.Held held = new DrainLane.Held();
    private final DrainLane clinical;
    private final DrainLane waveform;
    private int inFlight;
    private int waveformInFlight;
    private int clinicalInRow;
    private int failing;
    private int readFailures;
    private Scheduler.@Nullable Cancellable readPause;
    private boolean isPaused;
    private boolean isStopped;

    /**
     * How a drain goes about it.
     *
     * @param maxInFlight the most batches that the sink has at one time, at least 1
     * @param maxBatch the most records of a batch, 1 to 1,024; a batch is also cut at 256 KiB of payloads
     * @param backoff how long a batch that failed waits
     * @param random gives the jitter; used by one thread at a time
     * @param linger how long the records of a device wait in each lane for more of them, so that fewer and larger batches go: a batch
     *     goes when it is full or its oldest record has waited so long since it was read. A lane that is not named waits for nothing. What
     *     comes while a batch of its device is with the sink goes together in any case
     */
    public record Options(
            int maxInFlight, int maxBatch, Backoff backoff, RandomGenerator random, Map<Lane, Duration> linger) {
        private static final int GREATEST_BATCH = 1_024;
        private static final Duration LONGEST_LINGER = Duration.ofMinutes(1);

        /** Makes options of a drain whose records wait for no others. */
        public Options(int maxInFlight, int maxBatch, Backoff backoff, RandomGenerator random) {
            this(maxInFlight, maxBatch, backoff, random, Map.of());
        }

        /** Checks the ranges. */
        public Options {
            Objects.requireNonNull(backoff, "backoff");
            Objects.requireNonNull(random, "random");
            if (maxInFlight < 1 || maxBatch < 1 || maxBatch > GREATEST_BATCH) {
                throw new IllegalArgumentException("needed: 1 <= maxInFlight, 1 <= maxBatch <= " + GREATEST_BATCH
                        + ", but got " + maxInFlight + " and " + maxBatch);
            }
            linger = Map.copyOf(linger);
            for (Duration wait : linger.values()) {
                if (wait.isNegative() || wait.compareTo(LONGEST_LINGER) > 0) {
                    throw new IllegalArgumentException(
                            "records wait 0 s to " + LONGEST_LINGER + " for others, but got " + wait);
                }
            }
        }

        /** Returns these options with another wait in one lane. */
        public Options withLinger(Lane lane, Duration wait) {
            Map<Lane, Duration> changed = new EnumMap<>(Lane.class);
            changed.putAll(linger);
            changed.put(lane, wait);
            return new Options(maxInFlight, maxBatch, backoff, random, changed);
        }

        /** Returns 64 batches of 256 records, and pauses of at most 200 ms, doubling to at most 30 s. */
        public static Options defaults() {
            return new Options(
                    64, 256, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)), new SplittableRandom());
        }
    }

    private Drain(Outbox outbox, RecordSink sink, Scheduler scheduler, Options options) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.sink = Objects.requireNonNull(sink, "sink");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.options = Objects.requireNonNull(options, "options");
        this.clinical = new DrainLane(Lane.CLINICAL, outbox, this::device, held, this::linger);
        this.waveform = new DrainLane(Lane.WAVEFORM, outbox, this::device, held, this::linger);
    }

    /** Starts to bring the records of {@code outbox} to {@code sink}. Takes the place of the outbox's listener. */
    public static Drain start(Outbox outbox, RecordSink sink, Scheduler scheduler) {
        return start(outbox, sink, scheduler, Options.defaults());
    }

    /** Starts to bring the records of {@code outbox} to {@code sink}. Takes the place of the outbox's listener. */
    public static Drain start(Outbox outbox, RecordSink sink, Scheduler scheduler, Options options) {
        Drain drain = new Drain(outbox, sink, scheduler, options);
        outbox.onAppended(() -> drain.tell(drain::look));
        drain.tell(drain::look);
        return drain;
    }

    /** Sends nothing more until {@link #resume}; what is in flight goes on. For a sink that knows that it cannot deliver. */
    public void pause() {
        tell(() -> isPaused = true);
    }

    /** Sends again, and at once: pauses after failures end. */
    public void resume() {
        tell(() -> {
            isPaused = false;
            clinical.endPauses();
            waveform.endPauses();
            endReadPause();
        });
    }

    /**
     * Sends nothing more. What is in flight is still acknowledged when the sink takes it; what it does not take stays in the
     * outbox.
     *
     * @return completes when nothing is in flight
     */
    public CompletionStage<Void> stop() {
        tell(() -> {
            if (!isStopped) {
                isStopped = true;
                outbox.onAppended(() -> {});
                clinical.endPauses();
                waveform.endPauses();
                endReadPause();
            }
        });
        return stopped.copy();
    }

    /** Stops without waiting for what is in flight. */
    @Override
    public void close() {
        stop();
    }

    /** Returns what it has done so far. */
    public DrainStats stats() {
        return stats;
    }

    // --- turns: one at a time, on the scheduler
    // ------------------------------------------------------------------------------

    private void tell(Runnable message) {
        inbox.add(message);
        if (pending.getAndIncrement() == 0) {
            scheduler.execute(this::turn);
        }
    }

    private void turn() {
        int seen = pending.get();
        try {
            for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
                message.run();
            }
            if (!isPaused && !isStopped) {
                read();
                send();
            }
        } catch (RuntimeException e) {
            LOG.error("a step of the drain failed; the next one runs all the same", e);
            pending.incrementAndGet(); // messages may be left
        }
        stats = new DrainStats(stats.delivered(), stats.failures(), inFlight, isPaused);
        if (isStopped && inFlight == 0) {
            stopped.complete(null);
        }
        if (pending.addAndGet(-seen) != 0) {
            scheduler.execute(this::turn);
        }
    }

    private void look() {
        clinical.look();
        waveform.look();
    }

    private DrainDevice device(DeviceId id) {
        return devices.computeIfAbsent(id, DrainDevice::new);
    }

    /** Lets the first record of a batch wait for others; a full batch and one that comes again wait no more. */
    private void linger(DrainDevice.Stream stream) {
        Duration wait = options.linger().getOrDefault(stream.lane, Duration.ZERO);
        boolean isFull = stream.buffer.size() >= options.maxBatch();
        if (isFull || stream.retryUpTo != 0) {
            stream.endLinger();
        } else if (stream.buffer.size() == 1 && stream.linger == null && !wait.isZero()) {
            stream.linger = scheduler.schedule(
                    wait,
                    () -> tell(() -> {
                        stream.linger = null;
                        lane(stream.lane).offer(stream);
                    }));
        }
    }

    private void read() {
        if (readPause != null) {
            return;
        }
        try {
            boolean mayHaveMore = true;
            for (int i = 0; i < READS_PER_TURN && mayHaveMore; i++) {
                boolean mayHaveClinical = clinical.read();
                mayHaveMore = waveform.read() || mayHaveClinical;
            }
            readFailures = 0;
            if (mayHaveMore) {
                tell(() -> {});
            }
        } catch (RuntimeException e) { // an OutboxException, or a fault of somebody else's outbox: never spin on it
            readFailures++;
            if (readFailures == 1) {
                LOG.warn("the outbox cannot be read; trying again: {}", e.toString());
            }
            readPause = scheduler.schedule(pauseAfter(readFailures), () -> tell(this::endReadPause));
        }
    }

    private void endReadPause() {
        if (readPause != null) {
            readPause.cancel();
            readPause = null;
        }
    }

    private Duration pauseAfter(int failures) {
        Duration pause = options.backoff().delay(failures, options.random());
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private void send() {
        while (inFlight < options.maxInFlight()) {
            DrainDevice.Stream stream = next();
            if (stream == null) {
                return;
            }
            send(stream);
        }
    }

    /** Chooses by the rule of the lanes. */
    private DrainDevice.@Nullable Stream next() {
        boolean mayWaveform = waveformInFlight < Math.max(1, options.maxInFlight() * 3 / 4);
        if (mayWaveform && clinicalInRow >= CLINICAL_PER_WAVEFORM) {
            DrainDevice.Stream stream = waveform.next();
            if (stream != null) {
                return stream;
            }
        }
        DrainDevice.Stream first = clinical.next();
        if (first == null) {
            return mayWaveform ? waveform.next() : null;
        }
        DrainDevice device = first.device;
        if (mayWaveform && device.clinicalInRow >= CLINICAL_PER_WAVEFORM && device.waveform.isReady()) {
            return device.waveform; // its clinical stream is offered again when this is over
        }
        return first;
    }

    private void send(DrainDevice.Stream stream) {
        List<OutboxEntry> batch = stream.batch(options.maxBatch(), MAX_BATCH_OCTETS);
        DrainDevice device = stream.device;
        device.isBusy = true;
        inFlight++;
        if (stream.lane == Lane.WAVEFORM) {
            waveformInFlight++;
            clinicalInRow = 0;
            device.clinicalInRow = 0;
        } else {
            clinicalInRow++;
            device.clinicalInRow++;
        }
        CompletionStage<Ack> answer;
        try {
            answer = Objects.requireNonNull(sink.write(batch), "the sink gave no answer");
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete(
                (@Nullable Ack ack, @Nullable Throwable fault) -> tell(() -> finish(stream, batch, ack, fault)));
    }

    private void finish(
            DrainDevice.Stream stream, List<OutboxEntry> batch, @Nullable Ack ack, @Nullable Throwable fault) {
        DrainDevice device = stream.device;
        device.isBusy = false;
        inFlight--;
        if (stream.lane == Lane.WAVEFORM) {
            waveformInFlight--;
        }
        held.remove(batch);
        @Nullable Throwable problem = ack == null ? fault : acknowledge(batch);
        if (ack != null && problem == null) {
            stats = new DrainStats(stats.delivered() + batch.size(), stats.failures(), inFlight, isPaused);
            succeed(stream);
        } else {
            stats = new DrainStats(stats.delivered(), stats.failures() + 1, inFlight, isPaused);
            fail(stream, batch, problem);
        }
        clinical.offer(device.clinical);
        waveform.offer(device.waveform);
        if (device.isIdle()) {
            devices.remove(device.id);
        }
    }

    private @Nullable Throwable acknowledge(List<OutboxEntry> batch) {
        try {
            outbox.acknowledge(batch);
            return null;
        } catch (RuntimeException e) { // the sink gets the batch again, which it must be ready for in any case
            return e;
        }
    }

    private void succeed(DrainDevice.Stream stream) {
        stream.retryUpTo = 0;
        if (stream.failures > 0) {
            stream.failures = 0;
            failing--;
            if (failing == 0) {
                LOG.info("the sink takes records again");
            }
        }
    }

    private void fail(DrainDevice.Stream stream, List<OutboxEntry> batch, @Nullable Throwable fault) {
        lane(stream.lane).letGo(stream, batch);
        stream.failures++;
        if (stream.failures == 1) {
            failing++;
            if (failing == 1) {
                LOG.warn(
                        "the sink does not take records; trying again with pauses of at most {}: {}",
                        options.backoff().cap(),
                        String.valueOf(fault));
            }
        }
        if (!isStopped) {
            stream.pause = scheduler.schedule(pauseAfter(stream.failures), () -> tell(() -> stream.pause = null));
        }
    }

    private DrainLane lane(Lane lane) {
        return switch (lane) {
            case CLINICAL -> clinical;
            case WAVEFORM -> waveform;
        };
    }
}
