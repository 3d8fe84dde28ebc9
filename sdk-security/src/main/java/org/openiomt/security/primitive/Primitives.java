package org.openiomt.security.primitive;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primitives that a session computes with, one provider for each, chosen once. A caller who wants others puts them
 * together with the constructor, from {@link #of(Provider)}.
 *
 * @param aesGcm AES-256-GCM
 * @param chaChaPoly ChaCha20-Poly1305; absent where only approved primitives may be used
 * @param x25519 absent where only approved primitives may be used
 * @param p256 ECDH on P-256
 * @param mlKem768 ML-KEM-768
 * @param sha256 SHA-256
 */
public record Primitives(
        Aead aesGcm, Optional<Aead> chaChaPoly, Optional<Dh> x25519, Dh p256, Optional<Kem> mlKem768, Hash sha256) {
    private static final Logger log = LoggerFactory.getLogger(Primitives.class);

    private static final String JDK = "SunJCE";
    private static final String JDK_CURVES = "SunEC";
    private static final String CONSCRYPT = "Conscrypt";
    private static final String BOUNCY_CASTLE = "BC";
    private static final String CORRETTO = "AmazonCorrettoCryptoProvider";

    /** The first JDK whose own ChaCha20-Poly1305 and ML-KEM were measured to be as fast as what others have. */
    private static final int FAST_JDK = 25;

    /**
     * Returns the fastest that this process has, in the order that was measured. Each has given a known answer. Conscrypt is
     * used where it is on the class path or registered; Bouncy Castle never does bulk encryption.
     */
    public static Primitives preferred() {
        return Preferred.INSTANCE;
    }

    /**
     * Returns the fastest without some providers, by the names that they have in the JCA: {@code Conscrypt}, {@code SunJCE}.
     *
     * @throws IllegalStateException when none is left for AES-GCM or ECDH on P-256
     */
    public static Primitives preferredWithout(String... excluded) {
        return choose(Set.of(excluded));
    }

    /**
     * Returns the primitives of one provider only, such as a validated module. What it lacks is absent; it must have AES-GCM,
     * ECDH on P-256 and SHA-256.
     *
     * @throws IllegalArgumentException when one of these is missing or gives a wrong answer; the message names it
     */
    public static Primitives of(Provider provider) {
        SecureRandom random = new SecureRandom();
        List<Provider> only = List.of(provider);
        return new Primitives(
                require("AES-GCM", provider, aesGcm(only)),
                chaChaPoly(only),
                x25519(only, random),
                require("ECDH on P-256", provider, p256(only)),
                mlKem(only, random),
                Hashes.sha256(Optional.of(provider)));
    }

    /** Shows who computes what. */
    @Override
    public String toString() {
        return "Primitives[AES-GCM " + aesGcm.provider()
                + ", ChaCha20-Poly1305 " + chaChaPoly.map(Aead::provider).orElse("none")
                + ", X25519 " + x25519.map(Dh::provider).orElse("none")
                + ", P-256 " + p256.provider()
                + ", ML-KEM-768 " + mlKem768.map(Kem::provider).orElse("none") + "]";
    }

    private static Primitives choose(Set<String> excluded) {
        SecureRandom random = new SecureRandom();
        BouncyX25519 bouncyX25519 = new BouncyX25519(random);
        BouncyMlKem bouncyMlKem = new BouncyMlKem(random);
        boolean jdkFirst = Runtime.version().feature() >= FAST_JDK;
        Primitives chosen = new Primitives(
                aesGcm(providers(excluded, JDK, CORRETTO, CONSCRYPT))
                        .orElseThrow(() -> new IllegalStateException("this JDK has no AES-GCM")),
                chaChaPoly(jdkFirst ? providers(excluded, JDK, CONSCRYPT) : providers(excluded, CONSCRYPT, JDK)),
                x25519(providers(excluded, CONSCRYPT), random)
                        .or(() -> Choice.isRight(bouncyX25519) ? Optional.of(bouncyX25519) : Optional.empty())
                        .or(() -> x25519(providers(excluded, JDK_CURVES), random)),
                p256(providers(excluded, CONSCRYPT, CORRETTO, BOUNCY_CASTLE, JDK_CURVES))
                        .orElseThrow(() -> new IllegalStateException("no provider has ECDH on P-256")),
                (jdkFirst ? mlKem(providers(excluded, JDK), random) : Optional.<Kem>empty())
                        .or(() -> Choice.isRight(bouncyMlKem) ? Optional.of(bouncyMlKem) : Optional.empty()),
                Hashes.sha256(Optional.empty()));
        log.info("{}", chosen);
        return chosen;
    }

    private static Optional<Aead> aesGcm(List<Provider> providers) {
        return Choice.first(
                "AES-GCM", providers, provider -> (Aead) new JcaAead(JcaAead.Kind.AES_GCM, provider), Choice::isRight);
    }

    private static Optional<Aead> chaChaPoly(List<Provider> providers) {
        return Choice.first(
                "ChaCha20-Poly1305",
                providers,
                provider -> (Aead) new JcaAead(JcaAead.Kind.CHACHA20_POLY1305, provider),
                Choice::isRight);
    }

    private static Optional<Dh> x25519(List<Provider> providers, SecureRandom random) {
        return Choice.first("X25519", providers, provider -> (Dh) new JcaX25519(provider, random), Choice::isRight);
    }

    private static Optional<Dh> p256(List<Provider> providers) {
        return Choice.first("ECDH on P-256", providers, provider -> (Dh) new JcaP256(provider), Choice::isRight);
    }

    private static Optional<Kem> mlKem(List<Provider> providers, SecureRandom random) {
        return Choice.first("ML-KEM-768", providers, provider -> (Kem) new JdkMlKem(provider, random), Choice::isRight);
    }

    private static <T> T require(String what, Provider provider, Optional<T> found) {
        return found.orElseThrow(() ->
                new IllegalArgumentException(provider.getName() + " has no " + what + ", or computes it wrongly"));
    }

    /** Returns those that are there, in this order. */
    private static List<Provider> providers(Set<String> excluded, String... names) {
        return Arrays.stream(names)
                .filter(name -> !excluded.contains(name))
                .map(Primitives::provider)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Returns Conscrypt where it is registered or on the class path; it is never required. */
    public static Optional<Provider> optionalConscrypt() {
        return Optional.ofNullable(provider(CONSCRYPT));
    }

    private static @Nullable Provider provider(String name) {
        Provider registered = Security.getProvider(name);
        if (registered != null) {
            return registered;
        }
        return switch (name) {
            case CONSCRYPT -> conscrypt();
            case BOUNCY_CASTLE -> new BouncyCastleProvider();
            default -> null;
        };
    }

    /** Conscrypt is optional, so that no code may name it; its native part may be missing for this platform. */
    private static @Nullable Provider conscrypt() {
        try {
            return Class.forName("org.conscrypt.OpenSSLProvider")
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            log.debug("Conscrypt is not used: {}", e.toString());
            return null;
        }
    }

    private static final class Preferred {
        static final Primitives INSTANCE = choose(Set.of());
    }
}
