package org.openiomt.security.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.util.BigIntegers;

/** How an identity signs: a closed list. A signature on the wire has {@value #SIGNATURE_LENGTH} octets in every case. */
public enum SignatureAlgorithm {
    /** ECDSA on P-256 with SHA-256 (FIPS 186-5); r and s, 32 octets each, most significant first. */
    ECDSA_P256(1, "EC", "SHA256withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA256),
    /** Ed25519 (RFC 8032). */
    ED25519(2, "Ed25519", "Ed25519", EdECObjectIdentifiers.id_Ed25519);

    /** The length of a signature, in octets. */
    public static final int SIGNATURE_LENGTH = 64;

    /** The length of a private key, in octets. */
    public static final int PRIVATE_KEY_LENGTH = 32;

    static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    private static final int COORDINATE = 32;

    private final int code;
    private final String keyAlgorithm;
    private final String jcaName;
    private final String oid;

    SignatureAlgorithm(int code, String keyAlgorithm, String jcaName, ASN1ObjectIdentifier oid) {
        this.code = code;
        this.keyAlgorithm = keyAlgorithm;
        this.jcaName = jcaName;
        this.oid = oid.getId();
    }

    /** Returns the number that stands for it on the wire: 1 or 2. */
    public int code() {
        return code;
    }

    /** Returns the algorithm with this number; empty when none has it. */
    public static Optional<SignatureAlgorithm> ofCode(int code) {
        return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
    }

    /** Returns the algorithm that a key is for; empty when it is for none of these: another curve, RSA. */
    public static Optional<SignatureAlgorithm> of(PublicKey key) {
        if (key.getEncoded() == null) {
            return Optional.empty();
        }
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return X9ObjectIdentifiers.prime256v1.equals(algorithm.getParameters())
                    ? Optional.of(ECDSA_P256)
                    : Optional.empty();
        }
        return algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
                ? Optional.of(ED25519)
                : Optional.empty();
    }

    /** Returns the name in the JCA. */
    String jcaName() {
        return jcaName;
    }

    /** Returns the name of the keys in the JCA. */
    String keyAlgorithm() {
        return keyAlgorithm;
    }

    /** Returns the object identifier in certificates (RFC 5758, RFC 8410), where it stands without parameters. */
    public String oid() {
        return oid;
    }

    /** Turns {@link #SIGNATURE_LENGTH} octets into what certificates and the JCA hold: for ECDSA, DER. */
    public byte[] toX509(byte[] signature) {
        requireLength(signature);
        if (this == ED25519) {
            return signature.clone();
        }
        DERSequence both = new DERSequence(new ASN1Integer[] {
            new ASN1Integer(new BigInteger(1, signature, 0, COORDINATE)),
            new ASN1Integer(new BigInteger(1, signature, COORDINATE, COORDINATE))
        });
        try {
            return both.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new AssertionError("two numbers in memory", e);
        }
    }

    /** The mirror of {@link #toX509}, for what a provider of ours has made. */
    byte[] fromX509(byte[] signature) {
        if (this == ED25519) {
            requireLength(signature);
            return signature.clone();
        }
        ASN1Sequence both = ASN1Sequence.getInstance(signature);
        byte[] octets = new byte[SIGNATURE_LENGTH];
        for (int i = 0; i < 2; i++) {
            BigInteger number = ASN1Integer.getInstance(both.getObjectAt(i)).getPositiveValue();
            BigIntegers.asUnsignedByteArray(number, octets, i * COORDINATE, COORDINATE);
        }
        return octets;
    }

    /** Returns whether the octets could be a signature at all: the length, and for ECDSA 0 &lt; r, s &lt; n. */
    boolean isInRange(byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        if (this == ED25519) {
            return true; // s < L is checked by every provider: RFC 8032, 5.1.7
        }
        for (int at = 0; at < SIGNATURE_LENGTH; at += COORDINATE) {
            BigInteger number = new BigInteger(1, signature, at, COORDINATE);
            if (number.signum() == 0 || number.compareTo(P256.getN()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the JDK's form of a public key. */
    PublicKey publicKey(SubjectPublicKeyInfo info) {
        try {
            return KeyFactory.getInstance(keyAlgorithm).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException | IOException e) {
            throw new IdentityException("this JDK takes no public key for " + jcaName, e);
        }
    }

    private static void requireLength(byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new IllegalArgumentException(
                    "a signature has " + SIGNATURE_LENGTH + " octets, but got " + signature.length);
        }
    }
}
