package org.openiomt.security.sealed;

import java.nio.ByteOrder;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.SignatureVerifier;
import org.openiomt.security.identity.Signer;

/**
 * Sealed records of one device and lane on their way: what a broker carries.
 * <pre>
 * field        type    octets   meaning
 * version      uint8   1        1; others refused
 * keyEpoch     uint56  7        the number of the epoch whose key has sealed the records
 * epoch        varint  1..9     the run of the outbox that has numbered the records
 * count        varint  1..2     how many records, at most 1,024
 *   step       varint  1..9     the record's number less the one before it (the first: less 0), at least 1
 *   number     varint  1..9     the nonce
 *   length     varint  1..3     octets of ciphertext and tag
 *   sealed     octets  length
 * signature    octets  64       of the publisher, over a digest of a label, publisher, topic, device, media type and all before
 * </pre>
 * Big-endian; a varint has seven bits an octet, the lowest first, the eighth says that more follow, and has no octet too many.
 *
 * @param keyEpoch the number of the epoch of keys
 * @param epoch the epoch of the outbox
 * @param frames the records, their numbers ascending
 */
record SealedMessage(long keyEpoch, long epoch, List<Frame> frames) {
    /** The media type of a sealed message. */
    static final String CONTENT_TYPE = "application/vnd.openiomt.observations.sealed";

    private static final int VERSION = 1;
    private static final int NUMBER_LENGTH = 7;
    private static final int VARINT_BITS = 7;
    private static final int MAX_VARINT = 9;
    private static final String LABEL = "OpenIoMT-sealed/1 message";

    /**
     * One record.
     *
     * @param sequence its number in the outbox, at least 1
     * @param number the nonce
     * @param sealed ciphertext and tag
     */
    @SuppressWarnings("ArrayRecordComponent") // octets between a codec and a cipher of this package
    record Frame(long sequence, long number, byte[] sealed) {}

    /** Returns what is signed: all but the signature. */
    private byte[] unsigned() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", VERSION);
        out.unsigned("keyEpoch", keyEpoch, NUMBER_LENGTH);
        varint("epoch", epoch, out);
        varint("count", frames.size(), out);
        long before = 0;
        for (Frame frame : frames) {
            if (frame.sequence() <= before) {
                throw new IllegalArgumentException("the records of a message have ascending numbers, but "
                        + frame.sequence() + " follows " + before);
            }
            varint("step", frame.sequence() - before, out);
            varint("number", frame.number(), out);
            varint("length", frame.sealed().length, out);
            out.octets(frame.sealed());
            before = frame.sequence();
        }
        return out.toByteArray();
    }

    /** Encodes and signs it for one place. */
    byte[] sign(Signer key, String publisher, String topic, String device) {
        byte[] unsigned = unsigned();
        byte[] signature = key.sign(digest(publisher, topic, device, unsigned));
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.octets(unsigned);
        out.octets(signature);
        return out.toByteArray();
    }

    /** Whether one of these keys has signed a message for this place. */
    static boolean isSigned(byte[] message, List<PublicKey> keys, String publisher, String topic, String device) {
        if (message.length < SignatureAlgorithm.SIGNATURE_LENGTH) {
            return false;
        }
        int end = message.length - SignatureAlgorithm.SIGNATURE_LENGTH;
        byte[] digest = digest(publisher, topic, device, Arrays.copyOf(message, end));
        byte[] signature = Arrays.copyOfRange(message, end, message.length);
        return keys.stream().anyMatch(key -> SignatureVerifier.standard().isGenuine(key, digest, signature));
    }

    private static byte[] digest(String publisher, String topic, String device, byte[] unsigned) {
        return Bound.digest(
                LABEL,
                Bound.text(publisher),
                Bound.text(topic),
                Bound.text(device),
                Bound.text(CONTENT_TYPE),
                unsigned);
    }

    /**
     * Reads a message, without checking its signature.
     *
     * @throws DecodeException when the octets are none
     */
    static SealedMessage parse(byte[] octets) {
        if (octets.length > ObservationMessage.MAX_OCTETS) {
            throw new DecodeException(
                    "message",
                    0,
                    "expected at most " + ObservationMessage.MAX_OCTETS + " octets, but came " + octets.length);
        }
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int version = in.uint8("version");
        if (version != VERSION) {
            throw new DecodeException(
                    "version", 0, "expected " + VERSION + ", but came " + version + ": it is not sealed");
        }
        long keyEpoch = in.unsigned("keyEpoch", NUMBER_LENGTH);
        long epoch = varint("epoch", in);
        int at = in.offset();
        long count = varint("count", in);
        if (count > ObservationMessage.MAX_ITEMS) {
            throw new DecodeException(
                    "count", at, "expected at most " + ObservationMessage.MAX_ITEMS + ", but came " + count);
        }
        List<Frame> frames = new ArrayList<>();
        long sequence = 0;
        for (int i = 0; i < count; i++) {
            sequence = step(sequence, in);
            frames.add(new Frame(sequence, varint("number", in), sealed(in)));
        }
        in.octets("signature", SignatureAlgorithm.SIGNATURE_LENGTH);
        in.remainder(0);
        return new SealedMessage(keyEpoch, epoch, List.copyOf(frames));
    }

    private static long step(long before, ByteReader in) {
        int at = in.offset();
        long step = varint("step", in);
        if (step < 1 || step > Long.MAX_VALUE - before) {
            throw new DecodeException("step", at, "expected at least 1, and a number of 63 bits");
        }
        return before + step;
    }

    private static byte[] sealed(ByteReader in) {
        int at = in.offset();
        long length = varint("length", in);
        if (length > in.remaining()) {
            throw new DecodeException("length", at, "expected at most " + in.remaining() + ", but came " + length);
        }
        return in.octets("sealed", (int) length);
    }

    private static void varint(String field, long value, ByteWriter out) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative, but got " + value);
        }
        long rest = value;
        while (rest >= 1 << VARINT_BITS) {
            out.uint8(field, (rest & 0x7F) | 0x80);
            rest >>>= VARINT_BITS;
        }
        out.uint8(field, rest);
    }

    private static long varint(String field, ByteReader in) {
        int at = in.offset();
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            int octet = in.uint8(field);
            value |= (long) (octet & 0x7F) << (VARINT_BITS * i);
            if (octet < 0x80) {
                if (octet == 0 && i > 0) {
                    throw new DecodeException(field, at, "expected no octet too many");
                }
                return value;
            }
        }
        throw new DecodeException(field, at, "expected at most " + MAX_VARINT + " octets");
    }

    @Override
    public String toString() {
        return "SealedMessage[keyEpoch=" + keyEpoch + ", epoch=" + epoch + ", " + frames.size() + " records]";
    }
}
