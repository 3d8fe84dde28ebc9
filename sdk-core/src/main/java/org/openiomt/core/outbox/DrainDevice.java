package org.openiomt.core.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.Scheduler;

/** One device in a drain: a stream for each lane, and at most one batch with the sink. Owned by the drain's turn. */
final class DrainDevice {
    final DeviceId id;
    final Stream clinical = new Stream(this, Lane.CLINICAL);
    final Stream waveform = new Stream(this, Lane.WAVEFORM);
    boolean isBusy;

    /** Clinical batches sent since the last one of wave forms. */
    int clinicalInRow;

    DrainDevice(DeviceId id) {
        this.id = id;
    }

    Stream stream(Lane lane) {
        return switch (lane) {
            case CLINICAL -> clinical;
            case WAVEFORM -> waveform;
        };
    }

    boolean isIdle() {
        return !isBusy && clinical.isIdle() && waveform.isIdle();
    }

    /*
     * The records of one device in one lane.
     *
     * Records are read ahead into `buffer`, in order. When that cannot hold (the buffer is full, or the sink failed and the
     * buffer was let go), the stream is *behind*: its records from `behindFrom` on stay in the outbox until the lane's second
     * pass fetches them. So what waits for a sink costs no memory, and a stream that stands still holds up no other.
     */
    static final class Stream {
        final DrainDevice device;
        final Lane lane;
        final ArrayDeque<OutboxEntry> buffer = new ArrayDeque<>();
        boolean isBehind;
        long behindFrom;

        /** The last position of the batch that failed and is to come again as it was; 0 when there is none. */
        long retryUpTo;

        int failures;
        boolean isQueued;
        Scheduler.@Nullable Cancellable pause;

        /** Ends the time in which its records wait for more of them; null when they wait no more. */
        Scheduler.@Nullable Cancellable linger;

        Stream(DrainDevice device, Lane lane) {
            this.device = device;
            this.lane = lane;
        }

        boolean isReady() {
            return !buffer.isEmpty() && pause == null && linger == null && !isRetryIncomplete();
        }

        /** Whether a part of the batch that is to come again still has to be fetched. */
        boolean isRetryIncomplete() {
            return isBehind && behindFrom < retryUpTo;
        }

        boolean isIdle() {
            return buffer.isEmpty() && !isBehind && pause == null;
        }

        void endLinger() {
            if (linger != null) {
                linger.cancel();
                linger = null;
            }
        }

        /** From now on, records behind this position stay in the outbox. */
        void fallBehind(long position) {
            isBehind = true;
            behindFrom = position;
        }

        /** Takes the next batch out of the buffer: the one that failed as it was, or as much as fits, at least one record. */
        List<OutboxEntry> batch(int maxRecords, int maxOctets) {
            List<OutboxEntry> batch = new ArrayList<>(Math.min(maxRecords, buffer.size()));
            long last = buffer.element().position() <= retryUpTo ? retryUpTo : Long.MAX_VALUE;
            long octets = 0;
            for (OutboxEntry next = buffer.peek(); next != null; next = buffer.peek()) {
                octets += next.record().payloadLength();
                boolean isFull = batch.size() == maxRecords || octets > maxOctets;
                if (next.position() > last || (isFull && !batch.isEmpty())) {
                    break;
                }
                batch.add(buffer.remove());
            }
            return List.copyOf(batch);
        }
    }
}
