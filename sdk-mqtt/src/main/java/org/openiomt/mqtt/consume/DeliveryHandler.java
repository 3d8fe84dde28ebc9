package org.openiomt.mqtt.consume;

/** What an application does with an observation. */
@FunctionalInterface
public interface DeliveryHandler {
    /**
     * Takes one observation. Called on the consumer's executor, one call at a time for each device, in order; calls for
     * different devices overlap. May block; that holds up its device, and in the end all of them.
     *
     * @throws Exception when it was not taken: the same observation comes again after a pause, and its device waits
     */
    void take(Delivery delivery) throws Exception;
}
