package org.openiomt.core.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.model.Observation;

/** Takes observations to somewhere: a broker, a file, a server. */
public interface Sink {
    /**
     * Takes a batch, in order. The same batch may come again after a failure: take it by the observations' ids.
     *
     * @return completes when the batch will not be lost; fails when it must be sent again
     */
    CompletionStage<Ack> write(List<Observation> batch);
}
