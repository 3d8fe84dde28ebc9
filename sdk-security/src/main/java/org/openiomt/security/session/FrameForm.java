package org.openiomt.security.session;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the frames of a session look, most significant octet first. The header is authenticated, and behind it what the carrier
 * binds. A handshake packet begins with an octet from 0xC0 on (in a stream behind its length), a frame never does.
 * <pre>
 * STREAM            octets  meaning
 * length            2       of all that follows: 17 to 65,535
 * type              1       {@link FrameType}; bit 7 set: the last frame under its key; others 0
 * ciphertext, tag   n + 16  numbered from 0 for each key, not sent
 *
 * DATAGRAM          octets  meaning
 * type              1       {@link FrameType}
 * epoch             1       of the key, modulo 256
 * flags             1       0; others refused
 * reserved          1       0; others refused
 * seq               8       from 0 for each key, never used twice; below 2^40
 * index             4       INDEXED only: of the receiver, as it was agreed in the handshake
 * ciphertext, tag   n + 16
 *
 * COMPACT           octets  meaning
 * type, epoch       1       bits 7-6: type - 1, never 3; bits 5-0: epoch modulo 64
 * seq               2       the lower 16 bits
 * ciphertext, tag   n + 16
 * </pre>
 */
public enum FrameForm {
    /** For a carrier that keeps order and loses nothing: TCP, WebSocket, a serial line. */
    STREAM(1, 3),
    /** For a carrier that loses, repeats and reorders, and knows which session a datagram belongs to. */
    DATAGRAM(2, 12),
    /** For a carrier that does not know that. */
    INDEXED(3, 16),
    /** For a carrier with small packets, such as a characteristic. */
    COMPACT(4, 3);

    private final int id;
    private final int headerLength;

    FrameForm(int id, int headerLength) {
        this.id = id;
        this.headerLength = headerLength;
    }

    /** Returns by how many octets a frame is longer than its content. */
    public int overhead() {
        return headerLength + FrameKey.TAG_LENGTH;
    }

    int id() {
        return id;
    }

    int headerLength() {
        return headerLength;
    }

    static Optional<FrameForm> ofId(int id) {
        return Arrays.stream(values()).filter(form -> form.id == id).findFirst();
    }
}
