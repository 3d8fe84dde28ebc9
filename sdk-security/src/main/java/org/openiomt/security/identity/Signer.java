package org.openiomt.security.identity;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;

/**
 * A handle on a private key that signs. The key may live elsewhere (a token behind PKCS#11): it is never shown. Such a key
 * speaks for an identity and for its certificate requests; it is never the static key of a handshake.
 *
 * <p>May be used by several threads. A key in a token may make {@link #sign} block for as long as the token takes.
 */
public interface Signer extends AutoCloseable {
    /** Returns how it signs. */
    SignatureAlgorithm algorithm();

    /** Returns the public key, as the JDK writes it into certificates. */
    PublicKey publicKey();

    /**
     * Signs.
     *
     * @return {@link SignatureAlgorithm#SIGNATURE_LENGTH} octets: r and s for ECDSA, RFC 8032 for Ed25519
     * @throws IllegalStateException when this is closed
     * @throws IdentityException when the token is gone or refuses
     */
    byte[] sign(byte[] message);

    /** Wipes the key where it lies in this process; what lies in a token stays there. */
    @Override
    void close();

    /** Makes a new key in this process. */
    static Signer generate(SignatureAlgorithm algorithm) {
        return SoftwareSigner.generate(algorithm);
    }

    /**
     * Takes a key into this process.
     *
     * @param privateKey {@value SignatureAlgorithm#PRIVATE_KEY_LENGTH} octets: the scalar, most significant octet first, or
     *     the seed of RFC 8032; copied
     * @throws IllegalArgumentException when the octets are no private key
     */
    static Signer of(SignatureAlgorithm algorithm, byte[] privateKey) {
        return new SoftwareSigner(algorithm, privateKey);
    }

    /**
     * Uses a key of a JCA provider: of the JDK, of a FIPS module, of a token.
     *
     * @throws IllegalArgumentException when {@code publicKey} is of no known algorithm
     */
    static Signer of(PrivateKey privateKey, PublicKey publicKey, Provider provider) {
        return new JcaSigner(privateKey, publicKey, provider);
    }
}
