package org.openiomt.security.sealed;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * One record as an outbox keeps it.
 * <pre>
 * field       type    octets  meaning
 * version     uint8   1       1; no encoded observation begins with it
 * epoch       uint56  7       the number of the epoch whose key has sealed it
 * number      uint56  7       the nonce: counts what the key has sealed, from 0
 * ciphertext          32..    of the observation, 0x80, and zeros up to a multiple of 32
 * tag                 16
 * </pre>
 * Big-endian. The zeros hide how many digits a value has. Authenticated with the content: a label, the digest of the epoch's
 * header, the topic, the device, and the media type of the content.
 *
 * @param epoch the number of the epoch
 * @param number the nonce
 * @param sealed ciphertext and tag; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // octets between a codec and a cipher of this package
record SealedRecord(long epoch, long number, byte[] sealed) {
    /** How many octets stand before the ciphertext. */
    static final int HEAD = 15;

    private static final int VERSION = 1;
    private static final int NUMBER_LENGTH = 7;
    private static final int BLOCK = 32;
    private static final byte END = (byte) 0x80;
    private static final String LABEL = "OpenIoMT-sealed/1 record";
    private static final String CONTENT = "application/vnd.openiomt.observation+cbor";

    static boolean isSealed(OutboxRecord record) {
        byte[] payload = record.payload();
        return payload.length >= HEAD + BLOCK + ContentKey.TAG_LENGTH && payload[0] == VERSION;
    }

    /** Reads the payload of a record. */
    static SealedRecord parse(byte[] payload) {
        ByteReader in = ByteReader.of(payload, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int version = in.uint8("version");
        if (version != VERSION) {
            throw new DecodeException("version", 0, "expected " + VERSION + ", but came " + version);
        }
        return new SealedRecord(
                in.unsigned("epoch", NUMBER_LENGTH),
                in.unsigned("number", NUMBER_LENGTH),
                in.octets("ciphertext", in.remaining()));
    }

    byte[] octets() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", VERSION);
        out.unsigned("epoch", epoch, NUMBER_LENGTH);
        out.unsigned("number", number, NUMBER_LENGTH);
        out.octets(sealed);
        return out.toByteArray();
    }

    /** Seals an observation. */
    static SealedRecord seal(
            EpochHeader header, ContentKey key, long number, String topic, String device, byte[] content) {
        byte[] padded = Arrays.copyOf(content, (content.length / BLOCK + 1) * BLOCK);
        padded[content.length] = END;
        byte[] sealed = key.seal(number, associatedData(header, topic, device), padded);
        Arrays.fill(padded, (byte) 0);
        return new SealedRecord(header.number(), number, sealed);
    }

    /**
     * Opens an observation.
     *
     * @throws AuthenticationException when it was not sealed so, for this topic and device
     */
    static byte[] open(EpochHeader header, ContentKey key, long number, String topic, String device, byte[] sealed) {
        byte[] padded = key.open(number, associatedData(header, topic, device), sealed);
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != END) {
            throw new AuthenticationException();
        }
        return Arrays.copyOf(padded, end);
    }

    private static byte[] associatedData(EpochHeader header, String topic, String device) {
        return Bound.octets(LABEL, header.digest(), Bound.text(topic), Bound.text(device), Bound.text(CONTENT));
    }

    @Override
    public String toString() {
        return "SealedRecord[epoch=" + epoch + ", number=" + number + ", " + sealed.length + " octets]";
    }
}
