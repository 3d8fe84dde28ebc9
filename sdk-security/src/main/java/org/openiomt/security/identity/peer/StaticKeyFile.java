package org.openiomt.security.identity.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.openiomt.security.file.KeyFile;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;

/**
 * A static key of sessions as a file, so that those who have pinned its public key know this end after a restart: one line of
 * ASCII, for its owner alone.
 * <pre>
 * openiomt-static-key 25519 kP3...=
 * </pre>
 * A key in a token needs none: {@link DhKeyPair#of}.
 */
public final class StaticKeyFile {
    private static final String KIND = "openiomt-static-key";
    private static final int TRIES = 10;

    private StaticKeyFile() {}

    /** Reads a key of X25519, or makes it where there is no file: {@link #openOrCreate(Path, Dh)}. */
    public static DhKeyPair openOrCreate(Path file) {
        Dh x25519 = Primitives.preferred()
                .x25519()
                .orElseThrow(() -> new IllegalStateException("nothing here computes X25519: choose a group yourself"));
        return openOrCreate(file, x25519);
    }

    /**
     * Reads a key, or makes it where there is no file.
     *
     * @param group the group of the key
     * @return the caller's to close
     * @throws IdentityException when the file is something else, of another group, or open to others; names it and what to do
     */
    public static DhKeyPair openOrCreate(Path file, Dh group) {
        if (Files.exists(file)) {
            return KeyFile.readSecret(file, KIND, (word, octets) -> {
                if (!word.equals(group.name())) {
                    throw new IllegalArgumentException("expected " + group.name() + ", but got " + word);
                }
                return group.pair(octets);
            });
        }
        byte[] secret = new byte[group.privateKeyLength()];
        DhKeyPair pair = fresh(group, secret);
        KeyFile.writeSecret(file, KIND, group.name(), secret);
        return pair;
    }

    /** One number of 2^32 is no private key of P-256. */
    private static DhKeyPair fresh(Dh group, byte[] secret) {
        SecureRandom random = new SecureRandom();
        for (int i = 1; ; i++) {
            random.nextBytes(secret);
            try {
                return group.pair(secret);
            } catch (IllegalArgumentException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
