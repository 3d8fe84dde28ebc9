package org.openiomt.security.primitive;

import org.openiomt.core.spi.AuthenticationException;

/** A key encapsulation mechanism with fixed lengths. May be used by several threads. */
public interface Kem {
    /** The length of a shared secret, in octets. */
    int SECRET_LENGTH = 32;

    /** The length of a seed of a pair, in octets. */
    int SEED_LENGTH = 64;

    /** Returns the name in hybrid Noise: {@code MLKEM768}. */
    String name();

    /** Returns who computes it, for logs and reports: the name of the provider. */
    String provider();

    /** Returns the length of a public (encapsulation) key, in octets. */
    int publicKeyLength();

    /** Returns the length of an encapsulation, in octets. */
    int encapsulationLength();

    /** Makes a new pair. */
    KemKeyPair generate();

    /**
     * Returns the pair of a seed.
     *
     * @param seed {@value #SEED_LENGTH} octets: d, then z (FIPS 203, section 7.1); not kept
     * @throws IllegalArgumentException when the length is wrong
     */
    KemKeyPair pair(byte[] seed);

    /**
     * Makes a secret that only the owner of {@code publicKey} can open.
     *
     * @throws AuthenticationException when the octets are no public key (FIPS 203, section 7.2)
     */
    Encapsulated encapsulate(byte[] publicKey);

    /**
     * A secret and how it travels.
     *
     * @param encapsulation for the owner of the key
     * @param secret {@value #SECRET_LENGTH} octets, to be wiped by who asked
     */
    @SuppressWarnings("ArrayRecordComponent") // two arrays on their way from one method to its caller
    record Encapsulated(byte[] encapsulation, byte[] secret) {
        @Override
        public String toString() {
            return "Encapsulated[hidden]";
        }
    }
}
