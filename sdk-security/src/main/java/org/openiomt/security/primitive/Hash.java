package org.openiomt.security.primitive;

/** A hash function. May be used by several threads; a {@link Hasher} only by one at a time. */
public interface Hash {
    /** Returns the name in the Noise protocol: {@code SHA256}. */
    String name();

    /** Returns the length of a digest, in octets. */
    int length();

    /** Returns the length of a block, in octets: what HMAC pads its key to. */
    int blockLength();

    /** Starts a computation. */
    Hasher hasher();
}
