package org.openiomt.examples.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.broker.EmbeddedBroker;

/** Stops the broker for a while, when somebody asks for it. Safe for use by several threads at once. */
final class Outage {
    private final EmbeddedBroker broker;
    private final Scheduler scheduler;
    private final Duration length;
    private Optional<Instant> until = Optional.empty();

    /**
     * Makes an outage of this length possible.
     *
     * @param scheduler stops and starts the broker; its threads may be blocked for a moment
     */
    Outage(EmbeddedBroker broker, Scheduler scheduler, Duration length) {
        this.broker = broker;
        this.scheduler = scheduler;
        this.length = length;
    }

    /** Begins an outage soon. Does nothing while one lasts. */
    synchronized void begin() {
        if (until.isPresent()) {
            return;
        }
        until = Optional.of(scheduler.clock().instant().plus(length));
        scheduler.execute(broker::stop);
        scheduler.schedule(length, this::end);
    }

    /** Returns when the broker comes back; empty when it is there. */
    synchronized Optional<Instant> until() {
        return until;
    }

    private void end() {
        broker.start();
        synchronized (this) {
            until = Optional.empty();
        }
    }
}
