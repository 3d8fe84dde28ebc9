package org.openiomt.core.outbox;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one listener of an outbox. What it throws is logged and stops nothing. */
final class AppendListener {
    private static final Logger LOG = LoggerFactory.getLogger(AppendListener.class);

    private volatile Runnable listener = () -> {};

    void set(Runnable runnable) {
        listener = Objects.requireNonNull(runnable, "listener");
    }

    void run() {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("the listener of an outbox failed", e);
        }
    }
}
