package org.openiomt.core.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * CBOR as a tree, read with nothing of the library's own reader: integers are {@link BigInteger}, the others {@code byte[]},
 * {@code String}, {@link Items}, {@link Entries}, {@link Tagged}, {@link Simple}. For well-formed octets only.
 */
final class CborTree {
    /** An array. */
    record Items(List<Object> items) {}

    /** A map in the order of its entries. */
    record Entries(List<Map.Entry<Object, Object>> entries) {}

    /** An item with a tag. */
    record Tagged(long tag, Object item) {}

    /** A simple value or float. */
    record Simple(int info, long bits) {}

    private final byte[] octets;
    private int position;

    private CborTree(byte[] octets) {
        this.octets = octets;
    }

    /** Reads one item that takes all octets, or throws IllegalArgumentException. */
    static Object read(byte[] octets) {
        CborTree tree = new CborTree(octets);
        Object item = tree.item();
        if (tree.position != octets.length) {
            throw new IllegalArgumentException("octets after the end");
        }
        return item;
    }

    private Object item() {
        int initial = take(1)[0] & 0xFF;
        int info = initial & 0x1F;
        long argument = info;
        if (info >= 24) {
            if (info > 27) {
                throw new IllegalArgumentException("indefinite length");
            }
            int size = 1 << (info - 24);
            argument = new BigInteger(1, take(size)).longValue();
        }
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(argument));
        return switch (initial >> 5) {
            case 0 -> unsigned;
            case 1 -> unsigned.negate().subtract(BigInteger.ONE);
            case 2 -> take(argument);
            case 3 -> new String(take(argument), StandardCharsets.UTF_8);
            case 4 -> items(argument);
            case 5 -> entries(argument);
            case 6 -> new Tagged(argument, item());
            default -> new Simple(info, argument);
        };
    }

    private Items items(long count) {
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(item());
        }
        return new Items(items);
    }

    private Entries entries(long count) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(Map.entry(item(), item()));
        }
        return new Entries(entries);
    }

    private byte[] take(long length) {
        if (length < 0 || length > octets.length - position) {
            throw new IllegalArgumentException("cut short");
        }
        int from = position;
        position += (int) length;
        return Arrays.copyOfRange(octets, from, position);
    }
}
