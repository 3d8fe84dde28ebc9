package org.openiomt.security.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A Merkle tree of RFC 6962 with all of its hashes, 64 octets an entry: what proofs are made from. Holds at most 33,554,432 entries.
 * Not for use by several threads at once.
 */
public final class MerkleTree {
    private static final int MAX_SIZE = 1 << 25;

    private final TreeHasher hasher = new TreeHasher();
    private final List<byte[]> levels = new ArrayList<>();
    private final byte[] leaf = new byte[TreeHash.LENGTH];
    private int size;

    /** Makes an empty tree. */
    public MerkleTree() {}

    /** Returns the number of entries. */
    public long size() {
        return size;
    }

    /**
     * Adds an entry behind the last.
     *
     * @throws IllegalStateException when the tree is full
     */
    public void append(byte[] entry) {
        append(entry, 0, entry.length);
    }

    void append(byte[] entry, int offset, int length) {
        if (size == MAX_SIZE) {
            throw new IllegalStateException("a tree in memory holds " + MAX_SIZE + " entries");
        }
        hasher.leaf(entry, offset, length, leaf);
        size++;
        put(0, size - 1, leaf);
        for (int level = 1, count = size; (count & 1) == 0; level++) {
            count >>= 1;
            byte[] below = levels.get(level - 1);
            hasher.node(below, at(2 * count - 2), below, at(2 * count - 1), leaf);
            put(level, count - 1, leaf);
        }
    }

    /** Returns the root over all entries. */
    public TreeHash root() {
        return root(size);
    }

    /**
     * Returns the root that the tree had when it was smaller.
     *
     * @throws IndexOutOfBoundsException when it was never of this size
     */
    public TreeHash root(long ofSize) {
        int end = checkedSize(ofSize);
        return TreeHash.of(end == 0 ? hasher.empty() : subtree(0, end));
    }

    /**
     * Proves that an entry is in the tree of a size (RFC 6962, 2.1.1).
     *
     * @return the hashes beside the way from the entry to the root, at most 25
     * @throws IndexOutOfBoundsException when the entry is not in that tree, or the tree never had the size
     */
    public List<TreeHash> inclusionProof(long index, long ofSize) {
        int end = checkedSize(ofSize);
        int wanted = Objects.checkIndex((int) Math.min(index, Integer.MAX_VALUE), end);
        List<TreeHash> path = new ArrayList<>();
        int start = 0;
        while (end - start > 1) {
            int middle = start + split(end - start);
            if (wanted < middle) {
                path.add(0, TreeHash.of(subtree(middle, end)));
                end = middle;
            } else {
                path.add(0, TreeHash.of(subtree(start, middle)));
                start = middle;
            }
        }
        return path;
    }

    /**
     * Proves that the tree of a size is the beginning of that of another (RFC 6962, 2.1.2).
     *
     * @return at most 26 hashes; none when the sizes are equal, or the earlier is 0
     * @throws IndexOutOfBoundsException when the tree never had the sizes, or not in this order
     */
    public List<TreeHash> consistencyProof(long earlier, long later) {
        int end = checkedSize(later);
        int first = (int) Objects.checkIndex(earlier, later + 1L);
        List<TreeHash> path = new ArrayList<>();
        if (first == 0) {
            return path;
        }
        int start = 0;
        boolean isWhole = true;
        while (first != end) {
            int middle = start + split(end - start);
            if (first <= middle) {
                path.add(0, TreeHash.of(subtree(middle, end)));
                end = middle;
            } else {
                path.add(0, TreeHash.of(subtree(start, middle)));
                start = middle;
                isWhole = false;
            }
        }
        if (!isWhole) {
            path.add(0, TreeHash.of(subtree(start, end)));
        }
        return path;
    }

    private int checkedSize(long ofSize) {
        return (int) Objects.checkIndex(ofSize, size + 1L);
    }

    private byte[] subtree(int start, int end) {
        int count = end - start;
        if (Integer.bitCount(count) == 1) {
            int level = Integer.numberOfTrailingZeros(count);
            int from = at(start >> level);
            return Arrays.copyOfRange(levels.get(level), from, from + TreeHash.LENGTH);
        }
        int middle = start + split(count);
        return hasher.node(subtree(start, middle), subtree(middle, end));
    }

    /** Returns the largest power of two below a count of at least two. */
    private static int split(int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static int at(int index) {
        return index * TreeHash.LENGTH;
    }

    private void put(int level, int index, byte[] hash) {
        if (level == levels.size()) {
            levels.add(new byte[TreeHash.LENGTH]);
        }
        byte[] hashes = levels.get(level);
        if (hashes.length < at(index + 1)) {
            hashes = Arrays.copyOf(hashes, (int) Math.min(2L * hashes.length, (long) MAX_SIZE * TreeHash.LENGTH));
            levels.set(level, hashes);
        }
        System.arraycopy(hash, 0, hashes, at(index), TreeHash.LENGTH);
    }
}
