package org.openiomt.security.primitive;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.openiomt.core.spi.AuthenticationException;

/**
 * ECDH on P-256 with a JCA provider. A public key is the 65-octet uncompressed point of SEC 1, a private key a 32-octet
 * big-endian scalar, a secret the 32-octet x coordinate.
 */
final class JcaP256 implements Dh {
    private static final int FIELD_LENGTH = 32;
    private static final int POINT_LENGTH = 1 + 2 * FIELD_LENGTH;
    private static final byte UNCOMPRESSED = 4;

    private final Provider provider;
    private final ECParameterSpec curve;

    JcaP256(Provider provider) {
        this.provider = provider;
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            this.curve = parameters.getParameterSpec(ECParameterSpec.class);
            KeyAgreement.getInstance("ECDH", provider); // fails here and not in the middle of a handshake
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " has no ECDH on P-256", e);
        }
    }

    @Override
    public String name() {
        return "P256";
    }

    @Override
    public String provider() {
        return provider.getName();
    }

    @Override
    public int publicKeyLength() {
        return POINT_LENGTH;
    }

    @Override
    public int privateKeyLength() {
        return FIELD_LENGTH;
    }

    @Override
    public DhKeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new Pair(pair.getPrivate(), encode(((ECPublicKey) pair.getPublic()).getW()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no key on P-256", e);
        }
    }

    @Override
    public DhKeyPair pair(byte[] privateKey) {
        BigInteger scalar = new BigInteger(1, privateKey);
        if (privateKey.length != FIELD_LENGTH || scalar.signum() == 0 || scalar.compareTo(curve.getOrder()) >= 0) {
            throw new IllegalArgumentException(
                    "a private key has " + FIELD_LENGTH + " octets and is neither 0 nor beyond the order of the curve");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC", provider).generatePrivate(new ECPrivateKeySpec(scalar, curve));
            X9ECParameters sec = CustomNamedCurves.getByName("P-256");
            return new Pair(key, sec.getG().multiply(scalar).getEncoded(false));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " takes no such private key on P-256", e);
        }
    }

    /** Returns the pair of a key that stays where it is. */
    DhKeyPair pair(PrivateKey privateKey, ECPublicKey publicKey) {
        byte[] octets = encode(publicKey.getW());
        try {
            decode(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a key on P-256", e);
        }
        return new Pair(privateKey, octets);
    }

    /** Returns the point, checked to be on the curve. */
    private PublicKey decode(byte[] octets) throws GeneralSecurityException {
        if (octets.length != POINT_LENGTH || octets[0] != UNCOMPRESSED) {
            throw new InvalidKeyException("no uncompressed point");
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = new BigInteger(1, octets, 1, FIELD_LENGTH);
        BigInteger y = new BigInteger(1, octets, 1 + FIELD_LENGTH, FIELD_LENGTH);
        BigInteger right = x.modPow(BigInteger.valueOf(3), p)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(right)) {
            throw new InvalidKeyException("not on the curve");
        }
        return KeyFactory.getInstance("EC", provider).generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    }

    private static byte[] encode(ECPoint point) {
        byte[] octets = new byte[POINT_LENGTH];
        octets[0] = UNCOMPRESSED;
        copy(point.getAffineX(), octets, 1);
        copy(point.getAffineY(), octets, 1 + FIELD_LENGTH);
        return octets;
    }

    private static void copy(BigInteger number, byte[] octets, int offset) {
        byte[] bytes = number.toByteArray(); // may have a zero in front, or be shorter
        int length = Math.min(bytes.length, FIELD_LENGTH);
        System.arraycopy(bytes, bytes.length - length, octets, offset + FIELD_LENGTH - length, length);
    }

    private final class Pair extends OwnedKeyPair<PrivateKey> implements DhKeyPair {
        Pair(PrivateKey privateKey, byte[] publicKey) {
            super(privateKey, publicKey);
        }

        @Override
        public byte[] agree(byte[] peer) {
            PrivateKey key = privateKey();
            try {
                KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
                agreement.init(key);
                agreement.doPhase(decode(peer), true);
                return agreement.generateSecret();
            } catch (GeneralSecurityException e) {
                throw new AuthenticationException();
            }
        }
    }
}
