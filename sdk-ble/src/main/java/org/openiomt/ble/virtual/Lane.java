package org.openiomt.ble.virtual;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the frames of one link in the order in which they were sent, one at a time, whatever their delays and however many
 * threads the scheduler has. It asks no clock: a frame is due when its own timer has fired, and is delivered when it is also
 * the first in the queue.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Scheduler scheduler;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private boolean isDelivering;
    private boolean isClosed;

    private static final class Frame {
        final Runnable delivery;
        boolean isDue;
        Scheduler.@Nullable Cancellable timer;

        Frame(Runnable delivery) {
            this.delivery = delivery;
        }
    }

    Lane(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs {@code delivery} after at least {@code delay}, behind everything that was sent before. */
    synchronized void carry(Duration delay, Runnable delivery) {
        if (isClosed) {
            return;
        }
        Frame frame = new Frame(delivery);
        frames.add(frame);
        if (delay.isZero()) {
            scheduler.execute(() -> due(frame));
        } else {
            frame.timer = scheduler.schedule(delay, () -> due(frame));
        }
    }

    /** Drops what is on the way. */
    synchronized void close() {
        isClosed = true;
        for (Frame frame : frames) {
            if (frame.timer != null) {
                frame.timer.cancel();
            }
        }
        frames.clear();
    }

    private void due(Frame frame) {
        synchronized (this) {
            frame.isDue = true;
            if (isDelivering) {
                return;
            }
            isDelivering = true;
        }
        for (Frame next = first(); next != null; next = first()) {
            try {
                next.delivery.run();
            } catch (RuntimeException e) {
                LOG.error("a callback of a virtual link failed", e);
            }
        }
    }

    private synchronized @Nullable Frame first() {
        Frame first = frames.peek();
        if (first == null || !first.isDue) {
            isDelivering = false;
            return null;
        }
        return frames.remove();
    }
}
