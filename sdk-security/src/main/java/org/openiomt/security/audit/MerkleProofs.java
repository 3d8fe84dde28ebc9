package org.openiomt.security.audit;

import java.util.List;

/** Checks proofs of {@link MerkleTree} or of any other tree of RFC 6962, as RFC 9162, 2.1.3.2 and 2.1.4.2 say. */
public final class MerkleProofs {
    private MerkleProofs() {}

    /**
     * Returns whether a path leads from an entry to a root.
     *
     * @param entry the hash of the entry: {@link TreeHash#ofEntry}
     * @param index the entry's place, from 0
     * @param size the size of the tree
     * @param path the hashes from the entry's sibling up
     * @param root the root of the tree
     */
    public static boolean isIncluded(TreeHash entry, long index, long size, List<TreeHash> path, TreeHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        TreeHasher hasher = new TreeHasher();
        Way way = new Way(index, size - 1);
        byte[] hash = entry.octets();
        for (TreeHash sibling : path) {
            if (way.isAtTop()) {
                return false;
            }
            if (way.goesRight()) {
                hasher.node(sibling.array(), 0, hash, 0, hash);
            } else {
                hasher.node(hash, 0, sibling.array(), 0, hash);
            }
            way.up();
        }
        return way.isAtTop() && TreeHash.of(hash).equals(root);
    }

    /**
     * Returns whether a path shows that the tree with the earlier root is the beginning of that with the later.
     *
     * @param earlier the size of the earlier tree; every tree begins with the empty one, without a path
     * @param later the size of the later tree, at least {@code earlier}
     */
    public static boolean isConsistent(
            long earlier, TreeHash earlierRoot, long later, TreeHash laterRoot, List<TreeHash> path) {
        if (earlier < 0 || earlier > later) {
            return false;
        }
        TreeHasher hasher = new TreeHasher();
        if (earlier == 0) {
            boolean isEmpty = TreeHash.of(hasher.empty()).equals(earlierRoot);
            return isEmpty && path.isEmpty() && (later > 0 || laterRoot.equals(earlierRoot));
        }
        if (earlier == later) {
            return path.isEmpty() && earlierRoot.equals(laterRoot);
        }
        boolean isPowerOfTwo = Long.bitCount(earlier) == 1;
        if (path.isEmpty() && !isPowerOfTwo) {
            return false;
        }
        Way way = new Way(earlier - 1, later - 1);
        way.upWhileRight();
        byte[] first = (isPowerOfTwo ? earlierRoot : path.get(0)).octets();
        byte[] second = first.clone();
        for (TreeHash sibling : path.subList(isPowerOfTwo ? 0 : 1, path.size())) {
            if (way.isAtTop()) {
                return false;
            }
            if (way.goesRight()) {
                hasher.node(sibling.array(), 0, first, 0, first);
                hasher.node(sibling.array(), 0, second, 0, second);
            } else {
                hasher.node(second, 0, sibling.array(), 0, second);
            }
            way.up();
        }
        return way.isAtTop()
                && TreeHash.of(first).equals(earlierRoot)
                && TreeHash.of(second).equals(laterRoot);
    }

    /** The way from a node to the root, beside that of the last node of its level. */
    private static final class Way {
        private long node;
        private long last;

        Way(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean isAtTop() {
            return last == 0;
        }

        /** Whether the sibling is on the left. A last node without a sibling rises until it has one. */
        boolean goesRight() {
            if ((node & 1) != 0) {
                return true;
            }
            if (node != last) {
                return false;
            }
            while ((node & 1) == 0 && node != 0) {
                step();
            }
            return true;
        }

        void up() {
            step();
        }

        void upWhileRight() {
            while ((node & 1) != 0) {
                step();
            }
        }

        private void step() {
            node >>= 1;
            last >>= 1;
        }
    }
}
