package org.openiomt.security.session;

/**
 * What this end sends along with its static key so that the peer can verify it: a certificate with a signature, or nothing
 * where its key is pinned. Called on the thread of the handshake.
 */
@FunctionalInterface
public interface OwnCredential {
    /** For a peer that knows the static key, or shares a key: nothing is sent. */
    OwnCredential NONE = (own, handshakeHash, ownStatic) -> new byte[0];

    /**
     * Makes the payload.
     *
     * @param own this end's role in the handshake
     * @param handshakeHash the hash of all that came before the payload
     * @param ownStatic this end's public static key; empty in patterns without
     */
    byte[] payload(Role own, byte[] handshakeHash, byte[] ownStatic);
}
