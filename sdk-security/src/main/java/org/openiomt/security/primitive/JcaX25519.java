package org.openiomt.security.primitive;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openiomt.core.spi.AuthenticationException;

/** X25519 (RFC 7748) of a JCA provider. Keys go in and out in the encodings of RFC 8410. */
final class JcaX25519 implements Dh {
    private static final int LENGTH = 32;
    private static final KeyEncoding PRIVATE = new KeyEncoding("302e020100300506032b656e04220420", LENGTH);
    private static final KeyEncoding PUBLIC = new KeyEncoding("302a300506032b656e032100", LENGTH);

    private final Provider provider;
    private final SecureRandom random;
    private final String algorithm;

    JcaX25519(Provider provider, SecureRandom random) {
        this.provider = provider;
        this.random = random;
        this.algorithm = provider.getService("KeyAgreement", "X25519") != null ? "X25519" : "XDH";
        try { // fails here and not in the middle of a handshake
            KeyAgreement.getInstance(algorithm, provider);
            KeyFactory.getInstance(algorithm, provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " has no X25519", e);
        }
    }

    @Override
    public String name() {
        return "25519";
    }

    @Override
    public String provider() {
        return provider.getName();
    }

    @Override
    public int publicKeyLength() {
        return LENGTH;
    }

    @Override
    public int privateKeyLength() {
        return LENGTH;
    }

    @Override
    public DhKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
            return new Pair(pair.getPrivate(), PUBLIC.decode(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no key for X25519", e);
        }
    }

    @Override
    public DhKeyPair pair(byte[] privateKey) {
        if (privateKey.length != LENGTH) {
            throw new IllegalArgumentException("a private key has " + LENGTH + " octets, but got " + privateKey.length);
        }
        byte[] encoded = PRIVATE.encode(privateKey);
        try {
            byte[] publicKey = new byte[LENGTH];
            X25519.generatePublicKey(
                    privateKey, 0, publicKey, 0); // the JCA has no way from a private key to its public one
            return new Pair(factory().generatePrivate(new PKCS8EncodedKeySpec(encoded)), publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " takes no such private key for X25519", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm, provider);
    }

    private final class Pair extends OwnedKeyPair<PrivateKey> implements DhKeyPair {
        Pair(PrivateKey privateKey, byte[] publicKey) {
            super(privateKey, publicKey);
        }

        @Override
        public byte[] agree(byte[] peer) {
            PrivateKey key = privateKey();
            if (peer.length != LENGTH) {
                throw new AuthenticationException();
            }
            byte[] secret;
            try {
                KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
                agreement.init(key, random);
                agreement.doPhase(factory().generatePublic(new X509EncodedKeySpec(PUBLIC.encode(peer))), true);
                secret = agreement.generateSecret();
            } catch (GeneralSecurityException | IllegalStateException e) {
                throw new AuthenticationException(); // among others a point of small order
            }
            int or = 0;
            for (byte octet : secret) {
                or |= octet;
            }
            if (or == 0) {
                throw new AuthenticationException(); // everybody knows this secret
            }
            return secret;
        }
    }
}
