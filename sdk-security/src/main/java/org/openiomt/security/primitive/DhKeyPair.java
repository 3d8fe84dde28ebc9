package org.openiomt.security.primitive;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import org.openiomt.core.spi.AuthenticationException;

/**
 * A handle on a private key of a {@link Dh} group, and its public key. The private key may live elsewhere (a token behind
 * PKCS#11): it is never shown. May be used by several threads.
 */
public interface DhKeyPair extends AutoCloseable {
    /** Returns the public key, a new array. */
    byte[] publicKey();

    /**
     * Returns the shared secret of this private and that public key, a new array that the caller wipes.
     *
     * @throws AuthenticationException when {@code peer} is not on the curve, or forces a secret that everybody knows
     * @throws IllegalStateException when the pair is closed
     */
    byte[] agree(byte[] peer);

    /**
     * Uses a key on P-256 that lives with a JCA provider: in a FIPS module, in a token behind PKCS#11. The provider must give
     * the bare secret out.
     *
     * @throws IllegalArgumentException when the provider has no ECDH, or the key is on another curve
     */
    static DhKeyPair of(PrivateKey privateKey, ECPublicKey publicKey, Provider provider) {
        return new JcaP256(provider).pair(privateKey, publicKey);
    }

    /** Wipes the private key. */
    @Override
    void close();
}
