package org.openiomt.security.identity.peer;

import java.nio.ByteOrder;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.security.session.Role;

/**
 * What a peer sends inside an established session to go on with a new certificate, and, where it changes that too, to tell the
 * static key of its next handshake. It travels as an authenticated frame of its own type.
 * <pre>
 * field       type    octets  present when  meaning
 * version     uint8   1       always        1; others refused
 * key length  uint8   1       always        32 .. 133
 * key                 length                the static key from now on, often the same
 * credential          rest                  as in a handshake, signed for this session and that key
 * </pre>
 * The signature covers the hash of the session's handshake, so that an update is worth nothing in another session.
 */
public final class IdentityUpdate {
    private static final int VERSION = 1;

    private IdentityUpdate() {}

    /**
     * Makes an update.
     *
     * @param credential what to go on with; not a delegated one, for an update is signed for its session
     * @param own this end's role
     * @param handshakeHash the hash of the session's whole handshake
     * @param ownStatic the public static key that this end uses from its next handshake on
     */
    public static byte[] make(Credential credential, Role own, byte[] handshakeHash, StaticKey ownStatic) {
        byte[] key = ownStatic.octets();
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", VERSION);
        out.uint8("key length", key.length);
        out.octets(key);
        out.octets(credential.signed(PeerClaim.Occasion.UPDATE, own, handshakeHash, key));
        return out.toByteArray();
    }

    /**
     * Checks an update.
     *
     * @param verifier decides as it would in a handshake
     * @param known who the peer of this session is
     * @param peer the peer's role
     * @param handshakeHash the hash of the session's whole handshake
     * @param update what came in an authenticated frame
     * @return the same peer, as it is to be known from now on; {@link VerifiedPeer#staticKey()} is the key of its next handshake
     * @throws AuthenticationException when it is not acceptable or somebody else; {@code known} stays as it is then
     */
    public static VerifiedPeer.Certified verify(
            CertificateVerifier verifier, VerifiedPeer known, Role peer, byte[] handshakeHash, byte[] update)
            throws AuthenticationException {
        byte[] key;
        byte[] payload;
        try {
            ByteReader in = ByteReader.of(update, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
            if (in.uint8("version") != VERSION) {
                throw new DecodeException("version", 0, "expected " + VERSION);
            }
            key = in.octets("key", in.uint8("key length"));
            payload = in.octets("credential", in.remaining());
        } catch (DecodeException e) {
            throw verifier.refuse(Refusal.MALFORMED, e.getMessage());
        }
        VerifiedPeer.Certified fresh =
                verifier.verify(new PeerClaim(PeerClaim.Occasion.UPDATE, peer, handshakeHash, key, payload));
        if (!fresh.name().equals(known.name())) {
            throw verifier.refuse(Refusal.OTHER_PEER, "an update for " + fresh.name() + " came from " + known.name());
        }
        return fresh;
    }
}
