package org.openiomt.security.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import org.openiomt.security.identity.IdentityException;

/**
 * A key as a file of one line of ASCII: what it is, a word about it, and its octets in Base64. Written as a whole, for its owner
 * alone; a secret that others could read is refused, and a public key that others could change.
 */
public final class KeyFile {
    private static final int MAX_FILE_OCTETS = 4_096;
    private static final int WORDS = 3;
    private static final Set<PosixFilePermission> FOREIGN = PosixFilePermissions.fromString("---rwxrwx");
    private static final Set<PosixFilePermission> FOREIGN_WRITE = PosixFilePermissions.fromString("----w--w-");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private KeyFile() {}

    /** Makes a key of what a line holds. */
    public interface Maker<K> {
        /** Throws {@link IllegalArgumentException} when the octets are no such key; they are wiped afterwards. */
        K make(String word, byte[] octets);
    }

    /** Writes a line without a secret in place of what was there. */
    public static void write(Path file, String what, String word, byte[] octets) {
        write(file, line(what, word, octets));
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

    /** Writes a line with a secret in place of what was there, and wipes the secret. */
    public static void writeSecret(Path file, String what, String word, byte[] secret) {
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

    /**
     * Reads a line with a secret.
     *
     * @throws IdentityException when the file is missing, something else, or open to others; names it and what to do
     */
    public static <K> K readSecret(Path file, String what, Maker<K> maker) {
        return read(file, what, FOREIGN, maker);
    }

    /**
     * Reads a line without a secret.
     *
     * @throws IdentityException when the file is missing, something else, or can be changed by others; names it and what to do
     */
    public static <K> K read(Path file, String what, Maker<K> maker) {
        return read(file, what, FOREIGN_WRITE, maker);
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
