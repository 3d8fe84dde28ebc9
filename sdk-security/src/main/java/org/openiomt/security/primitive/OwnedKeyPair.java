package org.openiomt.security.primitive;

import org.jspecify.annotations.Nullable;

/**
 * What every pair here has: a public key in octets, and a private key in whatever form its provider wants, which is there until
 * the pair is closed. May be used by several threads.
 */
abstract class OwnedKeyPair<K> implements AutoCloseable {
    private final byte[] publicKey;
    private @Nullable K privateKey;

    /** Takes over both. */
    OwnedKeyPair(K privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** Returns the public key, a new array. */
    public final byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Returns the private key, to be used at once.
     *
     * @throws IllegalStateException when the pair is closed
     */
    final synchronized K privateKey() {
        if (privateKey == null) {
            throw new IllegalStateException("the key pair is closed");
        }
        return privateKey;
    }

    /** Forgets the private key. What a provider cannot wipe goes with the collector. */
    @Override
    public synchronized void close() {
        privateKey = null;
    }

    @Override
    public String toString() {
        return "KeyPair[hidden]";
    }
}
