package org.openiomt.core.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/**
 * Writes CBOR in the deterministic form of RFC 8949, section 4.2.1: shortest heads, definite lengths. The caller gives keys
 * in ascending order. Not for use by several threads at once.
 */
final class CborWriter {
    static final int TAG_DECIMAL_FRACTION = 4;
    /** RFC 8746: numbers of 16 bits with sign, little-endian. */
    static final int TAG_INT16_LE = 77;
    /** RFC 8746: numbers of 32 bits with sign, little-endian. */
    static final int TAG_INT32_LE = 78;

    static final int HALF_NAN = 0x7E00;
    static final int HALF_POSITIVE_INFINITY = 0x7C00;
    static final int HALF_NEGATIVE_INFINITY = 0xFC00;

    private static final CBORFactory FACTORY = new CBORFactory();

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(128);
    private final CBORGenerator generator = (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), octets);

    /** Returns what was written. */
    byte[] finish() {
        generator.close();
        return octets.toByteArray();
    }

    /**
     * Returns what was written, one map, with more entries at its end.
     *
     * @param unknown as they came
     * @param lastKnown the greatest key that the map may have of itself, at most 22
     * @throws IllegalArgumentException when the unknown entries are none, or have a known key
     */
    byte[] finish(UnknownEntries unknown, int lastKnown) {
        byte[] known = finish();
        if (unknown.isEmpty()) {
            return known;
        }
        requireUnknown(unknown, lastKnown);
        int count = (known[0] & 0x1F) + unknown.count();
        return map(count, Arrays.copyOfRange(known, 1, known.length), unknown.octets());
    }

    /**
     * Checks unknown entries, as a reader would.
     *
     * @throws IllegalArgumentException when they are none, or have a known key
     */
    static void requireUnknown(UnknownEntries unknown, int lastKnown) {
        try {
            byte[] map = map(unknown.count(), unknown.octets(), new byte[0]);
            CborReader in = new CborReader(map, map.length, "unknown");
            int key = in.nextKey("unknown");
            if (key >= 0 && key <= lastKnown) {
                throw new IllegalArgumentException("unknown entries with the known key " + key);
            }
            in.rest(key);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("unknown entries that are none: " + e.getMessage(), e);
        }
    }

    /** Joins encoded entries to a map; its head is an integer of another major type. */
    private static byte[] map(int entries, byte[] first, byte[] second) {
        CborWriter integer = new CborWriter();
        integer.integer(entries);
        byte[] head = integer.finish();
        head[0] |= (byte) (CborReader.MAP << 5);
        return ByteBuffer.allocate(head.length + first.length + second.length)
                .put(head)
                .put(first)
                .put(second)
                .array();
    }

    void map(int entries) {
        generator.writeStartObject(null, entries);
    }

    void endMap() {
        generator.writeEndObject();
    }

    void array(int items) {
        generator.writeStartArray(null, items);
    }

    void endArray() {
        generator.writeEndArray();
    }

    void key(int key) {
        generator.writePropertyId(key);
    }

    void integer(long value) {
        generator.writeNumber(value);
    }

    /** Writes 64 bits as a number without sign. */
    void bits(long value) {
        try {
            generator.writeNumberUnsigned(value);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of octets does not fail", e);
        }
    }

    void octets(byte[] value) {
        generator.writeBinary(value);
    }

    /**
     * Writes a text. The generator's own method makes long texts indefinite, so it gets octets.
     *
     * @throws IllegalArgumentException when the text has half a surrogate pair, which UTF-8 cannot hold
     */
    void text(String value) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text with half a surrogate pair", e);
        }
        generator.writeUTF8String(utf8.array(), utf8.arrayOffset(), utf8.remaining());
    }

    /**
     * Writes a term. Below 65,536 it is a term of the default partition (2 for types, 4 for units), else partition and term
     * in 32 bits; a term of partition 0 is written as {@code -1 - term}.
     */
    void code(Code code, int defaultPartition) {
        if (code.partition() == defaultPartition) {
            integer(code.term());
        } else {
            integer(code.partition() == 0 ? -1L - code.term() : code.value());
        }
    }

    /**
     * Writes a decimal: an integer when its exponent is 0, else a decimal fraction {@code 4([exponent, mantissa])}. NaN and
     * the infinities are half floats, NRes and reserved are those texts.
     */
    void number(MedicalFloat value) {
        switch (value.kind()) {
            case NAN -> half(HALF_NAN);
            case POSITIVE_INFINITY -> half(HALF_POSITIVE_INFINITY);
            case NEGATIVE_INFINITY -> half(HALF_NEGATIVE_INFINITY);
            case NRES, RESERVED -> text(value.toString());
            case FINITE -> finite(value);
        }
    }

    /** Writes a span of time: whole seconds as an integer, else {@code [seconds, nanoseconds]}. */
    void duration(Duration value) {
        span(value.getSeconds(), value.getNano());
    }

    /** Writes an instant: the span since 1970-01-01T00:00Z. */
    void instant(Instant value) {
        span(value.getEpochSecond(), value.getNano());
    }

    /** Writes a typed array of RFC 8746: of 16 bits when all samples fit, else of 32. */
    void samples(int[] samples) {
        boolean isShort = true;
        for (int sample : samples) {
            isShort &= sample == (short) sample;
        }
        int width = isShort ? Short.BYTES : Integer.BYTES;
        ByteBuffer data = ByteBuffer.allocate(samples.length * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            if (isShort) {
                data.putShort((short) sample);
            } else {
                data.putInt(sample);
            }
        }
        generator.writeTag(isShort ? TAG_INT16_LE : TAG_INT32_LE);
        octets(data.array());
    }

    private void finite(MedicalFloat value) {
        if (value.exponent() == 0) {
            integer(value.mantissa());
            return;
        }
        // The generator's own decimals are not in shortest form when the mantissa has more than 31 bits.
        generator.writeTag(TAG_DECIMAL_FRACTION);
        array(2);
        integer(value.exponent());
        integer(value.mantissa());
        endArray();
    }

    private void span(long seconds, int nanos) {
        if (nanos == 0) {
            integer(seconds);
            return;
        }
        array(2);
        integer(seconds);
        integer(nanos);
        endArray();
    }

    /** The generator has no half floats. Raw octets do not count as an item, so the last one is written as an integer 0. */
    private void half(int bits) {
        generator.writeRaw((byte) 0xF9);
        generator.writeRaw((byte) (bits >> 8));
        integer(bits & 0xFF);
    }
}
