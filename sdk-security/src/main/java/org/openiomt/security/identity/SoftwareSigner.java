package org.openiomt.security.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.BigIntegers;

/**
 * A key in this process, with Bouncy Castle's arithmetic. ECDSA takes its nonce from the key and the message (RFC 6979), so
 * that a weak random generator cannot give the key away. The octets are wiped on close; copies inside Bouncy Castle live as
 * long as one signature takes, and then go with the collector.
 */
final class SoftwareSigner implements Signer {
    private static final ECDomainParameters CURVE =
            new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, SignatureAlgorithm.P256);

    private final SignatureAlgorithm algorithm;
    private final byte[] privateKey;
    private final PublicKey publicKey;
    private boolean isClosed;

    SoftwareSigner(SignatureAlgorithm algorithm, byte[] privateKey) {
        if (privateKey.length != SignatureAlgorithm.PRIVATE_KEY_LENGTH) {
            throw new IllegalArgumentException("a private key has " + SignatureAlgorithm.PRIVATE_KEY_LENGTH
                    + " octets, but got " + privateKey.length);
        }
        this.algorithm = algorithm;
        this.privateKey = privateKey.clone();
        this.publicKey = derive();
    }

    static SoftwareSigner generate(SignatureAlgorithm algorithm) {
        byte[] octets = new byte[SignatureAlgorithm.PRIVATE_KEY_LENGTH];
        SecureRandom random = new SecureRandom();
        try {
            do {
                random.nextBytes(octets);
            } while (algorithm == SignatureAlgorithm.ECDSA_P256 && !isScalar(new BigInteger(1, octets)));
            return new SoftwareSigner(algorithm, octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public synchronized byte[] sign(byte[] message) {
        if (isClosed) {
            throw new IllegalStateException("the signer is closed");
        }
        return switch (algorithm) {
            case ECDSA_P256 -> ecdsa(message);
            case ED25519 -> ed25519(message);
        };
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "Signer[" + algorithm + ", hidden]";
    }

    /** Returns the octets themselves, for the test that they are wiped. */
    byte[] octets() {
        return privateKey;
    }

    /** Copies the key into the JDK's form, for TLS; the JDK cannot wipe it. */
    synchronized PrivateKey toJdk() {
        if (isClosed) {
            throw new IllegalStateException("the signer is closed");
        }
        AsymmetricKeyParameter key = switch (algorithm) {
            case ECDSA_P256 -> ecKey();
            case ED25519 -> new Ed25519PrivateKeyParameters(privateKey);
        };
        try {
            byte[] encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded();
            return KeyFactory.getInstance(algorithm.keyAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IOException e) {
            throw new IdentityException("this JDK takes no key for " + algorithm, e);
        }
    }

    private byte[] ecdsa(byte[] message) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, ecKey());
        BigInteger[] numbers = signer.generateSignature(hash);
        byte[] signature = new byte[SignatureAlgorithm.SIGNATURE_LENGTH];
        int half = signature.length / 2;
        BigIntegers.asUnsignedByteArray(numbers[0], signature, 0, half);
        BigIntegers.asUnsignedByteArray(numbers[1], signature, half, half);
        return signature;
    }

    private byte[] ed25519(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(privateKey));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private ECPrivateKeyParameters ecKey() {
        return new ECPrivateKeyParameters(new BigInteger(1, privateKey), CURVE);
    }

    private PublicKey derive() {
        AsymmetricKeyParameter key = switch (algorithm) {
            case ECDSA_P256 -> {
                BigInteger scalar = new BigInteger(1, privateKey);
                if (!isScalar(scalar)) {
                    throw new IllegalArgumentException(
                            "a private key on P-256 is above 0 and below the order of the curve");
                }
                yield new ECPublicKeyParameters(CURVE.getG().multiply(scalar), CURVE);
            }
            case ED25519 -> new Ed25519PrivateKeyParameters(privateKey).generatePublicKey();
        };
        try {
            return algorithm.publicKey(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key));
        } catch (IOException e) {
            throw new AssertionError("a public key in memory", e);
        }
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(CURVE.getN()) < 0;
    }
}
