package org.openiomt.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.openiomt.core.wire.DecodeException;

/**
 * Checks that octets are one well-formed CBOR item in the deterministic form of RFC 8949, section 4.2.1, before a parser
 * sees them: shortest heads, definite lengths, map keys in strictly ascending order, valid UTF-8, limited depth.
 *
 * <p>The streaming parser by itself takes lengths of 2<sup>31</sup> and more for "indefinite", keys of 64 bits for their
 * lower bits, and malformed UTF-8 for text, and it needs quadratic time for a long run of tags. Behind this guard one value
 * has one encoding, and time and memory are linear in the octets.
 */
final class CborGuard {
    /** Maps, arrays and tags inside each other. */
    static final int MAX_DEPTH = 16;

    private static final String FIELD = "cbor";
    static final int UINT8_FOLLOWS = 24;
    private static final int UINT64_FOLLOWS = 27;
    private static final int FIRST_SIMPLE_IN_TWO_OCTETS = 32;

    private final byte[] octets;
    private int position;

    private CborGuard(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Checks a whole array.
     *
     * @throws DecodeException when it is longer than {@code maxOctets} or not exactly one such item
     */
    static void check(byte[] octets, int maxOctets) {
        if (octets.length > maxOctets) {
            throw new DecodeException(FIELD, 0, "at most " + maxOctets + " octets, but " + octets.length + " came");
        }
        CborGuard guard = new CborGuard(octets);
        guard.item(0);
        if (guard.position < octets.length) {
            throw new DecodeException(
                    FIELD, guard.position, (octets.length - guard.position) + " octets after the end");
        }
    }

    private void item(int depth) {
        int start = position;
        if (depth > MAX_DEPTH) {
            throw new DecodeException(FIELD, start, "more than " + MAX_DEPTH + " levels");
        }
        int initial = octet();
        int major = initial >> 5;
        long argument = argument(start, major, initial & 0x1F);
        switch (major) {
            case CborReader.OCTETS -> take(start, argument);
            case CborReader.TEXT -> text(start, argument);
            case CborReader.ARRAY -> items(start, argument, depth);
            case CborReader.MAP -> entries(start, argument, depth);
            case CborReader.TAG -> item(depth + 1);
            default -> {
                // integers, simple values and floats end with their head
            }
        }
    }

    private long argument(int start, int major, int info) {
        if (info < UINT8_FOLLOWS) {
            return info;
        }
        if (info > UINT64_FOLLOWS) {
            throw new DecodeException(FIELD, start, "indefinite length or reserved head");
        }
        int size = 1 << (info - UINT8_FOLLOWS);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | octet();
        }
        if (major == CborReader.SIMPLE) {
            if (size == 1 && value < FIRST_SIMPLE_IN_TWO_OCTETS) {
                throw new DecodeException(FIELD, start, "a simple value that is not in its shortest form");
            }
        } else if (size == 1 ? value < UINT8_FOLLOWS : value >>> (4 * size) == 0) {
            throw new DecodeException(FIELD, start, "a number or length that is not in its shortest form");
        }
        return value;
    }

    private void items(int start, long count, int depth) {
        requireRoom(start, count);
        for (long i = 0; i < count; i++) {
            item(depth + 1);
        }
    }

    private void entries(int start, long count, int depth) {
        requireRoom(start, count);
        int previousStart = 0;
        int previousEnd = 0;
        for (long i = 0; i < count; i++) {
            int keyStart = position;
            item(depth + 1);
            if (i > 0 && Arrays.compareUnsigned(octets, previousStart, previousEnd, octets, keyStart, position) >= 0) {
                throw new DecodeException(FIELD, keyStart, "a key twice or out of order");
            }
            previousStart = keyStart;
            previousEnd = position;
            item(depth + 1);
        }
    }

    private void text(int start, long length) {
        int from = take(start, length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, (int) length));
        } catch (CharacterCodingException e) {
            throw new DecodeException(FIELD, start, "a text that is not valid UTF-8");
        }
    }

    private int octet() {
        return octets[take(position, 1)] & 0xFF;
    }

    private int take(int start, long length) {
        requireRoom(start, length);
        int from = position;
        position += (int) length;
        return from;
    }

    /** Each element has at least one octet, so that this bounds lengths and counts alike. */
    private void requireRoom(int start, long length) {
        int left = octets.length - position;
        if (length < 0 || length > left) {
            throw new DecodeException(FIELD, start, "cut short, " + left + " octets left");
        }
    }
}
