package org.openiomt.security.identity.peer;

import java.util.Objects;
import org.openiomt.security.session.Role;

/**
 * What a peer has shown so far, as the handshake hands it over for a decision. All arrays are copied.
 *
 * @param occasion when: in the handshake, or later inside the session
 * @param role the peer's role, not ours
 * @param handshakeHash the hash of all that was sent before the message that carried the payload was decrypted; in the session
 *     that of the whole handshake
 * @param remoteStatic the peer's static key; empty in patterns that have none
 * @param payload what came along; empty when nothing did
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; compared by nobody
public record PeerClaim(Occasion occasion, Role role, byte[] handshakeHash, byte[] remoteStatic, byte[] payload) {
    /** When a claim is made. A signature for one occasion is worth nothing on another. */
    public enum Occasion {
        /** In a handshake. */
        HANDSHAKE,
        /** In an established session, to go on with a new certificate or a new static key. */
        UPDATE
    }

    /** Copies the arrays. */
    public PeerClaim {
        Objects.requireNonNull(occasion, "occasion");
        Objects.requireNonNull(role, "role");
        handshakeHash = handshakeHash.clone();
        remoteStatic = remoteStatic.clone();
        payload = payload.clone();
    }

    /** Makes a claim of a handshake. */
    public PeerClaim(Role role, byte[] handshakeHash, byte[] remoteStatic, byte[] payload) {
        this(Occasion.HANDSHAKE, role, handshakeHash, remoteStatic, payload);
    }

    /** Returns the hash, a new array. */
    @Override
    public byte[] handshakeHash() {
        return handshakeHash.clone();
    }

    /** Returns the peer's static key, a new array. */
    @Override
    public byte[] remoteStatic() {
        return remoteStatic.clone();
    }

    /** Returns the payload, a new array. */
    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** Shows lengths only. */
    @Override
    public String toString() {
        return "PeerClaim[" + occasion + ", " + role + ", static " + remoteStatic.length + " octets, payload "
                + payload.length + " octets]";
    }
}
