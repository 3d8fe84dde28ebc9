package org.openiomt.core.spi;

/**
 * Turns octets into frames that only the peer can open, and back. One instance serves one session with
 * one peer, both directions, also over several links one after the other; it may be called by several threads at once.
 */
public interface FrameGuard extends AutoCloseable {
    /**
     * Seals octets.
     *
     * @param octets what to protect; not kept
     * @param associatedData what the frame is bound to (the channel's name) and the peer must say again
     * @return a new frame, {@link #overhead()} octets longer
     */
    byte[] seal(byte[] octets, byte[] associatedData);

    /**
     * Opens a frame.
     *
     * @return the octets, never before they are known to be authentic
     * @throws AuthenticationException when the frame is forged, changed, repeated or meant for another place; the state is
     *     then as before
     */
    byte[] open(byte[] frame, byte[] associatedData);

    /** Returns by how many octets a frame is longer than its content. */
    int overhead();

    /** Wipes the keys. Frames are refused from now on. */
    @Override
    void close();
}
