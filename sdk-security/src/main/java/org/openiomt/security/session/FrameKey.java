package org.openiomt.security.session;

import java.util.Arrays;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;

/** One key of one direction, and the way to the next: Noise rev 34, section 4.2, REKEY. For one thread at a time. */
final class FrameKey implements AutoCloseable {
    static final int TAG_LENGTH = Aead.TAG_LENGTH;

    private static final long REKEY_NONCE = -1; // 2^64 - 1
    private static final byte[] NOTHING = {};
    private static final byte[] ZEROS = new byte[Aead.KEY_LENGTH];

    private final Aead aead;
    private final AeadKey key;

    /** Copies the key. */
    FrameKey(Aead aead, byte[] octets, int offset) {
        this.aead = aead;
        this.key = aead.key(octets, offset);
    }

    /** Returns the key after this one. */
    FrameKey next() {
        byte[] octets = new byte[Aead.KEY_LENGTH + TAG_LENGTH];
        key.seal(REKEY_NONCE, NOTHING, 0, 0, NOTHING, ZEROS, 0, ZEROS.length, octets, 0);
        try {
            return new FrameKey(aead, octets, 0);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Seals behind the header that stands in {@code frame} already. */
    void seal(
            long seq,
            byte[] content,
            int offset,
            int length,
            byte[] associatedData,
            byte[] frame,
            int at,
            int headerLength) {
        key.seal(seq, frame, at, headerLength, associatedData, content, offset, length, frame, at + headerLength);
    }

    /** Opens what stands behind the header. */
    void open(
            long seq,
            byte[] frame,
            int offset,
            int length,
            int headerLength,
            byte[] associatedData,
            byte[] content,
            int at) {
        key.open(
                seq,
                frame,
                offset,
                headerLength,
                associatedData,
                frame,
                offset + headerLength,
                length - headerLength,
                content,
                at);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "FrameKey[hidden]";
    }
}
