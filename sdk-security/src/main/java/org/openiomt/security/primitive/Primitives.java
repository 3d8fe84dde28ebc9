package org.openiomt.security.primitive;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The primitives that a session computes with, one provider for each, chosen once.
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
    /** The JDK's own first: another provider in front of it may be a hundred times slower. */
    private static final List<String> AES_GCM = List.of("SunJCE");

    /** Returns the fastest that this process has, as measured (docs/decisions). Bouncy Castle never does bulk encryption. */
    public static Primitives preferred() {
        return Preferred.INSTANCE;
    }

    /**
     * Returns the primitives of one provider only, such as a validated module. What it lacks is absent; it must have AES-GCM,
     * ECDH on P-256 and SHA-256.
     *
     * @throws IllegalArgumentException when one of these is missing; the message names it
     */
    public static Primitives of(Provider provider) {
        return new Primitives(
                new JcaAead(JcaAead.Kind.AES_GCM, provider),
                Optional.empty(),
                Optional.empty(),
                new JcaP256(provider),
                Optional.empty(),
                Hashes.sha256(Optional.of(provider)));
    }

    private static Primitives choose() {
        SecureRandom random = new SecureRandom();
        Provider bouncyCastle = new BouncyCastleProvider();
        return new Primitives(
                new JcaAead(JcaAead.Kind.AES_GCM, first(AES_GCM, "Cipher", "AES/GCM/NoPadding")),
                Optional.of(new JcaAead(JcaAead.Kind.CHACHA20_POLY1305, first(AES_GCM, "Cipher", "ChaCha20-Poly1305"))),
                Optional.of(new BouncyX25519(random)),
                new JcaP256(bouncyCastle),
                Optional.of(new BouncyMlKem(random)),
                Hashes.sha256(Optional.empty()));
    }

    private static Provider first(List<String> names, String type, String algorithm) {
        for (String name : names) {
            Provider provider = Security.getProvider(name);
            if (provider != null) {
                return provider;
            }
        }
        Provider[] having = Security.getProviders(type + "." + algorithm);
        if (having == null || having.length == 0) {
            throw new IllegalStateException("this JDK has no " + algorithm);
        }
        return having[0];
    }

    private static final class Preferred {
        static final Primitives INSTANCE = choose();
    }
}
