package org.openiomt.core.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.Sink;

/** Takes records from an outbox to somewhere: a broker, a file, a server. */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes a batch of one device and lane, in order. Must not block. The same batch may come again after a failure: take it by
     * the records' ids. A stage that never completes holds its device for ever, so a sink has a time-out of its own.
     *
     * @param batch at least one record
     * @return completes when the batch will not be lost; fails when it must be sent again
     */
    CompletionStage<Ack> write(List<OutboxEntry> batch);

    /**
     * Makes a sink of records from a sink of observations.
     *
     * @param sink takes the observations
     * @param decoder turns a payload into an observation; throws when it cannot
     * @param undecodable is handed each record that the decoder refused, and then owns it: such a record would never be taken
     *     and would hold up its device for ever. When it throws, the batch fails and comes again.
     */
    static RecordSink decoding(Sink sink, Function<byte[], Observation> decoder, Consumer<OutboxEntry> undecodable) {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(undecodable, "undecodable");
        return batch -> {
            List<Observation> observations = new ArrayList<>(batch.size());
            for (OutboxEntry entry : batch) {
                try {
                    observations.add(decoder.apply(entry.record().payload()));
                } catch (RuntimeException e) {
                    undecodable.accept(entry);
                }
            }
            return observations.isEmpty()
                    ? CompletableFuture.completedFuture(Ack.STORED)
                    : sink.write(List.copyOf(observations));
        };
    }
}
