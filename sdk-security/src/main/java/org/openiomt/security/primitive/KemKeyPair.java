package org.openiomt.security.primitive;

import org.openiomt.core.spi.AuthenticationException;

/** A private (decapsulation) key of a {@link Kem} and its public key. */
public interface KemKeyPair extends AutoCloseable {
    /** Returns the public key, a new array. */
    byte[] publicKey();

    /**
     * Opens an encapsulation. A forged one gives a secret that nobody else has (implicit rejection, FIPS 203).
     *
     * @return the secret, a new array that the caller wipes
     * @throws AuthenticationException when the length is wrong
     */
    byte[] decapsulate(byte[] encapsulation);

    /** Wipes the private key where the provider allows it. */
    @Override
    void close();
}
