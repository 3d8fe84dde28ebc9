package org.openiomt.examples.cli;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.wire.MedicalFloat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Plain values as JSON on one line. A decimal keeps its digits ({@code 37.60}); special values of medical floats are strings
 * ({@code "NaN"}, {@code "NRes"}, {@code "+INF"}, {@code "-INF"}), because JSON has no number for them.
 */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /**
     * A piece that is JSON already.
     *
     * @param json the piece
     */
    public record Raw(String json) {}

    /**
     * Writes maps, iterables, texts, numbers, medical floats, booleans, {@link Raw} pieces and null.
     *
     * @throws IllegalArgumentException when there is another type inside
     */
    public static String of(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, part) -> {
                json.writeName(String.valueOf(name));
                write(json, part);
            });
            json.writeEndObject();
        } else if (value instanceof Iterable<?> parts) {
            json.writeStartArray();
            parts.forEach(part -> write(json, part));
            json.writeEndArray();
        } else if (value instanceof int[] numbers) {
            json.writeArray(numbers, 0, numbers.length);
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeScalar(JsonGenerator json, Object value) {
        if (value instanceof Raw raw) {
            json.writeRawValue(raw.json());
        } else if (value instanceof MedicalFloat number) {
            if (number.isFinite()) {
                json.writeNumber(number.toBigDecimal());
            } else {
                json.writeString(number.toString());
            }
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof CharSequence text) {
            json.writeString(text.toString());
        } else {
            throw new IllegalArgumentException(
                    "no JSON for a value of type " + value.getClass().getName());
        }
    }
}
