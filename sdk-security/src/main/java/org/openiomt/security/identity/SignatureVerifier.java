package org.openiomt.security.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.openiomt.security.primitive.Primitives;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks signatures. The provider of each algorithm is chosen once and has to pass a known answer first: believe the genuine
 * signature, refuse a changed one, and refuse r = s = 0 (CVE-2022-21449). May be used by several threads.
 */
public final class SignatureVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureVerifier.class);

    private final Map<SignatureAlgorithm, Engine> engines = new EnumMap<>(SignatureAlgorithm.class);

    /** Someone who can compute; knows no lengths and no ranges. */
    interface Engine {
        String name();

        boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
                throws GeneralSecurityException;
    }

    private SignatureVerifier(List<Engine> candidates, boolean isNextTried) {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            for (Engine candidate : candidates) {
                Optional<String> fault = KnownAnswer.of(algorithm).fault(candidate);
                if (fault.isEmpty()) {
                    engines.put(algorithm, candidate);
                    break;
                }
                if (!isNextTried && algorithm == SignatureAlgorithm.ECDSA_P256) {
                    throw new IdentityException(candidate.name() + " " + fault.get() + ": use another provider");
                }
                LOG.warn("{} is not used for {}: it {}", candidate.name(), algorithm, fault.get());
            }
        }
    }

    /** Returns the verifier of this process: Conscrypt where it is there, else Bouncy Castle. */
    public static SignatureVerifier standard() {
        return Standard.INSTANCE;
    }

    /**
     * Returns a verifier that leaves everything to one provider, as a FIPS-style profile asks for.
     *
     * @throws IdentityException when it fails a known answer of ECDSA on P-256; one without Ed25519 refuses all of its signatures
     */
    public static SignatureVerifier of(Provider provider) {
        return new SignatureVerifier(List.of(new Jca(provider)), false);
    }

    /** Returns a verifier on one engine. */
    static SignatureVerifier of(Engine engine) {
        return new SignatureVerifier(List.of(engine), false);
    }

    /** Returns all that {@link #standard()} may choose from here, best first. */
    static List<Engine> candidates() {
        List<Engine> candidates = new ArrayList<>();
        Primitives.optionalConscrypt().ifPresent(provider -> candidates.add(new Jca(provider)));
        candidates.add(new BouncyCastle());
        return candidates;
    }

    /**
     * Returns whether the owner of a key has signed a message.
     *
     * @param signature any octets; all but {@link SignatureAlgorithm#SIGNATURE_LENGTH} are refused
     */
    public boolean isGenuine(PublicKey key, byte[] message, byte[] signature) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.of(key);
        return algorithm.isPresent() && isGenuine(algorithm.get(), key, message, signature);
    }

    private boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature) {
        Engine engine = engines.get(algorithm);
        if (engine == null || !algorithm.isInRange(signature)) {
            return false;
        }
        try {
            return engine.isGenuine(algorithm, key, message, signature);
        } catch (GeneralSecurityException | ProviderException e) {
            return false; // refused by an exception is refused
        }
    }

    /** Returns whether a certificate has been signed by an algorithm that this computes with the key of its issuer. */
    public boolean knows(PublicKey issuer, X509Certificate certificate) {
        return algorithm(issuer, certificate).isPresent();
    }

    /**
     * Returns whether the owner of a key has signed a certificate, by an algorithm that this {@link #knows}. The signature has to
     * be in DER.
     */
    public boolean isGenuine(PublicKey issuer, X509Certificate certificate) {
        Optional<SignatureAlgorithm> algorithm = algorithm(issuer, certificate);
        if (algorithm.isEmpty()) {
            return false;
        }
        byte[] encoded = certificate.getSignature();
        try {
            byte[] signature = algorithm.get().fromX509(encoded);
            return Arrays.equals(algorithm.get().toX509(signature), encoded)
                    && isGenuine(algorithm.get(), issuer, certificate.getTBSCertificate(), signature);
        } catch (CertificateEncodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // another number of numbers, or longer ones
        }
    }

    private Optional<SignatureAlgorithm> algorithm(PublicKey issuer, X509Certificate certificate) {
        return SignatureAlgorithm.of(issuer)
                .filter(engines::containsKey)
                .filter(algorithm -> algorithm.oid().equals(certificate.getSigAlgOID()));
    }

    /** Returns who computes this algorithm here, for logs and reports; empty when nobody. */
    public Optional<String> provider(SignatureAlgorithm algorithm) {
        return Optional.ofNullable(engines.get(algorithm)).map(Engine::name);
    }

    @Override
    public String toString() {
        return "SignatureVerifier"
                + engines.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().name())
                        .toList();
    }

    /** A provider of the JCA. */
    record Jca(Provider provider) implements Engine {
        @Override
        public String name() {
            return provider.getName();
        }

        @Override
        public boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
                throws GeneralSecurityException {
            Signature check = Signature.getInstance(algorithm.jcaName(), provider);
            check.initVerify(KeyFactory.getInstance(algorithm.keyAlgorithm(), provider)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded())));
            check.update(message);
            return check.verify(algorithm.toX509(signature));
        }
    }

    /** The arithmetic of Bouncy Castle, below its provider. */
    record BouncyCastle() implements Engine {
        @Override
        public String name() {
            return "Bouncy Castle";
        }

        @Override
        public boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
                throws GeneralSecurityException {
            try {
                return switch (algorithm) {
                    case ECDSA_P256 ->
                        ecdsa((ECPublicKeyParameters) PublicKeyFactory.createKey(key.getEncoded()), message, signature);
                    case ED25519 ->
                        ed25519(
                                (Ed25519PublicKeyParameters) PublicKeyFactory.createKey(key.getEncoded()),
                                message,
                                signature);
                };
            } catch (IOException | IllegalArgumentException e) {
                throw new SignatureException("no public key for " + algorithm, e);
            }
        }

        private static boolean ecdsa(ECPublicKeyParameters key, byte[] message, byte[] signature) {
            SHA256Digest digest = new SHA256Digest();
            digest.update(message, 0, message.length);
            byte[] hash = new byte[digest.getDigestSize()];
            digest.doFinal(hash, 0);
            ECDSASigner check = new ECDSASigner();
            check.init(false, key);
            int half = signature.length / 2;
            return check.verifySignature(
                    hash, new BigInteger(1, signature, 0, half), new BigInteger(1, signature, half, half));
        }

        private static boolean ed25519(Ed25519PublicKeyParameters key, byte[] message, byte[] signature) {
            Ed25519Signer check = new Ed25519Signer();
            check.init(false, key);
            check.update(message, 0, message.length);
            return check.verifySignature(signature);
        }
    }

    /** A message, its signature, and what has to be refused. */
    private record KnownAnswer(SignatureAlgorithm algorithm, String key, String message, String signature) {
        /** RFC 6979, A.2.5, SHA-256, "sample"; RFC 8032, 7.1, TEST 2. */
        static KnownAnswer of(SignatureAlgorithm algorithm) {
            return switch (algorithm) {
                case ECDSA_P256 ->
                    new KnownAnswer(
                            algorithm,
                            "3059301306072a8648ce3d020106082a8648ce3d030107034200"
                                    + "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                                    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
                            "73616d706c65",
                            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                                    + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
                case ED25519 ->
                    new KnownAnswer(
                            algorithm,
                            "302a300506032b6570032100"
                                    + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                            "72",
                            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
            };
        }

        /** Returns what an engine does wrong; empty when it may be used. */
        Optional<String> fault(Engine engine) {
            byte[] genuine = HexFormat.of().parseHex(signature);
            byte[] changed = genuine.clone();
            changed[changed.length - 2] ^= 1;
            try {
                PublicKey publicKey = KeyFactory.getInstance(algorithm.keyAlgorithm())
                        .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(key)));
                byte[] text = HexFormat.of().parseHex(message);
                if (!engine.isGenuine(algorithm, publicKey, text, genuine)) {
                    return Optional.of("refuses a genuine signature");
                }
                if (isBelieved(engine, publicKey, text, changed)) {
                    return Optional.of("believes a changed signature");
                }
                return isBelieved(engine, publicKey, text, new byte[genuine.length])
                        ? Optional.of("believes r = s = 0 (CVE-2022-21449)")
                        : Optional.empty();
            } catch (GeneralSecurityException | ProviderException e) {
                return Optional.of("cannot compute it");
            }
        }

        private boolean isBelieved(Engine engine, PublicKey publicKey, byte[] text, byte[] forged) {
            try {
                return engine.isGenuine(algorithm, publicKey, text, forged);
            } catch (GeneralSecurityException | ProviderException e) {
                return false; // refused by an exception is refused
            }
        }
    }

    private static final class Standard {
        static final SignatureVerifier INSTANCE = new SignatureVerifier(candidates(), true);
    }
}
