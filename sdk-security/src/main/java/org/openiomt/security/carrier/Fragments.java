package org.openiomt.security.carrier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts datagrams into values of a small size and joins them again, below the encryption: a tag for each datagram, not for each
 * value. What is missing or out of order takes its datagram with it, and no more. For one thread at a time.
 * <pre>
 * field   octets  meaning
 * header  1       bit 7: the first of a datagram; bit 6: the last; bits 5-0: number of the value, modulo 64, also over datagrams
 * octets  rest    at least 1
 * </pre>
 */
final class Fragments {
    private static final int FIRST = 0x80;
    private static final int LAST = 0x40;
    private static final int NUMBERS = 64;

    private final int maxLength;
    private int sent;
    private int expected = -1;
    private byte[] joined = {};
    private int length;

    /** Joins datagrams of at most {@code maxLength} octets; longer ones are dropped. */
    Fragments(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Cuts a datagram into values of at most {@code maxValueLength} octets, 2 or more. */
    List<byte[]> cut(byte[] datagram, int maxValueLength) {
        List<byte[]> values = new ArrayList<>();
        int step = maxValueLength - 1;
        for (int at = 0; at < datagram.length; at += step) {
            int part = Math.min(step, datagram.length - at);
            byte[] value = new byte[1 + part];
            int flags = (at == 0 ? FIRST : 0) | (at + part == datagram.length ? LAST : 0);
            value[0] = (byte) (flags | sent);
            sent = (sent + 1) % NUMBERS;
            System.arraycopy(datagram, at, value, 1, part);
            values.add(value);
        }
        return values;
    }

    /** Takes a value. Returns the datagram that it completes. */
    Optional<byte[]> join(byte[] value) {
        if (value.length < 2) {
            expected = -1;
            return Optional.empty();
        }
        int header = value[0] & 0xFF;
        int number = header % NUMBERS;
        if ((header & FIRST) != 0) {
            length = 0;
        } else if (number != expected) {
            expected = -1;
            return Optional.empty();
        }
        int part = value.length - 1;
        if (length + part > maxLength) {
            expected = -1;
            return Optional.empty();
        }
        if (length + part > joined.length) {
            joined = Arrays.copyOf(joined, Math.min(maxLength, Math.max(length + part, 2 * joined.length)));
        }
        System.arraycopy(value, 1, joined, length, part);
        length += part;
        expected = (number + 1) % NUMBERS;
        if ((header & LAST) == 0) {
            return Optional.empty();
        }
        expected = -1;
        return Optional.of(Arrays.copyOf(joined, length));
    }
}
