package org.openiomt.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.security.audit.MerkleProofs;
import org.openiomt.security.audit.MerkleTree;
import org.openiomt.security.audit.TreeHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Proofs in a tree of a million entries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH calls the set-up before any benchmark
public class AuditProofBenchmark {
    private static final int SIZE = 1_000_000;
    private static final int INDEX = 654_321;
    private static final int EARLIER = 777_777;

    private MerkleTree tree;
    private TreeHash leaf;
    private TreeHash root;
    private TreeHash earlierRoot;
    private List<TreeHash> inclusion;
    private List<TreeHash> consistency;

    /** Grows the tree. */
    @Setup
    public void grow() {
        tree = new MerkleTree();
        for (int i = 0; i < SIZE; i++) {
            tree.append(entry(i));
        }
        leaf = TreeHash.ofEntry(entry(INDEX));
        root = tree.root();
        earlierRoot = tree.root(EARLIER);
        inclusion = tree.inclusionProof(INDEX, SIZE);
        consistency = tree.consistencyProof(EARLIER, SIZE);
        if (!verifyInclusion() || !verifyConsistency()) {
            throw new IllegalStateException("a proof does not verify");
        }
    }

    private static byte[] entry(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** Proves that an entry is in the tree. */
    @Benchmark
    public Object proveInclusion() {
        return tree.inclusionProof(INDEX, SIZE);
    }

    /** Checks that. */
    @Benchmark
    public boolean verifyInclusion() {
        return MerkleProofs.isIncluded(leaf, INDEX, SIZE, inclusion, root);
    }

    /** Proves that an earlier tree is the beginning. */
    @Benchmark
    public Object proveConsistency() {
        return tree.consistencyProof(EARLIER, SIZE);
    }

    /** Checks that. */
    @Benchmark
    public boolean verifyConsistency() {
        return MerkleProofs.isConsistent(EARLIER, earlierRoot, SIZE, root, consistency);
    }
}
