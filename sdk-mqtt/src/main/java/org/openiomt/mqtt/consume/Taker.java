package org.openiomt.mqtt.consume;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What is done with an observation, now or later. */
@FunctionalInterface
interface Taker {
    /** Stages complete with this when an observation was taken at once. */
    CompletableFuture<Void> TAKEN = CompletableFuture.completedFuture(null);

    /**
     * Takes one observation. Called in the mailbox of its device; the next one of the device comes after the stage is complete.
     *
     * @return fails when it was not taken; the same observation comes again after a pause
     */
    CompletableFuture<Void> take(Delivery delivery);

    /** Nothing comes any more. */
    default void end() {}

    /** Takes with a handler, which may block. */
    static Taker with(DeliveryHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return delivery -> {
            try {
                handler.take(delivery);
                return TAKEN;
            } catch (Throwable e) { // the application's fault of any kind must not end the stream of the device
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return CompletableFuture.failedFuture(e);
            }
        };
    }
}
