package org.openiomt.security.identity.peer;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.openiomt.core.model.Ids;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.session.Role;

/**
 * This end's certificate and the key to it: makes the payloads that a {@link CertificateVerifier} at the other end believes.
 * The key signs; it is never the static key of a handshake. May be used by several threads.
 */
public final class Credential implements AutoCloseable {
    private final List<X509Certificate> chain;
    private final Signer signer;
    private final Optional<byte[]> staple;

    private Credential(List<X509Certificate> chain, Signer signer, Optional<byte[]> staple) {
        this.chain = chain;
        this.signer = signer;
        this.staple = staple;
    }

    /**
     * Joins a certificate and its key.
     *
     * @param chain this end's certificate first, then its issuers without the trust anchor: 1 to 4, each at most 4,096 octets
     * @param signer the key of the first; closed with this
     * @throws IllegalArgumentException when there are too many certificates, one is too large, or the first has another key
     */
    public static Credential of(List<X509Certificate> chain, Signer signer) {
        if (chain.isEmpty() || chain.size() > CredentialPayload.MAX_CHAIN) {
            throw new IllegalArgumentException("a chain has 1 to " + CredentialPayload.MAX_CHAIN
                    + " certificates, but got " + chain.size() + "; leave the trust anchor out");
        }
        for (X509Certificate certificate : chain) {
            int length = encoded(certificate).length;
            if (length > CredentialPayload.MAX_DER) {
                throw new IllegalArgumentException(
                        "a certificate has at most " + CredentialPayload.MAX_DER + " octets, but got " + length);
            }
        }
        if (!Arrays.equals(
                chain.get(0).getPublicKey().getEncoded(), signer.publicKey().getEncoded())) {
            throw new IllegalArgumentException("the first certificate is for another key than the signer's");
        }
        return new Credential(List.copyOf(chain), signer, Optional.empty());
    }

    /**
     * Returns the same credential with a word of its authority that it was not revoked, to be renewed before that is over.
     *
     * @param response OCSPResponse of RFC 6960 for the first certificate, 1 to 4,096 octets; copied
     */
    public Credential withStaple(byte[] response) {
        if (response.length == 0 || response.length > CredentialPayload.MAX_DER) {
            throw new IllegalArgumentException(
                    "a staple has 1 to " + CredentialPayload.MAX_DER + " octets, but got " + response.length);
        }
        return new Credential(chain, signer, Optional.of(response.clone()));
    }

    /** Returns this end's certificate and its issuers. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns who signs. */
    public Signer signer() {
        return signer;
    }

    /**
     * Makes the payload for one handshake.
     *
     * @param own this end's role
     * @param handshakeHash the hash as it is before the payload is encrypted, which is what the peer has before it decrypts
     * @param ownStatic this end's public static key
     * @throws IllegalStateException when the signer is closed
     */
    public byte[] payload(Role own, byte[] handshakeHash, byte[] ownStatic) {
        return signed(PeerClaim.Occasion.HANDSHAKE, own, handshakeHash, ownStatic);
    }

    /**
     * Signs a static key once for all handshakes up to a moment, so that the signer (a token) is not needed for each. Whoever
     * gets hold of the static key can play this end until then.
     *
     * @param notAfter up to when, inclusive; verifiers accept a day ahead unless they say otherwise
     * @param roles what the static key may be: at most 16, each 1 to 64 of {@code A-Z a-z 0-9 _ -}; a verifier refuses any that
     *     the certificate itself may not be
     */
    public Delegated delegate(byte[] ownStatic, Instant notAfter, Set<String> roles) {
        if (roles.size() > CredentialPayload.MAX_ROLES) {
            throw new IllegalArgumentException(
                    "a delegation has at most " + CredentialPayload.MAX_ROLES + " roles, but got " + roles.size());
        }
        roles.forEach(role -> Ids.require("a role", role));
        CredentialPayload unsigned = unsigned(Optional.of(new CredentialPayload.Delegation(
                Instant.ofEpochSecond(notAfter.getEpochSecond()), new TreeSet<>(roles))));
        // Occasion, role and hash do not enter the octets of a delegation.
        return new Delegated(
                sign(unsigned, PeerClaim.Occasion.HANDSHAKE, Role.INITIATOR, new byte[0], ownStatic), notAfter);
    }

    /** Makes the payload by which a session goes on with this credential, see {@link IdentityUpdate}. */
    byte[] signed(PeerClaim.Occasion occasion, Role own, byte[] handshakeHash, byte[] ownStatic) {
        return sign(unsigned(Optional.empty()), occasion, own, handshakeHash, ownStatic)
                .encode();
    }

    /** Closes the signer. */
    @Override
    public void close() {
        signer.close();
    }

    @Override
    public String toString() {
        return "Credential[" + chain.size() + " certificates, " + signer + "]";
    }

    /**
     * A static key that was signed beforehand.
     */
    public static final class Delegated {
        private final CredentialPayload payload;
        private final Instant notAfter;

        private Delegated(CredentialPayload payload, Instant notAfter) {
            this.payload = payload;
            this.notAfter = notAfter;
        }

        /** Returns the payload for every handshake with that static key, a new array. */
        public byte[] payload() {
            return payload.encode();
        }

        /** Returns the payload with a fresh word of the authority, for which no signature of the credential is needed. */
        public byte[] payload(byte[] response) {
            return new CredentialPayload(
                            payload.chain(),
                            Optional.of(response),
                            payload.delegation(),
                            payload.algorithm(),
                            payload.signature())
                    .encode();
        }

        /** Returns up to when it may be used. */
        public Instant notAfter() {
            return notAfter;
        }

        @Override
        public String toString() {
            return "Delegated[until " + notAfter + "]";
        }
    }

    private CredentialPayload unsigned(Optional<CredentialPayload.Delegation> delegation) {
        return new CredentialPayload(
                chain, staple, delegation, signer.algorithm(), new byte[SignatureAlgorithm.SIGNATURE_LENGTH]);
    }

    private CredentialPayload sign(
            CredentialPayload unsigned, PeerClaim.Occasion occasion, Role own, byte[] handshakeHash, byte[] ownStatic) {
        byte[] octets = unsigned.signedOctets(occasion, own, handshakeHash, ownStatic);
        return new CredentialPayload(
                unsigned.chain(), unsigned.staple(), unsigned.delegation(), unsigned.algorithm(), signer.sign(octets));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }
}
