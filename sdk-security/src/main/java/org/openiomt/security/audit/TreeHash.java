package org.openiomt.security.audit;

import java.util.Arrays;
import java.util.Base64;
import org.openiomt.core.wire.DecodeException;

/** A hash in a Merkle tree: of an entry, of a subtree, or of all of it. 32 octets of SHA-256, immutable. */
public final class TreeHash {
    /** The length of a hash, in octets. */
    public static final int LENGTH = 32;

    private final byte[] octets;

    private TreeHash(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Returns a hash; the octets are copied.
     *
     * @throws IllegalArgumentException when there are not {@value #LENGTH} of them
     */
    public static TreeHash of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + LENGTH + " octets, but got " + octets.length);
        }
        return new TreeHash(octets.clone());
    }

    /** Returns the hash of an entry as RFC 6962, 2.1 has it: SHA-256 of a zero octet and the entry. */
    public static TreeHash ofEntry(byte[] entry) {
        TreeHash hash = new TreeHash(new byte[LENGTH]);
        new TreeHasher().leaf(entry, 0, entry.length, hash.octets);
        return hash;
    }

    /**
     * Reads standard base64 with padding.
     *
     * @throws DecodeException when it is not the base64 of {@value #LENGTH} octets as it is written; {@code field} and {@code
     *     at} name the place
     */
    static TreeHash parse(String field, int at, String base64) {
        byte[] octets = base64(field, at, base64);
        if (octets.length != LENGTH) {
            throw new DecodeException(field, at, "a hash has " + LENGTH + " octets, but got " + octets.length);
        }
        return new TreeHash(octets);
    }

    /** Reads standard base64, and only the one form that is written for these octets. */
    static byte[] base64(String field, int at, String base64) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new DecodeException(field, at, "not base64");
        }
        if (!Base64.getEncoder().encodeToString(octets).equals(base64)) {
            throw new DecodeException(field, at, "not the canonical base64");
        }
        return octets;
    }

    /** Returns a copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Returns the octets themselves, not to be changed. */
    byte[] array() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns standard base64, as checkpoints write it. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(octets);
    }
}
