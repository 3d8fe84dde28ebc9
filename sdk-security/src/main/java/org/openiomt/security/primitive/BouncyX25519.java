package org.openiomt.security.primitive;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openiomt.core.spi.AuthenticationException;

/** X25519 (RFC 7748) of Bouncy Castle. */
final class BouncyX25519 implements Dh {
    private final SecureRandom random;

    BouncyX25519(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "25519";
    }

    @Override
    public String provider() {
        return "Bouncy Castle";
    }

    @Override
    public int publicKeyLength() {
        return X25519.POINT_SIZE;
    }

    @Override
    public int privateKeyLength() {
        return X25519.SCALAR_SIZE;
    }

    @Override
    public DhKeyPair generate() {
        byte[] key = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, key);
        return new Pair(key);
    }

    @Override
    public DhKeyPair pair(byte[] privateKey) {
        if (privateKey.length != X25519.SCALAR_SIZE) {
            throw new IllegalArgumentException(
                    "a private key has " + X25519.SCALAR_SIZE + " octets, but got " + privateKey.length);
        }
        return new Pair(privateKey.clone());
    }

    private static final class Pair implements DhKeyPair {
        private final byte[] privateKey;
        private final byte[] publicKey = new byte[X25519.POINT_SIZE];
        private boolean isClosed;

        Pair(byte[] privateKey) {
            this.privateKey = privateKey;
            X25519.generatePublicKey(privateKey, 0, publicKey, 0);
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public synchronized byte[] agree(byte[] peer) {
            if (isClosed) {
                throw new IllegalStateException("the key pair is closed");
            }
            if (peer.length != X25519.POINT_SIZE) {
                throw new AuthenticationException();
            }
            byte[] secret = new byte[X25519.POINT_SIZE];
            if (!X25519.calculateAgreement(privateKey, 0, peer, 0, secret, 0)) {
                throw new AuthenticationException(); // a point of small order: everybody knows the secret
            }
            return secret;
        }

        @Override
        public synchronized void close() {
            isClosed = true;
            Arrays.fill(privateKey, (byte) 0);
        }

        @Override
        public String toString() {
            return "DhKeyPair[hidden]";
        }
    }
}
