package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerklePropertyTest {
    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(entry(i));
        }
        return tree;
    }

    private static byte[] entry(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static TreeHash leaf(int number) {
        return TreeHash.ofEntry(entry(number));
    }

    private static TreeHash flipped(TreeHash hash, int bit) {
        byte[] octets = hash.octets();
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        return TreeHash.of(octets);
    }

    @Property(tries = 300)
    void everyEntryIsProvenAndNoOther(
            @ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @IntRange(max = 599) int some,
            @ForAll @IntRange(max = 599) int another,
            @ForAll @IntRange(max = 255) int bit) {
        MerkleTree tree = tree(size + 5);
        int index = some % size;
        TreeHash root = tree.root(size);
        List<TreeHash> path = tree.inclusionProof(index, size);

        assertThat(MerkleProofs.isIncluded(leaf(index), index, size, path, root))
                .isTrue();
        assertThat(path.size()).isLessThanOrEqualTo(32 - Integer.numberOfLeadingZeros(size - 1));

        if (another != index) {
            assertThat(MerkleProofs.isIncluded(leaf(another), index, size, path, root))
                    .isFalse();
            assertThat(MerkleProofs.isIncluded(leaf(index), another, size, path, root))
                    .isFalse();
        }
        assertThat(MerkleProofs.isIncluded(leaf(index), index, size, path, flipped(root, bit)))
                .isFalse();
        assertThat(MerkleProofs.isIncluded(leaf(index), index, size, path, tree.root(size + 1)))
                .isFalse();
        for (int i = 0; i < path.size(); i++) {
            List<TreeHash> changed = new ArrayList<>(path);
            changed.set(i, flipped(path.get(i), bit));
            assertThat(MerkleProofs.isIncluded(leaf(index), index, size, changed, root))
                    .isFalse();
            changed.remove(i);
            assertThat(MerkleProofs.isIncluded(leaf(index), index, size, changed, root))
                    .isFalse();
        }
        List<TreeHash> longer = new ArrayList<>(path);
        longer.add(root);
        assertThat(MerkleProofs.isIncluded(leaf(index), index, size, longer, root))
                .isFalse();
        assertThat(MerkleProofs.isIncluded(leaf(index), -1, size, path, root)).isFalse();
        assertThat(MerkleProofs.isIncluded(leaf(index), size, size, path, root)).isFalse();
    }

    @Property(tries = 300)
    void everyEarlierTreeIsProvenToBeTheBeginningAndNoOther(
            @ForAll @IntRange(min = 1, max = 400) int later,
            @ForAll @IntRange(max = 400) int some,
            @ForAll @IntRange(max = 255) int bit) {
        MerkleTree tree = tree(later);
        int earlier = some % (later + 1);
        TreeHash first = tree.root(earlier);
        TreeHash second = tree.root();
        List<TreeHash> path = tree.consistencyProof(earlier, later);

        assertThat(MerkleProofs.isConsistent(earlier, first, later, second, path))
                .isTrue();

        assertThat(MerkleProofs.isConsistent(earlier, flipped(first, bit), later, second, path))
                .isFalse();
        if (earlier > 0) {
            assertThat(MerkleProofs.isConsistent(earlier, first, later, flipped(second, bit), path))
                    .isFalse();
        }
        if (earlier != later) {
            assertThat(MerkleProofs.isConsistent(later, second, earlier, first, path))
                    .isFalse();
        }
        for (int i = 0; i < path.size(); i++) {
            List<TreeHash> changed = new ArrayList<>(path);
            changed.set(i, flipped(path.get(i), bit));
            assertThat(MerkleProofs.isConsistent(earlier, first, later, second, changed))
                    .isFalse();
            changed.remove(i);
            assertThat(MerkleProofs.isConsistent(earlier, first, later, second, changed))
                    .isFalse();
        }
        List<TreeHash> longer = new ArrayList<>(path);
        longer.add(first);
        assertThat(MerkleProofs.isConsistent(earlier, first, later, second, longer))
                .isFalse();
    }

    @Property(tries = 100)
    void theFrontierHasTheRootOfTheWholeTree(@ForAll @IntRange(max = 2_000) int size) {
        MerkleFrontier frontier = new MerkleFrontier();
        for (int i = 0; i < size; i++) {
            frontier.append(entry(i), 0, entry(i).length);
        }

        assertThat(frontier.root()).isEqualTo(tree(size).root());
    }
}
