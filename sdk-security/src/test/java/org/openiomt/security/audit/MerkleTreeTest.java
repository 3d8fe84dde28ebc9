package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void rootsAgreeWithEveryKnownAnswer() {
        List<String> rows = VectorFile.lines("merkle-roots.txt");

        assertThat(rows).hasSize(8).allSatisfy(row -> {
            String[] columns = row.split(" ", -1);
            MerkleTree tree = new MerkleTree();
            MerkleFrontier frontier = new MerkleFrontier();
            for (int i = 0; i < Integer.parseInt(columns[0]); i++) {
                byte[] entry = {(byte) i};
                tree.append(entry);
                frontier.append(entry, 0, 1);
            }
            byte[] expected = HexFormat.of().parseHex(columns[1]);
            assertThat(tree.root().octets()).as(row).isEqualTo(expected);
            assertThat(frontier.root().octets()).as(row).isEqualTo(expected);
        });
    }

    @Test
    void aProofIsOnlyGivenOfWhatIsThere() {
        MerkleTree tree = new MerkleTree();
        tree.append(new byte[1]);

        assertThat(tree.inclusionProof(0, 1)).isEmpty();
        assertThatThrownBy(() -> tree.inclusionProof(1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(1L << 33, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.consistencyProof(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.root(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
