package org.openiomt.mqtt.consume;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.outbox.Lane;

/**
 * Remembers what an application has taken, so that it does not get it again. {@link #inMemory} forgets at the end of the process;
 * {@link FileReceivedLog} does not; an application can remember in the data base in which it stores.
 *
 * <p>An observation is taken, then remembered, then acknowledged to the broker. Whenever the process ends between two of these, the
 * broker or the gateway sends it again: nothing is lost, and what was remembered is known. What was taken and not yet remembered
 * comes once more, with the same id.
 *
 * <p>Safe for use by several threads at once; calls for one source do not overlap.
 */
public interface ReceivedLog extends AutoCloseable {
    /** What is known of an observation. */
    enum Known {
        /** It has not been taken. */
        NOTHING,
        /** It has been taken, by its number or by its id. */
        TAKEN,
        /** It belongs to a run of the gateway's outbox that is older than all that is remembered. */
        TOO_OLD
    }

    /**
     * A number of an observation.
     *
     * @param epoch names the run of the gateway's outbox
     * @param sequence the number within it
     */
    record SequenceNumber(long epoch, long sequence) {}

    /** Returns a log that forgets when the process ends; bounds as for {@link FileReceivedLog#open}. */
    static ReceivedLog inMemory(int devices, int idsPerDevice) {
        return new ReceivedMemory(devices, idsPerDevice);
    }

    /** Returns what is known of an observation. Must not block for long. */
    Known known(Delivery delivery);

    /**
     * Returns the last number that was taken of a source and lane; what comes next is compared with it, so that gaps are seen over a
     * restart too. Empty when nothing is remembered.
     */
    Optional<SequenceNumber> last(Source source, Lane lane);

    /**
     * Remembers an observation; {@link #known} knows it from now on.
     *
     * @return completes when it is remembered for as long as this log promises; only then is it acknowledged. Fails when it
     *     cannot be: the observation is then acknowledged all the same, because to hold it would hold up every device, and it is told as
     *     {@link ConsumerEvent.NotRemembered}
     */
    CompletionStage<Void> remember(Delivery delivery);

    /** Makes durable what is on its way, and lets go of files. */
    @Override
    void close();
}
