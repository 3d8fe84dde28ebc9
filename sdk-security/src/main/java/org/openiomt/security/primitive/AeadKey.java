package org.openiomt.security.primitive;

import org.openiomt.core.spi.AuthenticationException;

/**
 * One key of an {@link Aead}. For one thread at a time. The caller never uses a nonce twice for sealing.
 *
 * <p>The associated data is what {@code head} holds between its bounds, followed by all of {@code tail}.
 */
public interface AeadKey extends AutoCloseable {
    /**
     * Seals {@code length} octets: ciphertext, then tag, from {@code outputOffset} on.
     *
     * @param nonce all 64 bits, unsigned; laid out as the Noise protocol does for this cipher
     * @param output another array than {@code input}, or one in which the two parts do not overlap
     * @throws IllegalStateException when the key is closed
     */
    void seal(
            long nonce,
            byte[] head,
            int headOffset,
            int headLength,
            byte[] tail,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset);

    /**
     * Opens {@code length} octets, the tag among them.
     *
     * @param output another array than {@code input}: gets {@code length - 16} octets. When this throws, it holds zeros there,
     *     and may hold zeros behind
     * @throws AuthenticationException when anything differs from what was sealed, the key is closed, or {@code length} is
     *     below 16; nothing has changed then, and the genuine octets still open under the same nonce
     */
    void open(
            long nonce,
            byte[] head,
            int headOffset,
            int headLength,
            byte[] tail,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset);

    /**
     * Goes on with another key, {@link Aead#KEY_LENGTH} octets from {@code offset} on, and wipes this one: for keys that live for
     * a message or two. The octets are copied.
     *
     * @throws IllegalStateException when the key is closed
     */
    void replace(byte[] octets, int offset);

    /** Wipes the key. Expanded copies inside the provider go with the collector. */
    @Override
    void close();
}
