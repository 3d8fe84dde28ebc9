package org.openiomt.security.carrier;

import java.util.function.Consumer;

/**
 * One end of a way to one peer, on which datagrams may be lost, repeated and reordered. Called by several threads; must not
 * block.
 */
public interface DatagramPort extends AutoCloseable {
    /** Returns the longest datagram, in octets. */
    int maxLength();

    /** Sends a datagram, or loses it. The array is not kept. */
    void send(byte[] datagram);

    /** Brings what arrives from now on to {@code consumer}, on any thread; the array is the consumer's. Called once. */
    void receiveWith(Consumer<byte[]> consumer);

    /** Returns what frames to the peer are bound to, and the peer's {@link #inbound()} says as well. */
    default byte[] outbound() {
        return new byte[0];
    }

    /** Returns what frames from the peer are bound to. */
    default byte[] inbound() {
        return new byte[0];
    }

    /** Ends it. Nothing arrives from then on. */
    @Override
    void close();
}
