package org.openiomt.security.primitive;

/** One computation of a {@link Hash} after the other. For one thread at a time. */
public interface Hasher {
    /** Adds octets. */
    void update(byte[] octets, int offset, int length);

    /** Writes the digest of what was added, and begins anew. */
    void digest(byte[] output, int offset);

    /** Adds all octets of an array. */
    default void update(byte[] octets) {
        update(octets, 0, octets.length);
    }
}
