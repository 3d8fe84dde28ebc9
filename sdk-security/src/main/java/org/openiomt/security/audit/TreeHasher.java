package org.openiomt.security.audit;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hashes of RFC 6962, 2.1, which no octets can confuse: of entries behind a 0, of pairs of hashes behind a 1. One thread. */
final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha = sha256();
    private final byte[] pair = new byte[1 + 2 * TreeHash.LENGTH];

    /** Puts the hash of an entry into the first octets of {@code target}. */
    void leaf(byte[] entry, int offset, int length, byte[] target) {
        sha.update(LEAF);
        sha.update(entry, offset, length);
        finish(target);
    }

    /** As {@link #leaf}, of an entry behind whose zero octet the array begins: one step less. */
    void leafBehindZero(byte[] zeroAndEntry, int offset, int length, byte[] target) {
        if (zeroAndEntry[offset] != LEAF) {
            throw new IllegalArgumentException("expected a zero octet before the entry");
        }
        sha.update(zeroAndEntry, offset, length);
        finish(target);
    }

    /** Puts the hash of two hashes into the first octets of {@code target}, which may be one of them. */
    void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] target) {
        pair[0] = NODE;
        System.arraycopy(left, leftOffset, pair, 1, TreeHash.LENGTH);
        System.arraycopy(right, rightOffset, pair, 1 + TreeHash.LENGTH, TreeHash.LENGTH);
        sha.update(pair);
        finish(target);
    }

    byte[] node(byte[] left, byte[] right) {
        byte[] target = new byte[TreeHash.LENGTH];
        node(left, 0, right, 0, target);
        return target;
    }

    /** Returns the root of the tree without entries. */
    byte[] empty() {
        return sha.digest();
    }

    private void finish(byte[] target) {
        try {
            sha.digest(target, 0, TreeHash.LENGTH);
        } catch (DigestException e) {
            throw new AssertionError("a target is at least as long as a hash", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
