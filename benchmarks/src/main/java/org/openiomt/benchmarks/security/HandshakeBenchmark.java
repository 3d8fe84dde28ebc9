package org.openiomt.benchmarks.security;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.security.handshake.Handshake;
import org.openiomt.security.handshake.HandshakeSettings;
import org.openiomt.security.handshake.Pattern;
import org.openiomt.security.handshake.Split;
import org.openiomt.security.handshake.Suite;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A Noise handshake of the engine alone, both ends on one thread, without certificates: ours beside that of noise-java. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@NullUnmarked // JMH calls the set-up before any benchmark
public class HandshakeBenchmark {
    private static final byte[] NOTHING = {};
    private static final Pattern XX = Pattern.parse("XX");
    private static final Pattern IK = Pattern.parse("IK");
    private static final Pattern KK = Pattern.parse("KK");

    /** Two ends with the keys that they keep. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Ours {
        /** Who computes X25519. */
        @Param({"Conscrypt", "BouncyCastle"})
        private String provider;

        private Suite suite;
        private DhKeyPair initiator;
        private DhKeyPair responder;

        /** Makes the keys. */
        @Setup
        public void setUp() {
            Primitives primitives =
                    "Conscrypt".equals(provider) ? Primitives.preferred() : Primitives.preferredWithout("Conscrypt");
            suite = new Suite(
                    primitives.x25519().orElseThrow(), Optional.empty(), primitives.aesGcm(), primitives.sha256());
            initiator = suite.dh().pair(NoisePeers.filled(1));
            responder = suite.dh().pair(NoisePeers.filled(2));
        }

        private Split run(Pattern pattern) {
            Handshake first = begin(pattern, Role.INITIATOR, initiator, responder, pattern.responderKnown());
            Handshake second = begin(pattern, Role.RESPONDER, responder, initiator, pattern.initiatorKnown());
            while (!first.isFinished()) {
                if (first.isSending()) {
                    second.read(first.write(NOTHING));
                } else {
                    first.read(second.write(NOTHING));
                }
            }
            second.split().close();
            return first.split();
        }

        private Handshake begin(Pattern pattern, Role role, DhKeyPair own, DhKeyPair peer, boolean isPeerKnown) {
            return Handshake.of(new HandshakeSettings(
                    pattern,
                    suite,
                    role,
                    NOTHING,
                    Optional.of(own),
                    isPeerKnown ? Optional.of(peer.publicKey()) : Optional.empty(),
                    List.of()));
        }
    }

    private final NoisePeers noiseJava = new NoisePeers("AESGCM");

    /** XX. */
    @Benchmark
    public Object xx(Ours peers) {
        return peers.run(XX);
    }

    /** IK. */
    @Benchmark
    public Object ik(Ours peers) {
        return peers.run(IK);
    }

    /** KK. */
    @Benchmark
    public Object kk(Ours peers) {
        return peers.run(KK);
    }

    /** XX of noise-java. */
    @Benchmark
    public Object noiseJavaXx() throws Exception {
        NoisePeers.Pair pair = noiseJava.connect();
        pair.destroy();
        return pair;
    }
}
