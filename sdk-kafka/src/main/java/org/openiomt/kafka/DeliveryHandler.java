package org.openiomt.kafka;

/** What an application does with an observation. */
@FunctionalInterface
public interface DeliveryHandler {
    /**
     * Takes one observation. Called one call at a time for each partition, in the order of each device; calls for different partitions
     * overlap. May block; that holds up its partition, and no other.
     *
     * @throws Exception when it was not taken: the same observation comes again after a pause, and its device waits
     */
    void take(Delivery delivery) throws Exception;
}
