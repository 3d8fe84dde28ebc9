package org.openiomt.security.primitive;

import java.security.Provider;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openiomt.core.spi.AuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses for a primitive the first provider that is there and that gives the known answer. */
final class Choice {
    private static final Logger log = LoggerFactory.getLogger(Choice.class);
    private static final byte[] NOTHING = {};

    private Choice() {}

    /**
     * Returns the first that can be made and passes its test.
     *
     * @param providers in order of preference
     */
    static <T> Optional<T> first(
            String what, List<Provider> providers, Function<Provider, T> make, Predicate<T> isRight) {
        for (Provider provider : providers) {
            Optional<T> made = made(provider, make);
            if (made.isPresent()) {
                if (isRight.test(made.get())) {
                    log.debug("{} is computed by {}", what, provider.getName());
                    return made;
                }
                log.warn("{} of {} gives a wrong answer: another provider is asked", what, provider.getName());
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> made(Provider provider, Function<Provider, T> make) {
        try {
            return Optional.of(make.apply(provider));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the provider has no such thing
        }
    }

    /** Whether a cipher gives the known answer of all-zero key, nonce and content, and opens it again. */
    static boolean isRight(Aead aead) {
        // AES-GCM: test case 14 of its submission to NIST. ChaCha20-Poly1305: computed from RFC 8439 by a separate
        // program.
        String known = switch (aead.name()) {
            case "AESGCM" -> "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";
            case "ChaChaPoly" -> "9f07e7be5551387a98ba977c732d080dc34a88047320f52aa2c6683ef8084d2f";
            default -> throw new AssertionError(aead.name());
        };
        byte[] zeros = new byte[Aead.KEY_LENGTH];
        byte[] sealed = new byte[16 + Aead.TAG_LENGTH];
        byte[] opened = new byte[16];
        try (AeadKey key = aead.key(zeros, 0)) {
            key.seal(0, NOTHING, 0, 0, NOTHING, zeros, 0, 16, sealed, 0);
        }
        if (!HexFormat.of().formatHex(sealed).equals(known)) {
            return false;
        }
        try (AeadKey key = aead.key(zeros, 0)) {
            key.open(0, NOTHING, 0, 0, NOTHING, sealed, 0, sealed.length, opened, 0);
        }
        return Arrays.equals(opened, new byte[16]);
    }

    /** Whether two pairs of known private keys agree on the same secret, and on no secret with the point zero. */
    static boolean isRight(Dh dh) {
        byte[] first = new byte[dh.privateKeyLength()];
        byte[] second = new byte[dh.privateKeyLength()];
        Arrays.fill(first, (byte) 1);
        Arrays.fill(second, (byte) 2);
        try (DhKeyPair one = dh.pair(first);
                DhKeyPair two = dh.pair(second)) {
            byte[] secret = one.agree(two.publicKey());
            if (!Arrays.equals(secret, two.agree(one.publicKey()))
                    || !known(dh.name()).equals(hex(secret))) {
                return false;
            }
            one.agree(new byte[dh.publicKeyLength()]);
            return false;
        } catch (AuthenticationException e) {
            return true;
        }
    }

    /** Whether a secret comes back, for a known pair and for a new one. */
    static boolean isRight(Kem kem) {
        try (KemKeyPair known = kem.pair(new byte[Kem.SEED_LENGTH]);
                KemKeyPair fresh = kem.generate()) {
            Kem.Encapsulated first = kem.encapsulate(known.publicKey());
            Kem.Encapsulated second = kem.encapsulate(fresh.publicKey());
            return Arrays.equals(known.decapsulate(first.encapsulation()), first.secret())
                    && Arrays.equals(fresh.decapsulate(second.encapsulation()), second.secret())
                    && !Arrays.equals(first.secret(), second.secret());
        }
    }

    private static String known(String dh) {
        return switch (dh) {
            case "25519" -> "2ed76ab549b1e73c031eb49c9448f0798aea81b698279a0c3dc3e49fbfc4b953";
            case "P256" -> "eb459a6b30d70eb4c0ddcd34ea96ed59e8f8d1843c22dd895ab603aa13d9a81d";
            default -> throw new AssertionError(dh);
        };
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
