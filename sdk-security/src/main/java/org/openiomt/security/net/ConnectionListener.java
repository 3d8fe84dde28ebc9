package org.openiomt.security.net;

/**
 * Hears of secure connections. Called on the connection's event loop, one call at a time for each connection; it must not wait
 * there, because the loop serves thousands.
 */
public interface ConnectionListener {
    /**
     * Both ends are authenticated. No message comes before {@link SecureConnection#request(long)} has asked for some. While nobody
     * asks, one message may wait, and nobody hears of a peer that leaves behind it.
     */
    void onConnected(SecureConnection connection);

    /** A message has arrived; the array is the listener's. */
    void onMessage(SecureConnection connection, byte[] message);

    /** There is room again for sending, after {@link SecureConnection#send} has refused. */
    default void onWritable(SecureConnection connection) {}

    /** The connection is over. Called once, after the last message. */
    void onClosed(SecureConnection connection, CloseReason reason);
}
