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

    private static byte[] publicKey(byte[] privateKey) {
        byte[] key = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(privateKey, 0, key, 0);
        return key;
    }

    private static final class Pair extends OwnedKeyPair<byte[]> implements DhKeyPair {
        private final byte[] privateKey;

        Pair(byte[] privateKey) {
            super(privateKey, BouncyX25519.publicKey(privateKey));
            this.privateKey = privateKey;
        }

        @Override
        public synchronized byte[] agree(byte[] peer) {
            byte[] key = privateKey();
            if (peer.length != X25519.POINT_SIZE) {
                throw new AuthenticationException();
            }
            byte[] secret = new byte[X25519.POINT_SIZE];
            if (!X25519.calculateAgreement(key, 0, peer, 0, secret, 0)) {
                throw new AuthenticationException(); // a point of small order: everybody knows the secret
            }
            return secret;
        }

        /** Wipes the key, not before a computation with it has ended. */
        @Override
        public synchronized void close() {
            super.close();
            Arrays.fill(privateKey, (byte) 0);
        }
    }
}
