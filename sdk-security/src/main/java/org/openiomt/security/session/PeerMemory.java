package org.openiomt.security.session;

/**
 * What one end remembers of its peers from one session to the next, by the name that verification gave them: until the process ends
 * ({@link #inMemory()}) or beyond ({@link PeerMemoryFile}). Called by several threads.
 */
public interface PeerMemory {
    /** Returns whether a session with this peer had a hybrid suite before; then each has to. */
    boolean isPostQuantum(String peer);

    /** Remembers that a session with this peer had a hybrid suite. */
    void rememberPostQuantum(String peer);

    /**
     * Remembers the time in a peer's first message, if it is later than all before.
     *
     * @return whether it is; the message is a repetition otherwise
     */
    boolean advance(String peer, long helloTime);

    /**
     * Returns a time for this end's own first message, later than all before, also when the clock was set back.
     *
     * @param now milliseconds since 1970
     */
    long nextHelloTime(long now);

    /** Returns a memory that lasts as long as the process. One entry a verified peer. */
    static PeerMemory inMemory() {
        return new RememberedPeers();
    }
}
