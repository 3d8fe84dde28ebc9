package org.openiomt.security.sealed;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import org.openiomt.security.file.KeyFile;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

/**
 * Keys of readers and publishers as files of one line of ASCII: what it is, where it matters the suite, and the octets in Base64.
 * <pre>
 * openiomt-reader-key x25519-mlkem768 kP3...=
 * openiomt-reader x25519-mlkem768 8Aq...=
 * openiomt-publisher-key ed25519 p0x...=
 * openiomt-publisher ed25519 MCo...=
 * </pre>
 * A reader's public key is that of its suite, a publisher's an X.509 SubjectPublicKeyInfo, and its private key a seed (RFC 8032);
 * a key that signs in a token needs no file.
 * Files with a private key ({@code -key}) are made for their owner alone, and are refused when others may read them.
 */
public final class SealedKeyFiles {
    private static final String READER_KEY = "openiomt-reader-key";
    private static final String READER = "openiomt-reader";
    private static final String PUBLISHER_KEY = "openiomt-publisher-key";
    private static final String PUBLISHER = "openiomt-publisher";
    private static final String ED25519 = "ed25519";

    private SealedKeyFiles() {}

    /** Writes a private key, in place of what was there. */
    public static void write(Path file, ReaderKey key) {
        KeyFile.writeSecret(file, READER_KEY, key.publicKey().suite().word(), key.secret());
    }

    /** Writes a public key, in place of what was there. */
    public static void write(Path file, ReaderPublicKey key) {
        KeyFile.write(file, READER, key.suite().word(), key.octets());
    }

    /**
     * Makes a key of Ed25519 and writes it, in place of what was there.
     *
     * @return what signs with it; the caller's
     */
    public static Signer newPublisherKey(Path file) {
        byte[] seed = new byte[SignatureAlgorithm.PRIVATE_KEY_LENGTH];
        new SecureRandom().nextBytes(seed);
        Signer signer = Signer.of(SignatureAlgorithm.ED25519, seed);
        KeyFile.writeSecret(file, PUBLISHER_KEY, ED25519, seed);
        return signer;
    }

    /** Writes a public key of Ed25519, in place of what was there. */
    public static void write(Path file, PublicKey key) {
        if (SignatureAlgorithm.of(key)
                .filter(SignatureAlgorithm.ED25519::equals)
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a public key of Ed25519, but got one of " + key.getAlgorithm());
        }
        KeyFile.write(file, PUBLISHER, ED25519, key.getEncoded());
    }

    /**
     * Reads a private key.
     *
     * @throws IdentityException when the file is missing, something else, or open to others; names it and what to do
     */
    public static ReaderKey readReaderKey(Path file) {
        return KeyFile.readSecret(file, READER_KEY, (word, octets) -> ReaderKey.of(suite(word), octets));
    }

    /**
     * Reads a public key.
     *
     * @throws IdentityException when the file is missing, something else, or can be changed by others; names it and what to do
     */
    public static ReaderPublicKey readReader(Path file) {
        return KeyFile.read(file, READER, (word, octets) -> ReaderPublicKey.of(suite(word), octets));
    }

    /**
     * Reads a private key.
     *
     * @throws IdentityException when the file is missing, something else, or open to others; names it and what to do
     */
    public static Signer readPublisherKey(Path file) {
        return KeyFile.readSecret(file, PUBLISHER_KEY, (word, octets) -> {
            requireEd25519(word);
            return Signer.of(SignatureAlgorithm.ED25519, octets);
        });
    }

    /**
     * Reads a public key.
     *
     * @throws IdentityException when the file is missing, something else, or can be changed by others; names it and what to do
     */
    public static PublicKey readPublisher(Path file) {
        return KeyFile.read(file, PUBLISHER, (word, octets) -> {
            requireEd25519(word);
            return publicKey(octets);
        });
    }

    private static SealedSuite suite(String word) {
        return SealedSuite.named(word)
                .orElseThrow(() -> new IllegalArgumentException("the suite " + word + " is not known"));
    }

    private static void requireEd25519(String word) {
        if (!word.equals(ED25519)) {
            throw new IllegalArgumentException("expected " + ED25519);
        }
    }

    private static PublicKey publicKey(byte[] octets) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("these octets are no public key of Ed25519", e);
        }
    }
}
