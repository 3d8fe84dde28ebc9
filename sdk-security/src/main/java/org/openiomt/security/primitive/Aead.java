package org.openiomt.security.primitive;

/** An authenticated cipher with 256-bit keys, 128-bit tags and the nonces of the Noise protocol. */
public interface Aead {
    /** The length of a key, in octets. */
    int KEY_LENGTH = 32;

    /** How many octets a ciphertext is longer than its plaintext. */
    int TAG_LENGTH = 16;

    /** Returns the name in the Noise protocol: {@code AESGCM}, {@code ChaChaPoly}. */
    String name();

    /** Returns who computes it, for logs and reports: the name of the provider. */
    String provider();

    /** Takes the {@link #KEY_LENGTH} octets from {@code offset} on as a key; they are copied. */
    AeadKey key(byte[] octets, int offset);
}
