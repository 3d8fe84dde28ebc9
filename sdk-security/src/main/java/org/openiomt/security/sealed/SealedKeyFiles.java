package org.openiomt.security.sealed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
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
    private static final int MAX_FILE_OCTETS = 4_096;
    private static final int WORDS = 3;
    private static final Set<PosixFilePermission> FOREIGN = PosixFilePermissions.fromString("---rwxrwx");
    private static final Set<PosixFilePermission> FOREIGN_WRITE = PosixFilePermissions.fromString("----w--w-");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SealedKeyFiles() {}

    /** Writes a private key, in place of what was there. */
    public static void write(Path file, ReaderKey key) {
        writeSecret(file, READER_KEY, key.publicKey().suite().word(), key.secret());
    }

    /** Writes a public key, in place of what was there. */
    public static void write(Path file, ReaderPublicKey key) {
        write(file, line(READER, key.suite().word(), key.octets()));
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
        writeSecret(file, PUBLISHER_KEY, ED25519, seed);
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
        write(file, line(PUBLISHER, ED25519, key.getEncoded()));
    }

    /**
     * Reads a private key.
     *
     * @throws IdentityException when the file is missing, something else, or open to others; names it and what to do
     */
    public static ReaderKey readReaderKey(Path file) {
        return read(file, READER_KEY, FOREIGN, (word, octets) -> ReaderKey.of(suite(word), octets));
    }

    /**
     * Reads a public key.
     *
     * @throws IdentityException when the file is missing, something else, or can be changed by others; names it and what to do
     */
    public static ReaderPublicKey readReader(Path file) {
        return read(file, READER, FOREIGN_WRITE, (word, octets) -> ReaderPublicKey.of(suite(word), octets));
    }

    /**
     * Reads a private key.
     *
     * @throws IdentityException when the file is missing, something else, or open to others; names it and what to do
     */
    public static Signer readPublisherKey(Path file) {
        return read(file, PUBLISHER_KEY, FOREIGN, (word, octets) -> {
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
        return read(file, PUBLISHER, FOREIGN_WRITE, (word, octets) -> {
            requireEd25519(word);
            return publicKey(octets);
        });
    }

    private interface Maker<K> {
        /** Throws {@link IllegalArgumentException} when the octets are no such key. */
        K make(String word, byte[] octets);
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

    private static byte[] line(String what, String word, byte[] octets) {
        byte[] head = (what + " " + word + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] coded = Base64.getEncoder().encode(octets);
        byte[] line = Arrays.copyOf(head, head.length + coded.length + 1);
        System.arraycopy(coded, 0, line, head.length, coded.length);
        line[line.length - 1] = '\n';
        Arrays.fill(coded, (byte) 0);
        return line;
    }

    private static void writeSecret(Path file, String what, String word, byte[] secret) {
        byte[] line = line(what, word, secret);
        try {
            write(file, line);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void write(Path file, byte[] line) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            requireOwners(file);
            Path fresh = Files.createTempFile(folder, "new-", "", OWNER_ONLY);
            try {
                Files.write(fresh, line);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new IdentityException(file + " cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static <K> K read(Path file, String what, Set<PosixFilePermission> forbidden, Maker<K> maker) {
        requireOwners(file);
        byte[] line = new byte[0];
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), forbidden)) {
                throw new IdentityException(file + " is open to others: run chmod go-rwx " + file
                        + ", and make the key anew if they may have used that");
            }
            try (InputStream in = Files.newInputStream(file)) {
                line = in.readNBytes(MAX_FILE_OCTETS);
            }
            String[] words = new String(line, StandardCharsets.US_ASCII).strip().split(" ", -1);
            if (words.length != WORDS || !words[0].equals(what)) {
                throw new IdentityException(file + " holds no " + what + ": make the keys anew");
            }
            byte[] octets = Base64.getDecoder().decode(words[2]);
            try {
                return maker.make(words[1], octets);
            } finally {
                Arrays.fill(octets, (byte) 0);
            }
        } catch (IOException e) {
            throw new IdentityException(file + " cannot be read (" + e.getMessage() + "): make the keys anew", e);
        } catch (IllegalArgumentException e) {
            throw new IdentityException(file + " holds no usable " + what + ": make the keys anew", e);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void requireOwners(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IdentityException(
                    file
                            + " is on a file system that cannot keep files for their owner alone: choose one with POSIX permissions");
        }
    }
}
