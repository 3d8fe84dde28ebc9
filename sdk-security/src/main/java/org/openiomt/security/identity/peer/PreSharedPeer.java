package org.openiomt.security.identity.peer;

import java.util.Optional;
import java.util.function.Consumer;
import org.openiomt.core.spi.AuthenticationException;

/**
 * Accepts whoever completes a handshake that a pairing key is mixed into (pskN): holding that key is the proof. For such a
 * handshake only; in another it would accept everybody, so a handshake without psk must not take it.
 */
public final class PreSharedPeer implements PeerVerifier {
    private final PeerNames.Entry peer;
    private final Refusals refusals;

    /** Expects this peer. */
    public PreSharedPeer(PeerNames.Entry peer) {
        this(peer, reason -> {});
    }

    /** Expects this peer and tells each refusal to {@code listener}, on the thread of the handshake. */
    public PreSharedPeer(PeerNames.Entry peer, Consumer<Refusal> listener) {
        this.peer = peer;
        this.refusals = new Refusals(listener);
    }

    /** {@inheritDoc} Nothing may come along: a payload is refused. */
    @Override
    public VerifiedPeer verify(PeerClaim claim) throws AuthenticationException {
        if (claim.payload().length != 0 || claim.occasion() != PeerClaim.Occasion.HANDSHAKE) {
            throw refusals.refuse(Refusal.MALFORMED, "a peer with a pairing key brings no payload");
        }
        byte[] octets = claim.remoteStatic();
        try {
            Optional<StaticKey> key = octets.length == 0 ? Optional.empty() : Optional.of(StaticKey.of(octets));
            return new VerifiedPeer.PreShared(peer.name(), peer.roles(), key);
        } catch (IllegalArgumentException e) {
            throw refusals.refuse(Refusal.MALFORMED, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "PreSharedPeer[" + peer.name() + "]";
    }
}
