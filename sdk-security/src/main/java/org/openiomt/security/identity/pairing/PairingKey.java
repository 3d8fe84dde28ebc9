package org.openiomt.security.identity.pairing;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A key of full entropy that two ends share and mix into their handshake (pskN). Never a password, a short code or anything
 * that was printed on a device before it was made for this one. May be used by several threads.
 */
public final class PairingKey implements AutoCloseable {
    /** The length, in octets. */
    public static final int LENGTH = 32;

    private final byte[] octets;
    private boolean isClosed;

    private PairingKey(byte[] octets) {
        this.octets = octets;
    }

    /** Makes a new key of 256 random bits. */
    public static PairingKey generate() {
        byte[] octets = new byte[LENGTH];
        new SecureRandom().nextBytes(octets);
        return new PairingKey(octets);
    }

    /**
     * Takes a key that was made elsewhere.
     *
     * @param octets {@value #LENGTH}; copied, so the caller wipes them
     * @throws IllegalArgumentException when there are fewer or more, or all are the same
     */
    public static PairingKey of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a pairing key has " + LENGTH + " octets, but got " + octets.length);
        }
        int differences = 0;
        for (byte octet : octets) {
            differences |= octet ^ octets[0];
        }
        if (differences == 0) {
            throw new IllegalArgumentException("a pairing key is random, but every octet is the same");
        }
        return new PairingKey(octets.clone());
    }

    /**
     * Returns the octets for a handshake, a new array that the caller wipes.
     *
     * @throws IllegalStateException when this is closed
     */
    public synchronized byte[] octets() {
        if (isClosed) {
            throw new IllegalStateException("the pairing key is closed");
        }
        return octets.clone();
    }

    /** Wipes the key. */
    @Override
    public synchronized void close() {
        isClosed = true;
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "PairingKey[hidden]";
    }
}
