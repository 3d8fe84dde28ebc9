package org.openiomt.security.primitive;

/** A Diffie-Hellman group with fixed lengths of keys. May be used by several threads. */
public interface Dh {
    /** Returns the name in the Noise protocol: {@code 25519}, {@code P256}. */
    String name();

    /** Returns who computes it, for logs and reports: the name of the provider. */
    String provider();

    /** Returns the length of a public key, in octets. */
    int publicKeyLength();

    /** Returns the length of a private key, in octets. */
    int privateKeyLength();

    /** Makes a new pair. */
    DhKeyPair generate();

    /**
     * Returns the pair of a private key.
     *
     * @param privateKey {@link #privateKeyLength()} octets; copied
     * @throws IllegalArgumentException when the length is wrong or the octets are no private key
     */
    DhKeyPair pair(byte[] privateKey);
}
