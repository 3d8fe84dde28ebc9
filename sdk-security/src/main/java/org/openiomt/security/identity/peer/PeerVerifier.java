package org.openiomt.security.identity.peer;

import org.openiomt.core.spi.AuthenticationException;

/**
 * Decides whether a remote static key is acceptable, and whose it is. Everything that it does not know is refused.
 *
 * <p>Called on the thread of the handshake, by several at once. Ours compute and do not wait for a network; a failure leaves no
 * trace that would change the next decision.
 */
@FunctionalInterface
public interface PeerVerifier {
    /**
     * Decides.
     *
     * @throws AuthenticationException when the peer is not acceptable, in the same words for every cause; the cause is logged
     *     and told to {@link Refusal}'s listener on this side only
     */
    VerifiedPeer verify(PeerClaim claim);

    /** Returns a verifier that decides by pins where the peer brings no payload, and by certificates where it does. */
    static PeerVerifier pinsOr(PeerVerifier pins, PeerVerifier certificates) {
        return claim -> (claim.payload().length == 0 ? pins : certificates).verify(claim);
    }
}
