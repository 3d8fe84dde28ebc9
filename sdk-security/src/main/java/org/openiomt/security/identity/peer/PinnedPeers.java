package org.openiomt.security.identity.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.openiomt.core.spi.AuthenticationException;

/** Accepts the static keys on a list and no others. Keys may be added and removed while sessions begin, by several threads. */
public final class PinnedPeers implements PeerVerifier {
    private final Map<StaticKey, PeerNames.Entry> pins = new ConcurrentHashMap<>();
    private final Refusals refusals;

    /** Begins with an empty list: everybody is refused. */
    public PinnedPeers() {
        this(reason -> {});
    }

    /** Begins with an empty list and tells each refusal to {@code listener}, on the thread of the handshake. */
    public PinnedPeers(Consumer<Refusal> listener) {
        this.refusals = new Refusals(listener);
    }

    /**
     * Puts a key on the list. One peer may have several keys, for as long as it changes from one to the next.
     *
     * @throws IllegalArgumentException when the key stands for somebody else already
     */
    public PinnedPeers pin(StaticKey key, PeerNames.Entry peer) {
        PeerNames.Entry before = pins.putIfAbsent(key, peer);
        if (before != null && !before.equals(peer)) {
            throw new IllegalArgumentException(key + " is pinned for " + before.name()
                    + " already: remove it before it is pinned for " + peer.name());
        }
        return this;
    }

    /** Takes a key off the list. Sessions that it has opened go on until they are closed. */
    public void remove(StaticKey key) {
        pins.remove(key);
    }

    /** {@inheritDoc} Nothing may come along with a pinned key: a payload is refused. */
    @Override
    public VerifiedPeer verify(PeerClaim claim) throws AuthenticationException {
        if (claim.payload().length != 0 || claim.occasion() != PeerClaim.Occasion.HANDSHAKE) {
            throw refusals.refuse(Refusal.MALFORMED, "a pinned peer brings no payload");
        }
        byte[] octets = claim.remoteStatic();
        if (octets.length == 0) {
            throw refusals.refuse(Refusal.KEY_MISSING, "no static key came");
        }
        StaticKey key;
        try {
            key = StaticKey.of(octets);
        } catch (IllegalArgumentException e) {
            throw refusals.refuse(Refusal.MALFORMED, e.getMessage());
        }
        PeerNames.Entry peer = pins.get(key);
        if (peer == null) {
            throw refusals.refuse(Refusal.UNKNOWN_KEY, key + " is not pinned");
        }
        return new VerifiedPeer.Pinned(peer.name(), peer.roles(), key);
    }

    @Override
    public String toString() {
        return "PinnedPeers[" + pins.size() + "]";
    }
}
