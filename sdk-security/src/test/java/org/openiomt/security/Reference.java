package org.openiomt.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.openiomt.testkit.NotTested;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tables of known answers in JSON, in the folder that the system property {@code openiomt.reference} names. */
@SuppressWarnings("exports") // the tests of this module alone see it
public final class Reference {
    private static final String PROPERTY = "openiomt.reference";

    private Reference() {}

    /** One object of a table. */
    public record Row(Map<String, Object> members) {
        /** Returns the octets of a member in hexadecimal digits. */
        public byte[] octets(String member) {
            return HexFormat.of().parseHex(text(member));
        }

        /** Returns a member that is a text. */
        public String text(String member) {
            return (String) value(member);
        }

        /** Returns a member that is a whole number. */
        public int number(String member) {
            return ((Number) value(member)).intValue();
        }

        /** Returns whether there is such a member. */
        public boolean has(String member) {
            return members.containsKey(member);
        }

        /** Returns a member that is a list. */
        public List<?> list(String member) {
            return (List<?>) value(member);
        }

        /** Returns a member that is a list of objects. */
        public List<Row> rows(String member) {
            return list(member).stream().map(Reference::row).toList();
        }

        private Object value(String member) {
            return Objects.requireNonNull(members.get(member), member);
        }

        @Override
        public String toString() {
            return members.toString();
        }
    }

    /**
     * Returns tests of a file, or one that says loudly that they were not run.
     *
     * @param testsOf makes the tests of the whole file
     */
    public static Stream<DynamicTest> tests(String name, TestsOf testsOf) throws IOException {
        Path file = Path.of(System.getProperty(PROPERTY, ""), name);
        if (!Files.isReadable(file)) {
            return Stream.of(DynamicTest.dynamicTest(name, () -> {
                throw NotTested.because(
                        "reference",
                        "the known answers of " + name + ". Run Maven with -D" + PROPERTY
                                + "=FOLDER, where FOLDER holds it. The transcribed ones did run.");
            }));
        }
        List<DynamicTest> tests = testsOf.tests(parse(Files.readString(file))).toList();
        assertThat(tests).as(name).isNotEmpty();
        return tests.stream();
    }

    /** Makes the tests of a file. */
    @FunctionalInterface
    public interface TestsOf {
        /** Returns one test for each row. */
        Stream<DynamicTest> tests(Row file);
    }

    /** Reads one JSON object. */
    public static Row parse(String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return row(value(parser));
        }
    }

    private static Row row(Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, member) -> members.put((String) key, member));
        return new Row(members);
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> "";
            default -> throw new AssertionError(token);
        };
    }
}
