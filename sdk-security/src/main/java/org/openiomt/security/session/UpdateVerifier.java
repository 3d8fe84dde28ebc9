package org.openiomt.security.session;

import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.peer.CertificateVerifier;
import org.openiomt.security.identity.peer.IdentityUpdate;
import org.openiomt.security.identity.peer.VerifiedPeer;

/** Decides whether a peer may go on with what it has sent in a frame of type {@link FrameType#IDENTITY}. */
@FunctionalInterface
public interface UpdateVerifier {
    /** Nobody changes within a session. */
    UpdateVerifier NONE = (known, peer, handshakeHash, update) -> {
        throw new AuthenticationException();
    };

    /** Lets a peer go on with another certificate of its name, as {@link IdentityUpdate} writes it. */
    static UpdateVerifier certificates(CertificateVerifier verifier) {
        return (known, peer, handshakeHash, update) ->
                IdentityUpdate.verify(verifier, known, peer, handshakeHash, update);
    }

    /**
     * Decides.
     *
     * @param known who the peer is so far
     * @param peer the peer's role in the handshake
     * @param handshakeHash the hash of the whole handshake
     * @param update what came in the frame
     * @return the same peer, as it is from now on
     * @throws AuthenticationException when it is not acceptable
     */
    VerifiedPeer verify(VerifiedPeer known, Role peer, byte[] handshakeHash, byte[] update);
}
