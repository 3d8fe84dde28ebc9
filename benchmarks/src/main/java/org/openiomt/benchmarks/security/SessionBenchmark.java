package org.openiomt.benchmarks.security;

import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.CipherSuite;
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

/**
 * Opening a session, both ends on one thread, from the first packet to the confirmation of the keys: hello, handshake, verified peer,
 * ticket. Beside it TLS 1.3 with certificates on both sides, a leaf on P-256 each below one root.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@NullUnmarked // JMH calls the set-up before any benchmark
public class SessionBenchmark {
    /** Ends of ours. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Ours {
        /** Who computes X25519. */
        @Param({"Conscrypt", "BouncyCastle"})
        private String provider;

        private Sessions plain;
        private Sessions hybrid;
        private Sessions certified;
        private Sessions.Pair earlier;

        /** Makes keys, certificates and a session to go on from. */
        @Setup
        public void setUp() {
            Primitives primitives =
                    "Conscrypt".equals(provider) ? Primitives.preferred() : Primitives.preferredWithout("Conscrypt");
            plain = Sessions.pinned(primitives, CipherSuite.X25519_AESGCM_SHA256);
            hybrid = Sessions.pinned(primitives, CipherSuite.X25519_MLKEM768_AESGCM_SHA256);
            certified = Sessions.certified(primitives, CipherSuite.X25519_AESGCM_SHA256);
            earlier = plain.connect();
        }
    }

    /** Ends of TLS. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Tls {
        private TlsPeers jdk;
        private TlsPeers boring;
        private TlsPeers boringAtItsBest;

        /** Makes certificates. */
        @Setup
        public void setUp() throws Exception {
            jdk = new TlsPeers(SslProvider.JDK, TlsPeers.Trust.JDK);
            boring = new TlsPeers(SslProvider.OPENSSL_REFCNT, TlsPeers.Trust.JDK);
            boringAtItsBest = new TlsPeers(SslProvider.OPENSSL_REFCNT, TlsPeers.Trust.ONE_SIGNATURE);
        }
    }

    /** XX, keys pinned. */
    @Benchmark
    public Object xx(Ours peers) {
        return closed(peers.plain.connect());
    }

    /** XX with ML-KEM-768, keys pinned. */
    @Benchmark
    public Object hybrid(Ours peers) {
        return closed(peers.hybrid.connect());
    }

    /** XX with a certificate on both sides. */
    @Benchmark
    public Object certified(Ours peers) {
        return closed(peers.certified.connect());
    }

    /** Going on from an earlier session. */
    @Benchmark
    public Object resumed(Ours peers) {
        Sessions.Pair next = peers.plain.resume(peers.earlier.gateway());
        peers.earlier = next;
        return closed(next);
    }

    /** TLS of the JDK. */
    @Benchmark
    public Object jdkTls(Tls peers) throws Exception {
        return peers.jdk.connect();
    }

    /** TLS of BoringSSL; certificates are checked by the JDK, as in Netty. */
    @Benchmark
    public Object boringTls(Tls peers) throws Exception {
        return closed(peers.boring.connect());
    }

    /** TLS of BoringSSL, which checks no more of a certificate than its one signature, by BoringSSL too. */
    @Benchmark
    public Object boringTlsAtItsBest(Tls peers) throws Exception {
        return closed(peers.boringAtItsBest.connect());
    }

    private static Object closed(Sessions.Pair pair) {
        pair.close();
        return pair;
    }

    private static Object closed(TlsPeers.Pair pair) {
        pair.close();
        return pair;
    }
}
