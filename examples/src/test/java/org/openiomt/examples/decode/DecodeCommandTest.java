package org.openiomt.examples.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.examples.CommandRun;
import org.openiomt.examples.JsonTree;

class DecodeCommandTest {
    private static final String CUFF = "167C0056006100E807060F11111B33000000";

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void everyVectorIsDecodedOrRefused(String name, Map<String, Object> vector) {
        CommandRun run = CommandRun.of(
                "decode", String.valueOf(vector.get("characteristic")), String.valueOf(vector.get("hex")));

        if (vector.containsKey("reject")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).containsPattern("^\\w[^:]* at octet \\d+: ");
        } else {
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            Map<String, Object> json = JsonTree.object(run.out());
            assertThat(json.get("characteristic")).isEqualTo(vector.get("characteristic"));
            assertThat(json.get("value")).isEqualTo(typed(vector.get("fields"), json.get("value")));
        }
    }

    /** Reads the vectors of the codecs where they are kept. */
    static Stream<Arguments> vectors() throws IOException {
        Path folder = Path.of(System.getProperty("openiomt.root", ".."), "sdk-ble/src/test/resources/test-vectors");
        List<Arguments> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                if (JsonTree.parse(Files.readString(file)) instanceof List<?> list) {
                    for (Object vector : list) {
                        Map<?, ?> map = (Map<?, ?>) vector;
                        boolean isCharacteristic =
                                String.valueOf(map.get("characteristic")).matches("[0-9A-F]{4}");
                        if (!isCharacteristic || map.containsKey("quirk")) {
                            continue; // advertised, or read by a driver that knows the device
                        }
                        vectors.add(Arguments.of(map.get("characteristic") + " " + map.get("name"), map));
                    }
                }
            }
        }
        assertThat(vectors).hasSizeGreaterThan(40);
        return vectors.stream();
    }

    @Test
    void decimalsKeepTheDevicesDigits() {
        assertThat(CommandRun.of("decode", "2A1C", "06B00E00FEDC070C050B321B04").out())
                .contains("\"temperature\":37.60,");
    }

    @Test
    void specialValuesAreTexts() {
        assertThat(CommandRun.of("decode", "2A1C", "00FFFF7F00").out()).contains("\"temperature\":\"NaN\"");
        assertThat(CommandRun.of("decode", "2A1C", "0000008000").out()).contains("\"temperature\":\"NRes\"");
        assertThat(CommandRun.of("decode", "2A1C", "00FEFF7F00").out()).contains("\"temperature\":\"+INF\"");
        assertThat(CommandRun.of("decode", "2A1C", "0002008000").out()).contains("\"temperature\":\"-INF\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CUFF,
                "0x" + CUFF,
                "16 7C 00 56 00 61 00 E8 07 06 0F 11 11 1B 33 00 00 00",
                "16:7c:00:56:00:61:00:e8:07:06:0f:11:11:1b:33:00:00:00",
                "16-7C-00-56-00-61-00-E8-07-06-0F-11-11-1B-33-00-00-00"
            })
    void octetsAreTakenInEveryForm(String hex) {
        CommandRun run = CommandRun.of("decode", "2A35", hex);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"systolic\":124,\"diastolic\":86");
    }

    @Test
    void octetsMayBeSeveralArguments() {
        String[] arguments =
                ("decode 2A35 " + CUFF.replaceAll("(..)", "$1 ")).trim().split(" ", -1);

        assertThat(CommandRun.of(arguments).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2A35", "2a35", "0x2A35", "00002a35-0000-1000-8000-00805f9b34fb", "blood-pressure-measurement"})
    void characteristicIsTakenInEveryForm(String characteristic) {
        assertThat(CommandRun.of("decode", characteristic, CUFF).out()).startsWith("{\"characteristic\":\"2A35\",");
    }

    @Test
    void whatTheSpecificationDoesNotForeseeIsAWarningOrStrictlyRefused() {
        CommandRun lenient = CommandRun.of("decode", "2A35", CUFF + "FF");
        CommandRun strict = CommandRun.of("decode", "2A35", CUFF + "FF", "--strict");

        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.out()).contains("\"warnings\":[{\"field\":\"trailing\",\"offset\":18,");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).contains("trailing at octet 18");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2A35 1E8A | systolic at octet 1: cut short",
                "2A35 '' | flags at octet 0: cut short",
                "2AFF 00 | unknown characteristic '2AFF'; 'decode --list' shows the known ones",
                "2A35 1G | octets: expected hexadecimal digits, but character 2",
                "2A35 123 | octets: expected two hexadecimal digits an octet, but got 3 digits",
                "2A35 | expected the octets behind the characteristic",
            })
    void faultNamesWhatIsWrongAndWhere(String arguments, String message) {
        String[] words = ("decode " + arguments.replace("''", "\0")).split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("\0", "");
        }
        CommandRun run = CommandRun.of(words);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith(message);
    }

    @Test
    void observationsAreTheirJsonTwins() {
        String out = CommandRun.of("decode", "2A35", CUFF).out();
        Map<String, Object> json = JsonTree.object(out);

        assertThat((List<?>) json.get("observations")).hasSize(2);
        assertThat(out).contains("\"MDC_PRESS_BLD_NONINV\"", "\"2024-06-15T17:17:27\"", "\"mm[Hg]\"");
    }

    @Test
    void listNamesTheKnownCharacteristics() {
        assertThat(CommandRun.of("decode", "--list").out()).contains("2A35 Blood Pressure Measurement");
    }

    @Test
    void linesAreAnsweredOneByOneWithoutStoppingAtABadOne() throws IOException {
        List<String> answers = lines("""
                # a log
                2A35 %s

                2A35 03020304050607
                2AFF 00
                2A35
                2A35 zz\r
                \u0000\u0001 \uFFFD
                2A19 64""".formatted(CUFF));

        assertThat(answers).hasSize(7);
        assertThat(answers.get(0)).contains("\"systolic\":124");
        assertThat(answers.get(1))
                .isEqualTo(
                        "{\"error\":\"takenAt at octet 7: cut short, 7 octets missing\",\"field\":\"takenAt\",\"offset\":7,\"line\":4}");
        assertThat(answers.get(2))
                .contains("\"error\":\"unknown characteristic '2AFF'")
                .contains("\"line\":5");
        assertThat(answers.get(3)).contains("expected '<characteristic> <hex>'");
        assertThat(answers.subList(4, 6))
                .allSatisfy(answer -> assertThat(answer).startsWith("{\"error\":"));
        assertThat(answers.get(6)).contains("\"value\":{\"percent\":100}");
    }

    @Test
    void endlessLineIsRefusedInBoundedMemory() throws IOException {
        List<String> answers = lines("2A35 " + "00".repeat(100_000) + "\n2A19 64\n");

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("the line has more than 65536 characters");
    }

    private static List<String> lines(String text) throws IOException {
        StringWriter out = new StringWriter();
        DecodeCommand.decodeLines(new StringReader(text), new PrintWriter(out), DecodeMode.LENIENT);
        out.flush();
        return out.toString().lines().toList();
    }

    /** Gives each expected value the type of the actual one: a decimal stands as a text in the vectors. */
    private static @Nullable Object typed(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
            Map<Object, @Nullable Object> typed = new LinkedHashMap<>();
            map.forEach((name, part) ->
                    typed.put(name.equals("vendorOctets") ? "trailing" : name, typed(part, other.get(name))));
            return typed;
        }
        if (expected instanceof List<?> list && actual instanceof List<?> other && list.size() == other.size()) {
            List<@Nullable Object> typed = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                typed.add(typed(list.get(i), other.get(i)));
            }
            return typed;
        }
        return actual instanceof BigDecimal && expected instanceof String text ? new BigDecimal(text) : expected;
    }
}
