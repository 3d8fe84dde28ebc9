package org.openiomt.benchmarks.security;

import com.southernstorm.noise.protocol.CipherState;
import io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sealing one frame and opening it, both ends on one thread, by AES-256-GCM of the JDK: a session's stream frame, and the bare
 * cipher with the same header as associated data, a nonce that counts, and buffers that are kept. Beside them the records of others;
 * those of TLS come from the JDK (buffers in the heap) and from BoringSSL (buffers outside of it, as Netty has them).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@NullUnmarked // JMH calls the set-up before any benchmark
public class FrameBenchmark {
    private static final byte[] NOTHING = {};
    private static final int HEADER = 3;
    private static final int TAG = 16;

    /** The length of what is sealed, in octets. */
    @Param({"64", "1024", "16384"})
    private int length;

    private byte[] content;
    private byte[] frame;
    private byte[] opened;

    /** Two ends of a session. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Ours {
        private Sessions.Pair pair;

        /** Shakes hands. */
        @Setup
        public void connect() {
            pair = Sessions.pinned(Primitives.preferred(), CipherSuite.X25519_AESGCM_SHA256)
                    .connect();
        }
    }

    /** The cipher alone, one object for each direction. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Raw {
        private final byte[] header = new byte[HEADER];
        private final byte[] nonce = new byte[12];
        private final SecretKey key = new SecretKeySpec(NoisePeers.filled(1), "AES");
        private Cipher seal;
        private Cipher open;
        private long number;

        /** Takes the ciphers of the provider that the session has. */
        @Setup
        public void setUp() throws Exception {
            Provider provider =
                    Security.getProvider(Primitives.preferred().aesGcm().provider());
            seal = Cipher.getInstance("AES/GCM/NoPadding", provider);
            open = Cipher.getInstance("AES/GCM/NoPadding", provider);
        }

        private void start(Cipher cipher, int mode) throws Exception {
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(header);
        }
    }

    /** noise-java with one cipher, after a handshake. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Noise {
        private CipherState aesSender;
        private CipherState aesReceiver;
        private CipherState chaChaSender;
        private CipherState chaChaReceiver;

        /** Shakes hands. */
        @Setup
        public void connect() throws Exception {
            NoisePeers.Pair aes = new NoisePeers("AESGCM").connect();
            aesSender = aes.initiator().getSender();
            aesReceiver = aes.responder().getReceiver();
            NoisePeers.Pair chaCha = new NoisePeers("ChaChaPoly").connect();
            chaChaSender = chaCha.initiator().getSender();
            chaChaReceiver = chaCha.responder().getReceiver();
        }
    }

    /** TLS 1.3 with certificates on both sides. */
    @State(Scope.Benchmark)
    @NullUnmarked
    public static class Tls {
        private TlsPeers.Pair jdk;
        private TlsPeers.Pair boring;

        /** Shakes hands. */
        @Setup
        public void connect(FrameBenchmark benchmark) throws Exception {
            jdk = new TlsPeers(SslProvider.JDK, TlsPeers.Trust.JDK).connect();
            jdk.fill(benchmark.content);
            boring = new TlsPeers(SslProvider.OPENSSL_REFCNT, TlsPeers.Trust.JDK).connect();
            boring.fill(benchmark.content);
        }

        /** Frees what is outside the heap. */
        @TearDown
        public void close() {
            boring.close();
        }
    }

    /** Makes the buffers. */
    @Setup
    public void setUp() {
        content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) i;
        }
        frame = new byte[HEADER + length + TAG];
        opened = new byte[length];
    }

    /** A frame of a session. */
    @Benchmark
    public int ours(Ours peers) {
        int sealed = peers.pair.gateway().sealer().seal(content, 0, length, NOTHING, frame, 0);
        return peers.pair
                .device()
                .opener()
                .open(frame, 0, sealed, NOTHING, opened, 0)
                .length();
    }

    /** The cipher alone. */
    @Benchmark
    public int raw(Raw raw) throws Exception {
        ByteBuffer.wrap(raw.nonce).putLong(4, raw.number++);
        raw.start(raw.seal, Cipher.ENCRYPT_MODE);
        int sealed = raw.seal.doFinal(content, 0, length, frame, HEADER);
        raw.start(raw.open, Cipher.DECRYPT_MODE);
        return raw.open.doFinal(frame, HEADER, sealed, opened, 0);
    }

    /** noise-java with AES-GCM. */
    @Benchmark
    public int noiseJavaAesGcm(Noise peers) throws Exception {
        int sealed = peers.aesSender.encryptWithAd(null, content, 0, frame, 0, length);
        return peers.aesReceiver.decryptWithAd(null, frame, 0, opened, 0, sealed);
    }

    /** noise-java with ChaCha20-Poly1305. */
    @Benchmark
    public int noiseJavaChaChaPoly(Noise peers) throws Exception {
        int sealed = peers.chaChaSender.encryptWithAd(null, content, 0, frame, 0, length);
        return peers.chaChaReceiver.decryptWithAd(null, frame, 0, opened, 0, sealed);
    }

    /** A record of TLS of the JDK. */
    @Benchmark
    public int jdkTls(Tls peers) throws Exception {
        return peers.jdk.send();
    }

    /** A record of TLS of BoringSSL. */
    @Benchmark
    public int boringTls(Tls peers) throws Exception {
        return peers.boring.send();
    }
}
