package org.openiomt.security.primitive;

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

    /** Wipes the private key. */
    @Override
    void close();
}
