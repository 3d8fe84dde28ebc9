package org.openiomt.core.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Reads one CBOR map in order; the mirror of {@link CborWriter}. Each read names its field, and what is not of the expected
 * kind is refused with field and offset. Not for use by several threads at once.
 */
final class CborReader {
    // The major types of RFC 8949, section 3.1: the upper three bits of an item's first octet.
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int OCTETS = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    /** What {@link #nextKey} returns after the last entry. */
    static final int NO_KEY = -1;
    /** What {@link #nextKey} returns for a key that is no integer from 0 to 23. No known key comes behind one. */
    static final int UNKNOWN_KEY = -2;

    private static final int MAX_SHORT_KEY = 23;
    private static final int DECIMAL_FRACTION_HEAD = 0xC4;
    private static final int ARRAY_OF_TWO_HEAD = 0x82;
    private static final int TAG_OF_ONE_OCTET_HEAD = 0xD8;
    private static final int HALF_FLOAT_HEAD = 0xF9;
    private static final CBORFactory FACTORY = CBORFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final byte[] octets;
    private final CBORParser parser;
    private boolean isPeeked;

    /**
     * Begins to read a map.
     *
     * @throws DecodeException when there are too many octets, or they are not one map in deterministic form
     */
    CborReader(byte[] octets, int maxOctets, String field) {
        CborGuard.check(octets, maxOctets);
        this.octets = octets;
        this.parser = (CBORParser) FACTORY.createParser(ObjectReadContext.empty(), octets);
        enter(field, MAP, "a map");
    }

    /** Returns the octet at which the current item starts. */
    int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Moves to the next entry of the map and returns its key. */
    int nextKey(String field) {
        if (next(field) == JsonToken.END_OBJECT) {
            return NO_KEY;
        }
        int initial = octetAt(offset());
        return initial <= MAX_SHORT_KEY ? initial : UNKNOWN_KEY;
    }

    /**
     * Reads all entries from the current one to the end of the map: keys ascend, so there are no known ones behind the first that is
     * not known.
     *
     * @param key what {@link #nextKey} has returned last
     * @throws DecodeException when a key is neither an integer nor a text
     */
    UnknownEntries rest(int key) {
        if (key == NO_KEY) {
            return UnknownEntries.NONE;
        }
        String field = "unknown key";
        int start = offset();
        int count = 0;
        for (int next = key; next != NO_KEY; next = nextKey(field)) {
            requireKey(octets[offset()], field);
            next(field);
            attempt(field, parser::skipChildren);
            count++;
        }
        return UnknownEntries.of(count, Arrays.copyOfRange(octets, start, octets.length));
    }

    private void requireKey(int head, String field) {
        int major = (head & 0xFF) >> 5;
        if (major != UNSIGNED && major != NEGATIVE && major != TEXT) {
            throw refuse(field, "expected an integer or a text");
        }
    }

    /** Enters an array. */
    void array(String field) {
        enter(field, ARRAY, "an array");
    }

    /** Whether the array that was entered last has more items; leaves it if not. */
    boolean hasMore(String field) {
        isPeeked = next(field) != JsonToken.END_ARRAY;
        return isPeeked;
    }

    /** Leaves an array, which must have no more items. */
    void end(String field) {
        if (hasMore(field)) {
            throw refuse(field, "more items than expected");
        }
    }

    /** Whether the next item is an array. */
    boolean isArray(String field) {
        boolean isArray = next(field) == JsonToken.START_ARRAY;
        isPeeked = true;
        return isArray;
    }

    /** Reads an integer of 64 bits with sign. */
    long integer(String field) {
        next(field);
        return currentInteger(field);
    }

    /** Reads an integer from 0 to {@code max}. */
    int integer(String field, int max) {
        long value = integer(field);
        if (value < 0 || value > max) {
            throw refuse(field, "expected 0 to " + max);
        }
        return (int) value;
    }

    /** Reads 64 bits without sign. */
    long bits(String field) {
        enter(field, UNSIGNED, "an unsigned integer");
        return attempt(field, () -> parser.getBigIntegerValue().longValue());
    }

    String text(String field) {
        enter(field, TEXT, "a text");
        return attempt(field, parser::getString);
    }

    byte[] octets(String field) {
        enter(field, OCTETS, "octets");
        return attempt(field, parser::getBinaryValue);
    }

    /** Reads a term; see {@link CborWriter#code}. */
    Code code(String field, int defaultPartition) {
        long value = integer(field);
        if (value < 0) {
            return attempt(field, () -> Code.of(0, (int) Math.min(-1 - value, Integer.MAX_VALUE)));
        }
        return attempt(field, () -> value > 0xFFFF ? Code.of(value) : Code.of(defaultPartition, (int) value));
    }

    /** Reads a decimal or a special value; see {@link CborWriter#number}. */
    MedicalFloat number(String field) {
        next(field);
        int at = offset();
        int initial = currentMajor() < 0 ? 0 : octetAt(at);
        if (initial == DECIMAL_FRACTION_HEAD && octetAt(at + 1) == ARRAY_OF_TWO_HEAD) {
            int mantissa = at + 2 + headLength(at + 2);
            if (octetAt(mantissa) >> 5 > NEGATIVE) {
                throw refuse(field, "expected an integer of 64 bits as the mantissa");
            }
            return attempt(field, () -> MedicalFloat.from(parser.getDecimalValue()));
        }
        if (initial == HALF_FLOAT_HEAD) {
            return switch (octetAt(at + 1) << 8 | octetAt(at + 2)) {
                case CborWriter.HALF_NAN -> MedicalFloat.NAN;
                case CborWriter.HALF_POSITIVE_INFINITY -> MedicalFloat.POSITIVE_INFINITY;
                case CborWriter.HALF_NEGATIVE_INFINITY -> MedicalFloat.NEGATIVE_INFINITY;
                default -> throw refuse(field, "a binary fraction has no resolution; expected a decimal fraction");
            };
        }
        if (initial >> 5 == TEXT) {
            String text = attempt(field, parser::getString);
            if (text.equals(MedicalFloat.NRES.toString())) {
                return MedicalFloat.NRES;
            }
            if (text.equals(MedicalFloat.RESERVED.toString())) {
                return MedicalFloat.RESERVED;
            }
            throw refuse(field, "expected a number, NRes or reserved");
        }
        return MedicalFloat.of(currentInteger(field), 0);
    }

    /** Reads a span of time; see {@link CborWriter#duration}. */
    Duration duration(String field) {
        if (!isArray(field)) {
            return Duration.ofSeconds(integer(field));
        }
        array(field);
        long seconds = integer(field);
        int nanos = integer(field, 999_999_999);
        end(field);
        return attempt(field, () -> Duration.ofSeconds(seconds, nanos));
    }

    /** Reads an instant: the span since 1970-01-01T00:00Z. */
    Instant instant(String field) {
        Duration sinceEpoch = duration(field);
        return attempt(field, () -> Instant.ofEpochSecond(sinceEpoch.getSeconds(), sinceEpoch.getNano()));
    }

    /** Reads a typed array of RFC 8746; see {@link CborWriter#samples}. */
    int[] samples(String field) {
        next(field);
        int at = offset();
        int tag = octetAt(at) == TAG_OF_ONE_OCTET_HEAD && octetAt(at + 2) >> 5 == OCTETS ? octetAt(at + 1) : -1;
        if (tag != CborWriter.TAG_INT16_LE && tag != CborWriter.TAG_INT32_LE) {
            throw refuse(field, "expected a typed array, tag 77 or 78");
        }
        ByteBuffer data =
                ByteBuffer.wrap(attempt(field, parser::getBinaryValue)).order(ByteOrder.LITTLE_ENDIAN);
        int width = tag == CborWriter.TAG_INT16_LE ? Short.BYTES : Integer.BYTES;
        if (data.capacity() % width != 0) {
            throw refuse(field, "cut short inside a sample");
        }
        int[] samples = new int[data.capacity() / width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tag == CborWriter.TAG_INT16_LE ? data.getShort() : data.getInt();
        }
        return samples;
    }

    /** Makes a value, and refuses the field when the value's own checks do. */
    <T> T attempt(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | JacksonException e) {
            // The causes quote what came, so they are not passed on.
            throw refuse(field, "outside of what the field can hold");
        }
    }

    /** Returns what an entry of the map has said, and refuses a map that has no such entry. */
    <T> T required(String field, @Nullable T present) {
        if (present == null) {
            throw refuse(field, "missing");
        }
        return present;
    }

    /** Returns the fault of the current item. */
    DecodeException refuse(String field, String reason) {
        return new DecodeException(field, offset(), reason);
    }

    private long currentInteger(String field) {
        if (currentMajor() != UNSIGNED && currentMajor() != NEGATIVE) {
            throw refuse(field, "expected an integer");
        }
        return attempt(field, parser::getLongValue);
    }

    private void enter(String field, int major, String expected) {
        next(field);
        if (currentMajor() != major) {
            throw refuse(field, "expected " + expected);
        }
    }

    /** Returns the major type of the current item, or -1 at the end of an array or map, which has no octets of its own. */
    private int currentMajor() {
        JsonToken token = parser.currentToken();
        boolean isEnd = token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT;
        return isEnd ? -1 : octetAt(offset()) >> 5;
    }

    private int headLength(int at) {
        int info = octetAt(at) & 0x1F;
        return info < CborGuard.UINT8_FOLLOWS ? 1 : 1 + (1 << (info - CborGuard.UINT8_FOLLOWS));
    }

    private int octetAt(int at) {
        return octets[at] & 0xFF;
    }

    private JsonToken next(String field) {
        if (isPeeked) {
            isPeeked = false;
            return Objects.requireNonNull(parser.currentToken());
        }
        return attempt(field, () -> Objects.requireNonNull(parser.nextToken(), "the guard found a whole item"));
    }
}
