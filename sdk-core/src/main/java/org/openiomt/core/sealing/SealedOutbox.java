package org.openiomt.core.sealing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.ForwardingOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxException;
import org.openiomt.core.outbox.OutboxRecord;

/**
 * An outbox that seals each record before the outbox behind it stores it: what can be read from that one, by whomever, is sealed.
 * Closing it closes the outbox behind it, but not the sealer.
 *
 * <p>{@link #append} waits for the storage where an epoch of keys begins, for one small file; and what cannot be sealed fails as
 * what cannot be stored does. A sealer gives records other ids: who listens for acknowledgements hears of the last 16,384 readings
 * that were sealed in this run, by their own ids.
 */
public final class SealedOutbox extends ForwardingOutbox {
    private static final int MAX_ORIGINALS = 16_384;

    private final RecordSealer sealer;
    private final BiFunction<DeviceId, Lane, String> topics;
    private final Map<ObservationId, ObservationId> originals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObservationId, ObservationId> eldest) {
            return size() > MAX_ORIGINALS;
        }
    };
    private long epoch;

    /**
     * Seals what goes into an outbox.
     *
     * @param outbox stores what is sealed
     * @param sealer seals; stays the caller's
     * @param topics where the records of a device and lane are sent to; they open nowhere else
     */
    public SealedOutbox(Outbox outbox, RecordSealer sealer, BiFunction<DeviceId, Lane, String> topics) {
        super(outbox);
        this.sealer = Objects.requireNonNull(sealer, "sealer");
        this.topics = Objects.requireNonNull(topics, "topics");
        forgetOldKeys();
    }

    private void forgetOldKeys() {
        List<OutboxRecord> oldest = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            read(lane, 0, 1).forEach(entry -> oldest.add(entry.record()));
        }
        sealer.retain(oldest);
    }

    /** One append at a time seals and gives on, so that the records of an outbox are in the order of the epochs of their keys. */
    @Override
    public synchronized CompletionStage<Void> append(List<OutboxRecord> records) {
        List<OutboxRecord> sealed = new ArrayList<>(records.size());
        try {
            for (OutboxRecord record : records) {
                OutboxRecord one = sealer.seal(record, topics.apply(record.device(), record.lane()));
                sealed.add(one);
                if (record.lane() == Lane.CLINICAL) {
                    synchronized (originals) {
                        originals.put(one.id(), record.id());
                    }
                }
            }
            if (!sealed.isEmpty() && sealer.epochOf(sealed.get(sealed.size() - 1)) != epoch) {
                epoch = sealer.epochOf(sealed.get(sealed.size() - 1));
                forgetOldKeys();
            }
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    e instanceof OutboxException ? e : new OutboxException("a record could not be sealed", e));
        }
        return super.append(sealed);
    }

    @Override
    public void onAcknowledged(Consumer<? super List<ObservationId>> listener) {
        Objects.requireNonNull(listener, "listener");
        super.onAcknowledged(ids -> listener.accept(original(ids)));
    }

    private List<ObservationId> original(List<ObservationId> ids) {
        synchronized (originals) {
            return ids.stream().map(originals::remove).filter(Objects::nonNull).toList();
        }
    }
}
