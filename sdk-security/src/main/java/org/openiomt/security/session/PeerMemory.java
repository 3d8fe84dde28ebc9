package org.openiomt.security.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one end remembers of its peers from one session to the next, by the name that verification gave them. Whoever keeps it
 * on a disk keeps it over a restart too. Called by several threads.
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
        return new PeerMemory() {
            private final Set<String> postQuantum = new HashSet<>();
            private final Map<String, Long> latest = new HashMap<>();
            private long own;

            @Override
            public synchronized boolean isPostQuantum(String peer) {
                return postQuantum.contains(peer);
            }

            @Override
            public synchronized void rememberPostQuantum(String peer) {
                postQuantum.add(peer);
            }

            @Override
            public synchronized boolean advance(String peer, long helloTime) {
                Long before = latest.get(peer);
                if (before != null && helloTime <= before) {
                    return false;
                }
                latest.put(peer, helloTime);
                return true;
            }

            @Override
            public synchronized long nextHelloTime(long now) {
                own = Math.max(own + 1, now);
                return own;
            }
        };
    }
}
