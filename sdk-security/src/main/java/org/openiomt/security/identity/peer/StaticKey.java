package org.openiomt.security.identity.peer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A public static key of a handshake: 32 octets of X25519 or 65 of P-256 (SEC 1, uncompressed). Immutable; not secret. */
public final class StaticKey {
    /** The longest, in octets. */
    public static final int MAX_LENGTH = 133; // SEC 1, P-521

    private static final int MIN_LENGTH = 32;
    private static final int FINGERPRINT_OCTETS = 8;

    private final byte[] octets;

    private StaticKey(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Takes the octets as they were on the wire; copied.
     *
     * @throws IllegalArgumentException when there are fewer than 32 or more than {@link #MAX_LENGTH}
     */
    public static StaticKey of(byte[] octets) {
        if (octets.length < MIN_LENGTH || octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a static key has " + MIN_LENGTH + " to " + MAX_LENGTH + " octets, but got " + octets.length);
        }
        return new StaticKey(octets.clone());
    }

    /** Returns the octets, a new array. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Returns the first 8 octets of the key's SHA-256 in hex: for people and logs, never for a decision. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StaticKey key && MessageDigest.isEqual(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "StaticKey[" + fingerprint() + "]";
    }
}
