package org.openiomt.security.audit;

/*
 * The right edge of a Merkle tree: for each bit of the size one hash, of the whole subtree of so many leaves. A new leaf carries over
 * like a number that is counted up, so on average each leaf costs one hash of a pair, and the tree itself is nowhere.
 */
/** A Merkle tree of RFC 6962 that only grows and only knows its root; a kilobyte, whatever its size. One thread. */
final class MerkleFrontier {
    private final TreeHasher hasher = new TreeHasher();
    private final byte[][] edge = new byte[Long.SIZE][];
    private final byte[] carried = new byte[TreeHash.LENGTH];
    private long size;

    long size() {
        return size;
    }

    /** Adds an entry. */
    void append(byte[] entry, int offset, int length) {
        hasher.leaf(entry, offset, length, carried);
        carry();
    }

    /** Adds an entry before which stands a zero octet, at {@code offset}; {@code length} counts that too. */
    void appendBehindZero(byte[] zeroAndEntry, int offset, int length) {
        hasher.leafBehindZero(zeroAndEntry, offset, length, carried);
        carry();
    }

    private void carry() {
        int level = 0;
        for (long bits = size; (bits & 1) != 0; bits >>= 1) {
            hasher.node(edge[level], 0, carried, 0, carried);
            level++;
        }
        if (edge[level] == null) {
            edge[level] = new byte[TreeHash.LENGTH];
        }
        System.arraycopy(carried, 0, edge[level], 0, TreeHash.LENGTH);
        size++;
    }

    /** Returns the root of the tree as it is now. */
    TreeHash root() {
        if (size == 0) {
            return TreeHash.of(hasher.empty());
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] root = edge[level].clone();
        for (level++; level < Long.SIZE; level++) {
            if ((size >> level & 1) != 0) {
                hasher.node(edge[level], 0, root, 0, root);
            }
        }
        return TreeHash.of(root);
    }
}
