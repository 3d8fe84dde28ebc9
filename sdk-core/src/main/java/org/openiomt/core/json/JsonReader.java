package org.openiomt.core.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object in order. Each read names its field, and what is not of the expected kind is refused with field and
 * offset, counted in characters. Not for use by several threads at once.
 */
final class JsonReader {
    /** The most characters of one text. */
    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;

    /**
     * Begins to read.
     *
     * @throws DecodeException when there are too many characters
     */
    JsonReader(String text, String field) {
        if (text.length() > MAX_CHARACTERS) {
            throw new DecodeException(
                    field, 0, "at most " + MAX_CHARACTERS + " characters, but " + text.length() + " came");
        }
        parser = FACTORY.createParser(ObjectReadContext.empty(), text);
        next(field);
    }

    /** Refuses what follows the object. */
    void requireEnd(String field) {
        if (next(field) != null) {
            throw refuse(field, "something after the end");
        }
    }

    /** Enters an object. */
    void object(String field) {
        require(field, parser.currentToken() == JsonToken.START_OBJECT, "an object");
    }

    /** Moves to the value of the next member and returns the member's name, or null after the last one. */
    @Nullable
    String nextMember(String field) {
        if (next(field) == JsonToken.END_OBJECT) {
            return null;
        }
        String name = parser.currentName();
        next(field);
        return name;
    }

    /** Enters an array. */
    void array(String field) {
        require(field, parser.currentToken() == JsonToken.START_ARRAY, "an array");
    }

    /** Moves to the next item of an array; false after the last one. */
    boolean nextItem(String field) {
        return next(field) != JsonToken.END_ARRAY;
    }

    /** Passes over a value. */
    void skip(String field) {
        attempt(field, parser::skipChildren);
    }

    /** Reads a string and makes a value of it. */
    <T> T text(String field, Function<String, T> factory) {
        require(field, parser.currentToken() == JsonToken.VALUE_STRING, "a string");
        return attempt(field, () -> factory.apply(parser.getString()));
    }

    long integer(String field) {
        require(field, parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "an integer");
        return attempt(field, parser::getLongValue);
    }

    int int32(String field) {
        long value = integer(field);
        return attempt(field, () -> Math.toIntExact(value));
    }

    /** Reads a number with the digits as they are written, or the name of a special value. */
    MedicalFloat number(String field) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return text(field, text -> {
                MedicalFloat special = MedicalFloat.parse(text);
                if (special.isFinite()) {
                    throw new IllegalArgumentException("a decimal is a JSON number");
                }
                return special;
            });
        }
        require(
                field,
                token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT,
                "a number or the name of a special value");
        return attempt(field, () -> MedicalFloat.from(new BigDecimal(parser.getString())));
    }

    /** Returns what a member has said, and refuses an object that has no such member. */
    <T> T required(String field, @Nullable T present) {
        if (present == null) {
            throw refuse(field, "missing");
        }
        return present;
    }

    /** Makes a value, and refuses the field when the value's own checks do. */
    <T> T attempt(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | JacksonException e) {
            // The causes quote what came, so they are not passed on.
            throw refuse(field, "not what the field can hold");
        }
    }

    /** Returns the fault of the current token. */
    DecodeException refuse(String field, String reason) {
        return refuseAt(parser.currentTokenLocation(), field, reason);
    }

    /** Before the first and after the last token there is no location, which counts as the beginning. */
    private static DecodeException refuseAt(TokenStreamLocation location, String field, String reason) {
        return new DecodeException(field, (int) Math.max(0, location.getCharOffset()), reason);
    }

    private void require(String field, boolean isThere, String expected) {
        if (!isThere) {
            throw refuse(field, "expected " + expected);
        }
    }

    private @Nullable JsonToken next(String field) {
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            throw refuseAt(parser.currentLocation(), field, "no JSON");
        }
    }
}
