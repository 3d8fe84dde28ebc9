package org.openiomt.core.spi;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Finds devices and opens links to them. */
public interface Transport extends AutoCloseable {
    /** Returns what is seen from the time of the subscription on; a device is announced again while it can be seen. */
    Flow.Publisher<Discovery> discoveries();

    /**
     * Opens a link. A failed attempt leaves nothing behind.
     *
     * @return fails with {@link LinkException}
     */
    CompletionStage<Link> open(Discovery device);

    /** Stops looking and closes every link. */
    @Override
    void close();
}
