package org.openiomt.core.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one value in order. Each read names its field and is bounds-checked, so that a short value is
 * refused with field, octet and the number of octets that are missing. Not for use by several threads at once.
 *
 * <p>Integers and floats are little-endian, as in GATT, unless the reader was made with another byte order.
 */
public final class ByteReader {
    private static final int MAX_WARNINGS = 64;
    private static final byte[] NOTHING = {};

    private final byte[] octets;
    private final DecodeMode mode;
    private final boolean isBigEndian;
    private int end;
    private final @Nullable ByteReader whole;
    private int position;
    private List<Warning> warnings = List.of();

    private ByteReader(byte[] octets, DecodeMode mode, ByteOrder order) {
        this.octets = octets;
        this.mode = mode;
        this.isBigEndian = order == ByteOrder.BIG_ENDIAN;
        this.end = octets.length;
        this.whole = null;
    }

    private ByteReader(ByteReader whole, int from, int end) {
        this.octets = whole.octets;
        this.mode = whole.mode;
        this.isBigEndian = whole.isBigEndian;
        this.end = end;
        this.whole = whole;
        this.position = from;
    }

    /** Reads little-endian octets. The array is not copied and must not change while it is read. */
    public static ByteReader of(byte[] octets, DecodeMode mode) {
        return new ByteReader(octets, mode, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads octets of the given byte order. The array is not copied and must not change while it is read. */
    public static ByteReader of(byte[] octets, DecodeMode mode, ByteOrder order) {
        return new ByteReader(octets, mode, order);
    }

    /** Returns the octet that is read next, from 0. */
    public int offset() {
        return position;
    }

    /** Returns the number of octets that are left. */
    public int remaining() {
        return end - position;
    }

    /** Whether what the standard does not foresee is refused. */
    public boolean isStrict() {
        return mode == DecodeMode.STRICT;
    }

    /** Returns what was odd so far, at most 64 entries; a part has none of its own. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** Reads 0 to 255. */
    public int uint8(String field) {
        return octets[take(field, 1)] & 0xFF;
    }

    /** Reads -128 to 127. */
    public int int8(String field) {
        return octets[take(field, 1)];
    }

    /** Reads 0 to 65,535. */
    public int uint16(String field) {
        return uint16(take(field, Short.BYTES));
    }

    /** Reads -32,768 to 32,767. */
    public int int16(String field) {
        return (short) uint16(field);
    }

    /** Reads 0 to 16,777,215. */
    public int uint24(String field) {
        return (int) unsigned(field, 3);
    }

    /** Reads -8,388,608 to 8,388,607. */
    public int int24(String field) {
        return (int) unsigned(field, 3) << 8 >> 8;
    }

    /** Reads 0 to 4,294,967,295. */
    public long uint32(String field) {
        return unsigned(field, 4);
    }

    /** Reads a signed number of 32 bits. */
    public int int32(String field) {
        return (int) unsigned(field, 4);
    }

    /** Reads an unsigned number of {@code size} octets, 1 to 7. */
    public long unsigned(String field, int size) {
        int at = take(field, size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            int index = isBigEndian ? at + i : at + size - 1 - i;
            value = value << 8 | (octets[index] & 0xFF);
        }
        return value;
    }

    /** Reads a medical float of 16 bits: exponent 4 bits, mantissa 12 bits, both two's complement. */
    public MedicalFloat sfloat(String field) {
        int raw = uint16(field);
        return switch (raw) {
            case 0x07FF -> MedicalFloat.NAN;
            case 0x0800 -> MedicalFloat.NRES;
            case 0x07FE -> MedicalFloat.POSITIVE_INFINITY;
            case 0x0802 -> MedicalFloat.NEGATIVE_INFINITY;
            case 0x0801 -> MedicalFloat.RESERVED;
            default -> MedicalFloat.of(raw << 20 >> 20, (short) raw >> 12);
        };
    }

    /** Reads a medical float of 32 bits: exponent 8 bits, mantissa 24 bits, both two's complement. */
    public MedicalFloat float32(String field) {
        int raw = int32(field);
        return switch (raw) {
            case 0x007FFFFF -> MedicalFloat.NAN;
            case 0x00800000 -> MedicalFloat.NRES;
            case 0x007FFFFE -> MedicalFloat.POSITIVE_INFINITY;
            case 0x00800002 -> MedicalFloat.NEGATIVE_INFINITY;
            case 0x00800001 -> MedicalFloat.RESERVED;
            default -> MedicalFloat.of(raw << 8 >> 8, raw >> 24);
        };
    }

    /** Reads {@code count} octets into an array of their own. */
    public byte[] octets(String field, int count) {
        int at = take(field, count);
        return count == 0 ? NOTHING : Arrays.copyOfRange(octets, at, at + count);
    }

    /** Reads {@code count} octets of which the layout says no more. */
    public Remainder kept(String field, int count) {
        return Remainder.owning(0, octets(field, count));
    }

    /** Passes over {@code count} octets. */
    public void skip(String field, int count) {
        take(field, count);
    }

    /**
     * Reads {@code count} elements, each with {@code element}.
     *
     * @return an unmodifiable list
     */
    public <T> List<T> list(int count, Function<ByteReader, T> element) {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(element.apply(this));
            case 2 -> List.of(element.apply(this), element.apply(this));
            default -> {
                List<T> elements = new ArrayList<>(Math.min(count, remaining()));
                for (int i = 0; i < count; i++) {
                    elements.add(element.apply(this));
                }
                yield List.copyOf(elements);
            }
        };
    }

    /**
     * Reads one or more elements, each with {@code element}, until nothing is left; each must take at least one octet.
     *
     * @return an unmodifiable list
     */
    public <T> List<T> list(Function<ByteReader, T> element) {
        T first = element.apply(this);
        if (remaining() == 0) {
            return List.of(first);
        }
        List<T> elements = new ArrayList<>();
        elements.add(first);
        while (remaining() > 0) {
            elements.add(element.apply(this));
        }
        return List.copyOf(elements);
    }

    /**
     * Takes the next {@code count} octets as a part with an end of its own: a record in a list, or the fields before a
     * check sum. It counts its octets as this reader does, and what is odd about it is reported here.
     */
    public ByteReader part(String field, int count) {
        int at = take(field, count);
        return new ByteReader(this, at, at + count);
    }

    /**
     * Ends this reader after the next {@code count} octets, until {@link #widen} is called: a part without a reader of its own.
     *
     * @return the end to give back
     */
    public int narrow(String field, int count) {
        int outer = end;
        end = take(field, count) + count;
        position = end - count;
        return outer;
    }

    /**
     * Gives back an end that {@link #narrow} has returned.
     *
     * @throws IllegalArgumentException when it lies before this one
     */
    public void widen(int outer) {
        if (outer < end) {
            throw new IllegalArgumentException("expected an end from " + end + " on, but got " + outer);
        }
        end = outer;
    }

    /** Returns a reader of what is left that does not move this one, for a look ahead. */
    public ByteReader ahead() {
        return ahead(remaining());
    }

    /**
     * Returns a reader of the next {@code count} octets that does not move this one, for a look ahead.
     *
     * @throws IndexOutOfBoundsException when fewer are left
     */
    public ByteReader ahead(int count) {
        Objects.checkFromIndexSize(position, count, end);
        return new ByteReader(this, position, position + count);
    }

    /**
     * Returns the check sum of octets that were read or not; both places count from the start of the whole value.
     *
     * @param from the first octet
     * @param to the octet after the last
     * @throws IndexOutOfBoundsException when they are not within the value
     */
    public int crc16(Crc16 algorithm, int from, int to) {
        Objects.checkFromToIndex(from, to, end);
        return algorithm.of(octets, from, to - from);
    }

    /**
     * Returns a copy of octets that were read or not; both places count from the start of the whole value.
     *
     * @param from the first octet
     * @param to the octet after the last
     * @throws IndexOutOfBoundsException when they are not within the value
     */
    public byte[] slice(int from, int to) {
        Objects.checkFromToIndex(from, to, end);
        return Arrays.copyOfRange(octets, from, to);
    }

    /**
     * Returns the unsigned number of 16 bits at an octet that was read or not, counted from the start of the whole value.
     *
     * @throws IndexOutOfBoundsException when it is not within the value
     */
    public int uint16At(int at) {
        Objects.checkFromIndexSize(at, Short.BYTES, end);
        return uint16(at);
    }

    /**
     * Reads all octets that are left as UTF-8.
     *
     * @throws DecodeException in strict mode when they are no UTF-8; in lenient mode bad octets become U+FFFD and are
     *     reported
     */
    public String utf8(String field) {
        int at = position;
        byte[] text = octets(field, remaining());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            unforeseen(field, at, "not valid UTF-8");
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Reports something that the standard does not foresee.
     *
     * @param at the octet at which the field starts
     * @throws DecodeException in strict mode
     */
    public void unforeseen(String field, int at, String reason) {
        if (isStrict()) {
            throw new DecodeException(field, at, reason);
        }
        warn(field, at, reason);
    }

    /** Reports something odd that is refused in neither mode; the same once, however often it is looked at. */
    public void warn(String field, int at, String reason) {
        if (whole != null) {
            whole.warn(field, at, reason);
            return;
        }
        if (warnings.isEmpty()) {
            warnings = new ArrayList<>(2);
        }
        Warning warning = new Warning(field, at, reason);
        if (warnings.size() < MAX_WARNINGS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /**
     * Returns those bits of {@code flags} that {@code known} does not have.
     *
     * @param at the octet at which the flags start
     * @throws DecodeException in strict mode when there are any
     */
    public long unknownBits(String field, int at, long flags, long known) {
        long unknown = flags & ~known;
        if (unknown != 0) {
            unforeseen(field, at, "unknown bits 0x" + Long.toHexString(unknown));
        }
        return unknown;
    }

    /**
     * Takes everything that is left.
     *
     * @throws DecodeException in strict mode when something is left
     */
    public Remainder remainder(long unknownFlags) {
        int left = remaining();
        if (left > 0) {
            unforeseen("trailing", position, left + (left == 1 ? " octet" : " octets") + " after the last field");
        }
        return Remainder.owning(unknownFlags, octets("trailing", left));
    }

    /** Ends the value. A codec that left octets unread has a bug, so both modes refuse it. */
    void requireEnd() {
        if (remaining() > 0) {
            throw new DecodeException("trailing", position, remaining() + " octets that no field took");
        }
    }

    private int uint16(int at) {
        int first = octets[at] & 0xFF;
        int second = octets[at + 1] & 0xFF;
        return isBigEndian ? first << Byte.SIZE | second : second << Byte.SIZE | first;
    }

    private int take(String field, int count) {
        int at = position;
        if (count < 0 || count > end - at) {
            throw refusal(field, count);
        }
        position = at + count;
        return at;
    }

    private RuntimeException refusal(String field, int count) {
        if (count < 0) {
            return new IllegalArgumentException(field + ": a count of octets cannot be negative, but got " + count);
        }
        int missing = count - remaining();
        return new DecodeException(
                field, position, "cut short, " + missing + (missing == 1 ? " octet" : " octets") + " missing");
    }
}
