package org.openiomt.core.sealing;

import java.util.Optional;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;

/**
 * Opens what a {@link RecordSealer} has made: the socket of an application's protection. Nothing leaves it that is not authentic.
 *
 * <p>Safe for use by several threads at once.
 */
public interface RecordOpener extends AutoCloseable {
    /** Opens what {@link RecordSealer#PLAIN} has made, and believes everybody. */
    RecordOpener PLAIN = new PlainMessages();

    /** Whether {@link #learn} must hear what gateways announce. */
    boolean needsAnnouncements();

    /**
     * Hears an announcement. What is known already changes nothing.
     *
     * @param publisher who announces, as the topic says
     * @throws org.openiomt.core.spi.AuthenticationException when the publisher has not made it
     * @throws org.openiomt.core.wire.DecodeException when the octets are no announcement
     */
    void learn(String publisher, byte[] announcement);

    /**
     * Checks who made a message and for which place, without opening it.
     *
     * @param publisher who sent it, as the topic says
     * @param topic the place that it came from
     * @param device whose records it holds, as the topic says
     * @throws org.openiomt.core.spi.AuthenticationException when the publisher has not made it for this place
     * @throws org.openiomt.core.wire.DecodeException when the octets are no message
     */
    Checked check(String publisher, String topic, DeviceId device, byte[] message);

    /** Wipes the keys; nothing opens any more. */
    @Override
    void close();

    /** A message whose origin is known. */
    interface Checked {
        /** Returns the epoch of the outbox that its records belong to. */
        long epoch();

        /** Returns the number of its first record; 0 when it holds none. */
        long firstSequence();

        /**
         * Opens it. A record that cannot be opened although its message is genuine throws when it is decoded.
         *
         * @return the content; empty as long as its announcement has not come
         * @throws org.openiomt.core.IomtException when it is not for this reader
         */
        Optional<ObservationMessage> open();
    }
}
