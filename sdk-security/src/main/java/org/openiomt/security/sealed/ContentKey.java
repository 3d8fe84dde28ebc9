package org.openiomt.security.sealed;

import java.security.SecureRandom;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;
import org.openiomt.security.primitive.Primitives;

/**
 * The key that content is sealed with: AES-256-GCM, the number of a frame as nonce. Safe for use by several threads, one of them
 * at a time. {@link #close()} wipes it; expanded copies inside the JDK go with the collector.
 */
final class ContentKey implements AutoCloseable {
    static final int LENGTH = Aead.KEY_LENGTH;
    static final int TAG_LENGTH = Aead.TAG_LENGTH;

    private static final byte[] NOTHING = {};

    private final AeadKey key;

    private ContentKey(AeadKey key) {
        this.key = key;
    }

    static byte[] random() {
        byte[] octets = new byte[LENGTH];
        new SecureRandom().nextBytes(octets);
        return octets;
    }

    /** Copies {@link #LENGTH} octets. */
    static ContentKey of(byte[] octets) {
        return new ContentKey(Primitives.preferred().aesGcm().key(octets, 0));
    }

    /** Seals: ciphertext, then tag. The caller never uses a number twice. */
    synchronized byte[] seal(long number, byte[] associatedData, byte[] plain) {
        byte[] sealed = new byte[plain.length + TAG_LENGTH];
        key.seal(number, NOTHING, 0, 0, associatedData, plain, 0, plain.length, sealed, 0);
        return sealed;
    }

    /**
     * Opens what {@link #seal} has made.
     *
     * @throws AuthenticationException when anything differs, or the key is closed
     */
    synchronized byte[] open(long number, byte[] associatedData, byte[] sealed) {
        byte[] opened = new byte[Math.max(0, sealed.length - TAG_LENGTH)];
        key.open(number, NOTHING, 0, 0, associatedData, sealed, 0, sealed.length, opened, 0);
        return opened;
    }

    @Override
    public synchronized void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "ContentKey[hidden]";
    }
}
