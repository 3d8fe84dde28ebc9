package org.openiomt.core.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.core.model.ObservationId;

/**
 * Keeps records, in order, until somebody has taken them. Safe for use by several threads at once.
 *
 * <p>Laws, checked by {@code OutboxTck}: what an append has reported as taken is read again, once and in order, after any end
 * of the process; what was not acknowledged is read again after a restart; nothing is given up but by a declared bound, and
 * that is counted.
 */
public interface Outbox extends AutoCloseable {
    /**
     * Takes records, after all that were given before. Never blocks for storage.
     *
     * @return completes when all of them are durable; fails with {@link OutboxException} when they are not, and none or some
     *     of them may then be found again
     */
    CompletionStage<Void> append(List<OutboxRecord> records);

    /**
     * Returns waiting records of one lane in order, without removing them. May return fewer than {@code max} although more
     * wait, to keep the answer small; it returns none only when none waits behind {@code after}.
     *
     * @param lane the lane
     * @param after the position behind which to read; 0 from the beginning
     * @param max the most records to return, at least 1
     * @throws OutboxException when they cannot be read, or the outbox is closed
     */
    List<OutboxEntry> read(Lane lane, long after, int max);

    /**
     * Forgets records that have been taken by somebody else, in any order. Durable soon after. What no longer waits is passed
     * over, and so is everything once the outbox is closed.
     */
    void acknowledge(Collection<OutboxEntry> entries);

    /**
     * Calls {@code listener} with the ids of what was acknowledged, as they were appended, on the thread that acknowledges; it must not block. One listener; the last
     * one wins. An outbox that tells nothing, as this method does by itself, keeps a gateway from ever deleting a record on a device.
     */
    default void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        Objects.requireNonNull(listener, "listener");
    }

    /**
     * Runs {@code listener} soon after records became readable, on a thread of the outbox or of the caller that appends; it must
     * not block. One listener; the last one wins.
     */
    void onAppended(Runnable listener);

    /**
     * Returns what the outbox holds and has done.
     *
     * @throws OutboxException when it cannot be read since when the oldest record waits
     */
    OutboxStats stats();

    /** Makes everything durable and lets go of the storage. Does nothing when it is closed. */
    @Override
    void close();
}
