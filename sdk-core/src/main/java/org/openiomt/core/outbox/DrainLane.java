package org.openiomt.core.outbox;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;

/*
 * How a drain reads one lane of the outbox.
 *
 * The first pass goes through the lane once, and hands each record to its stream or, when the stream cannot take it, leaves the
 * stream behind. The second pass starts where the furthest stream behind stands and fetches for all of those together, until they
 * have caught up with the first. Both go a bounded step at a time. Invariant: each waiting record at or before `front` is in its
 * stream's buffer, with the sink, or behind `behindFrom` of its stream.
 */
final class DrainLane {
    private static final int STEP = 1_024;
    private static final int MAX_BUFFERED = 1_024;
    private static final int MAX_RETRIES = 16;

    final ArrayDeque<DrainDevice.Stream> ready = new ArrayDeque<>();
    final Set<DrainDevice.Stream> behind = new LinkedHashSet<>();

    private final Lane lane;
    private final Outbox outbox;
    private final Function<DeviceId, DrainDevice> devices;
    private final Held held;
    private final Consumer<DrainDevice.Stream> linger;
    private long front;
    private boolean mayHaveMore = true;

    /** What a drain has in memory, over both lanes. */
    static final class Held {
        private static final int MAX_RECORDS = 16_384;
        private static final long MAX_OCTETS = 8L << 20;

        private int records;
        private long octets;

        boolean hasRoom() {
            return records + STEP <= MAX_RECORDS && octets < MAX_OCTETS;
        }

        void add(OutboxEntry entry) {
            records++;
            octets += entry.record().payloadLength();
        }

        void remove(Iterable<OutboxEntry> entries) {
            for (OutboxEntry entry : entries) {
                records--;
                octets -= entry.record().payloadLength();
            }
        }
    }

    /** Makes a lane; {@code linger} hears of each record that a stream has got, and lets the stream wait for more or not. */
    DrainLane(
            Lane lane,
            Outbox outbox,
            Function<DeviceId, DrainDevice> devices,
            Held held,
            Consumer<DrainDevice.Stream> linger) {
        this.lane = lane;
        this.outbox = outbox;
        this.devices = devices;
        this.held = held;
        this.linger = linger;
    }

    /** Records may have come. */
    void look() {
        mayHaveMore = true;
    }

    /**
     * Reads one step, where there is something to read and room for it.
     *
     * @return whether there may be more
     */
    boolean read() {
        if (!held.hasRoom()) {
            return false;
        }
        boolean isBehindMore = catchUp();
        return goOn() || isBehindMore;
    }

    private boolean goOn() {
        if (!mayHaveMore || !held.hasRoom()) {
            return false;
        }
        List<OutboxEntry> entries = outbox.read(lane, front, STEP);
        for (OutboxEntry entry : entries) {
            DrainDevice.Stream stream = devices.apply(entry.record().device()).stream(lane);
            if (!stream.isBehind) {
                if (stream.buffer.size() < MAX_BUFFERED) {
                    take(stream, entry);
                } else {
                    stream.fallBehind(entry.position() - 1);
                    behind.add(stream);
                }
            }
            front = entry.position();
        }
        mayHaveMore = !entries.isEmpty();
        return mayHaveMore;
    }

    private boolean catchUp() {
        Set<DrainDevice.Stream> waiting = new LinkedHashSet<>();
        long from = chooseWaiting(waiting);
        if (waiting.isEmpty()) {
            return false;
        }
        List<OutboxEntry> entries = from < front ? outbox.read(lane, from, STEP) : List.of();
        long reached = entries.isEmpty()
                ? front
                : Math.min(front, entries.get(entries.size() - 1).position());
        Set<DrainDevice.Stream> full = new LinkedHashSet<>();
        for (OutboxEntry entry : entries) {
            DrainDevice.Stream stream = devices.apply(entry.record().device()).stream(lane);
            if (entry.position() > front || !waiting.contains(stream) || entry.position() <= stream.behindFrom) {
                continue;
            }
            if (stream.buffer.size() < MAX_BUFFERED && !full.contains(stream)) {
                stream.behindFrom = entry.position();
                take(stream, entry);
            } else {
                full.add(stream);
            }
        }
        for (DrainDevice.Stream stream : waiting) {
            if (!full.contains(stream)) {
                stream.behindFrom = Math.max(stream.behindFrom, reached);
            }
            if (stream.behindFrom >= front) {
                stream.isBehind = false;
                behind.remove(stream);
            }
            offer(stream);
        }
        return true;
    }

    /**
     * Chooses the streams of the next step: all that are behind and can use records. Of those that fetch a failed batch, which
     * hold memory and cannot send before it is whole, only a few at a time.
     *
     * @return the position behind which they need records
     */
    private long chooseWaiting(Set<DrainDevice.Stream> waiting) {
        int retries = (int) behind.stream()
                .filter(stream -> stream.isRetryIncomplete() && !stream.buffer.isEmpty())
                .count();
        long from = Long.MAX_VALUE;
        for (DrainDevice.Stream stream : behind) {
            if (stream.pause != null || stream.device.isBusy) {
                continue;
            }
            boolean isBegun = !stream.buffer.isEmpty();
            if (isBegun && !stream.isRetryIncomplete()) {
                continue;
            }
            if (!isBegun && stream.isRetryIncomplete() && ++retries > MAX_RETRIES) {
                continue;
            }
            waiting.add(stream);
            from = Math.min(from, stream.behindFrom);
        }
        return from;
    }

    private void take(DrainDevice.Stream stream, OutboxEntry entry) {
        stream.buffer.add(entry);
        held.add(entry);
        linger.accept(stream);
        offer(stream);
    }

    /** Puts a stream in the queue when it has something to send. */
    void offer(DrainDevice.Stream stream) {
        if (!stream.isQueued && stream.isReady() && !stream.device.isBusy) {
            stream.isQueued = true;
            ready.add(stream);
        }
    }

    /** Returns the next stream that can send, out of the queue. */
    DrainDevice.@Nullable Stream next() {
        for (DrainDevice.Stream stream = ready.poll(); stream != null; stream = ready.poll()) {
            stream.isQueued = false;
            if (stream.isReady() && !stream.device.isBusy) {
                return stream;
            }
        }
        return null;
    }

    /** Lets go of what a failed stream has in memory; it is fetched again when its pause is over. */
    void letGo(DrainDevice.Stream stream, List<OutboxEntry> batch) {
        held.remove(stream.buffer);
        stream.buffer.clear();
        stream.endLinger();
        stream.fallBehind(batch.get(0).position() - 1);
        stream.retryUpTo = batch.get(batch.size() - 1).position();
        behind.add(stream);
    }

    /** Lets every stream try again at once. */
    void endPauses() {
        for (DrainDevice.Stream stream : behind) {
            if (stream.pause != null) {
                stream.pause.cancel();
                stream.pause = null;
            }
        }
    }
}
