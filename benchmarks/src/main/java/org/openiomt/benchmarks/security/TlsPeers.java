package org.openiomt.benchmarks.security;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.NullUnmarked;
import org.openiomt.security.primitive.Primitives;

/** TLS 1.3 with certificates on both sides, one of P-256 each, in memory: by the JDK or by BoringSSL below Netty. */
@NullUnmarked
final class TlsPeers {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_TURNS = 40;

    private final SslContext server;
    private final SslContext client;
    private final boolean isDirect;

    /** Who checks certificates. */
    enum Trust {
        /** The JDK, whole paths. */
        JDK,
        /** Somebody who checks the signature of the leaf by Conscrypt and nothing else, to see what that check costs at least. */
        ONE_SIGNATURE
    }

    TlsPeers(SslProvider provider, Trust trust) throws Exception {
        KeyPair authority = keyPair();
        X509Certificate root = certificate("CN=root", authority, authority, "CN=root", true);
        KeyPair serverKey = keyPair();
        KeyPair clientKey = keyPair();
        X509Certificate serverLeaf = certificate("CN=server", serverKey, authority, "CN=root", false);
        X509Certificate clientLeaf = certificate("CN=client", clientKey, authority, "CN=root", false);
        TrustManager trusted = trust == Trust.JDK ? pathsTo(root) : new OneSignature(root);
        isDirect = provider != SslProvider.JDK;
        server = SslContextBuilder.forServer(serverKey.getPrivate(), serverLeaf)
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .trustManager(trusted)
                .clientAuth(ClientAuth.REQUIRE)
                .sessionCacheSize(1)
                .sessionTimeout(1)
                .build();
        client = SslContextBuilder.forClient()
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .keyManager(clientKey.getPrivate(), clientLeaf)
                .trustManager(trusted)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    /** Returns two ends that have shaken hands, whole: no session is resumed. */
    Pair connect() throws SSLException {
        Pair pair = new Pair(
                client.newEngine(UnpooledByteBufAllocator.DEFAULT),
                server.newEngine(UnpooledByteBufAllocator.DEFAULT),
                isDirect);
        pair.shake();
        return pair;
    }

    /** Two engines and what is on its way between them. */
    static final class Pair {
        private final SSLEngine client;
        private final SSLEngine server;
        private final ByteBuffer content;
        private final ByteBuffer toServer;
        private final ByteBuffer toClient;
        private final ByteBuffer opened;
        private final ByteBuffer nothing = ByteBuffer.allocate(0);

        private Pair(SSLEngine client, SSLEngine server, boolean isDirect) throws SSLException {
            this.content = buffer(isDirect);
            this.toServer = buffer(isDirect);
            this.toClient = buffer(isDirect);
            this.opened = buffer(isDirect);
            this.client = client;
            this.server = server;
            client.setUseClientMode(true);
            server.setUseClientMode(false);
        }

        private void shake() throws SSLException {
            client.beginHandshake();
            server.beginHandshake();
            for (int i = 0; i < MAX_TURNS && !(isDone(client) && isDone(server)); i++) {
                step(client, toServer, toClient);
                step(server, toClient, toServer);
            }
            if (!isDone(client) || !isDone(server)) {
                throw new SSLException("the handshake did not end");
            }
        }

        private static boolean isDone(SSLEngine engine) {
            return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
        }

        private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                engine.wrap(nothing, out);
            }
            in.flip();
            if (in.hasRemaining() || engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_UNWRAP) {
                engine.unwrap(in, opened);
                opened.clear();
            }
            in.compact();
        }

        private static ByteBuffer buffer(boolean isDirect) {
            return isDirect ? ByteBuffer.allocateDirect(BUFFER) : ByteBuffer.allocate(BUFFER);
        }

        /** Says what is sent from now on. */
        void fill(byte[] octets) {
            content.clear();
            content.put(octets).flip();
        }

        /** Sends that from the client to the server; returns how many octets arrived. */
        int send() throws SSLException {
            content.rewind();
            toServer.clear();
            opened.clear();
            client.wrap(content, toServer);
            toServer.flip();
            while (toServer.hasRemaining()) {
                server.unwrap(toServer, opened);
            }
            return opened.position();
        }

        /** Frees what is outside the heap. */
        void close() {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
        }
    }

    private static TrustManager pathsTo(X509Certificate root) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("root", root);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers()[0];
    }

    /** Checks the signature of a leaf. */
    private static final class OneSignature extends X509ExtendedTrustManager {
        private final Provider provider = Primitives.optionalConscrypt().orElseThrow();
        private final X509Certificate root;
        private final PublicKey key;

        OneSignature(X509Certificate root) throws Exception {
            this.root = root;
            this.key = KeyFactory.getInstance("EC", provider)
                    .generatePublic(new X509EncodedKeySpec(root.getPublicKey().getEncoded()));
        }

        private void check(X509Certificate leaf) throws CertificateException {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA", provider);
                signature.initVerify(key);
                signature.update(leaf.getTBSCertificate());
                if (!signature.verify(leaf.getSignature())) {
                    throw new CertificateException("not signed by the root");
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {root};
        }
    }

    static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static X509Certificate certificate(String name, KeyPair key, KeyPair issuerKey, String issuer, boolean isAuthority)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                new X500Name(name),
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    }
}
