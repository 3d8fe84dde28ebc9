package org.openiomt.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.examples.CommandRun;
import org.openiomt.examples.JsonTree;
import org.openiomt.examples.Reference;
import org.openiomt.testkit.transcript.Event;
import org.openiomt.testkit.transcript.Transcript;

/** Recordings from the file to the application, through devices, gateway, outbox and broker. */
class ReplayCommandTest {
    private static final Path CAPTURES =
            Path.of(System.getProperty("openiomt.root", ".."), "examples/recordings/captures.txt");
    private static final Set<String> PLAYED =
            Set.of("2A35", "2A36", "2A1C", "2A1E", "2A9D", "2A5E", "2A5F", "2A37", "2A18", "2A34", "2A19");
    private static final String BATTERY = "MDC_ATTR_VAL_BATT_CHARGE";
    private static final int MISSING = Short.MIN_VALUE;

    @TempDir
    private Path folder;

    @Test
    void whatRealDevicesSentArrivesAsTheySaidIt() {
        CommandRun run = CommandRun.of("replay", CAPTURES.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("delivered " + run.out().lines().count() + ", waiting 0");
        assertThat(arrived(run).map(Arrived::line).toList())
                .containsExactlyInAnyOrder(
                        "thermometer MDC_TEMP_BODY 35.9 Cel 2020-04-04T11:26:00",
                        "cuff MDC_PRESS_BLD_NONINV 124/86/97 mm[Hg] 2024-06-15T17:17:27",
                        "cuff MDC_PULS_RATE_NON_INV 51 {beat}/min 2024-06-15T17:17:27",
                        "cuff MDC_PRESS_BLD_NONINV NaN/NaN/NaN mm[Hg] 2024-06-23T14:35:10 not-available",
                        "cuff MDC_PULS_RATE_NON_INV NaN {beat}/min 2024-06-23T14:35:10 not-available",
                        "BM85 MDC_PRESS_BLD_NONINV 106/71/NaN mm[Hg] 2026-08-11T18:31:00",
                        "BM85 MDC_PULS_RATE_NON_INV 63 {beat}/min 2026-08-11T18:31:00",
                        "BM85 MDC_PRESS_BLD_NONINV 119/70/NaN mm[Hg] 2026-08-11T20:57:00",
                        "BM85 MDC_PULS_RATE_NON_INV 87 {beat}/min 2026-08-11T20:57:00",
                        "meter-1 MDC_CONC_GLU_UNDETERMINED_PLASMA 104 mg/dL 2020-05-14T12:49:29 + PT5H34M",
                        "meter-2 MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD 5.9 mmol/L 2019-08-21T06:31:13 + PT3H",
                        "accu-chek MDC_CONC_GLU_UNDETERMINED_PLASMA 111 mg/dL 2024-01-30T05:58:27 + PT5H39M");
    }

    @Test
    void everyPublishedCaptureIsInTheTranscript() throws IOException {
        Path vectors = Reference.file("ble-vectors.json");
        Set<String> published = new TreeSet<>();
        for (Object each : (List<?>) Objects.requireNonNull(JsonTree.parse(Files.readString(vectors)))) {
            Map<?, ?> vector = (Map<?, ?>) each;
            if ("real".equals(vector.get("kind")) && PLAYED.contains(String.valueOf(vector.get("characteristic")))) {
                published.add(vector.get("characteristic") + " " + vector.get("hex"));
            }
        }

        Set<String> played = new TreeSet<>();
        for (Transcript.Entry entry : Transcript.read(CAPTURES).entries()) {
            Event.Value value = (Event.Value) entry.event();
            String characteristic = Gatt.characteristic(value.channel()).toUpperCase(Locale.ROOT);
            if (PLAYED.contains(characteristic)) {
                played.add(characteristic + " " + value.hex().toUpperCase(Locale.ROOT));
            }
        }

        assertThat(published).isNotEmpty();
        assertThat(played).isEqualTo(published);
    }

    @Test
    void everyRowOfAPatientsNumericsArrivesWithItsValue() throws IOException {
        Path header = Reference.file("replay/s00001-2896-10-10-00-31n.hea");
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(header.resolveSibling("3975656n.dat")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        List<String> saturation = new ArrayList<>();
        List<String> pulse = new ArrayList<>();
        List<String> pressure = new ArrayList<>();
        LocalDateTime start = LocalDateTime.parse("2896-10-10T00:31:25");
        for (int row = 0; row < 1_936; row++) {
            pulse.add(tenths(samples.get(row * 10 + 4)));
            saturation.add(tenths(samples.get(row * 10 + 6)));
            if (samples.get(row * 10 + 7) != MISSING) {
                pressure.add(samples.get(row * 10 + 7) + "/" + samples.get(row * 10 + 8) + "/"
                        + samples.get(row * 10 + 9) + " " + start.plusMinutes(row));
            }
        }

        CommandRun run = CommandRun.of("replay", header.toString(), "--speed", "20000");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("waiting 0").contains("not played: HR, ABPSys, ABPDias, ABPMean, RESP");
        List<Arrived> all = arrived(run).toList();
        assertThat(values(all, "MDC_PULS_OXIM_SAT_O2"))
                .as(run.err())
                .hasSameSizeAs(saturation)
                .isEqualTo(saturation);
        assertThat(values(all, "MDC_PULS_OXIM_PULS_RATE")).isEqualTo(pulse);
        assertThat(all.stream()
                        .filter(one -> one.type().equals("MDC_PRESS_BLD_NONINV"))
                        .map(one -> one.value() + " " + one.clock()))
                .hasSize(152)
                .containsExactlyElementsOf(pressure);
        assertThat(all.stream().filter(one -> one.value().equals("NaN")))
                .hasSize(2 * 363)
                .allSatisfy(one -> assertThat(one.status()).contains("not-available"));
    }

    @Test
    void everySampleOfAnElectrocardiogramArrivesInOrder() throws IOException {
        Path record = Reference.file("replay/100.hea");
        byte[] octets = Files.readAllBytes(record.resolveSibling("100.dat"));
        int seconds = 20;
        List<Integer> expected = IntStream.range(0, 360 * seconds)
                .map(i -> ((octets[3 * i] & 0xFF) | (octets[3 * i + 1] & 0x0F) << 8) << 20 >> 20)
                .boxed()
                .toList();
        Path begin = folder.resolve("begin.hea");
        Files.write(folder.resolve("begin.dat"), Arrays.copyOf(octets, 3 * 360 * seconds));
        Files.writeString(
                begin, "begin 2 360 " + 360 * seconds + "\nbegin.dat 212 200 11 1024\nbegin.dat 212 200 11 1024\n");

        CommandRun run = CommandRun.of("replay", begin.toString(), "--speed", "20");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Integer> samples = new ArrayList<>();
        Set<String> forms = new HashSet<>();
        run.out().lines().map(JsonTree::object).forEach(one -> {
            Map<?, ?> value = part(one, "value");
            forms.add(value.get("scale") + " " + value.get("offset") + " "
                    + part(value, "unit").get("ucum"));
            ((List<?>) Objects.requireNonNull(value.get("samples")))
                    .forEach(sample -> samples.add(((BigDecimal) sample).intValueExact()));
        });
        assertThat(samples).isEqualTo(expected);
        assertThat(forms).containsExactly("0.005 -5.120 mV");
    }

    @Test
    void fileThatIsNoRecordingIsNamedWithWhatWasExpected() throws IOException {
        Path file = folder.resolve("letter.txt");
        Files.writeString(file, "Dear colleague,\n");

        CommandRun run = CommandRun.of("replay", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("letter.txt: line 1: expected 'transcript 1', but got something else");
        assertThat(CommandRun.of("replay", folder.resolve("none.hea").toString())
                        .err())
                .contains("none.hea");
        assertThat(CommandRun.of("replay", folder.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void whatTheRecordCommandWroteGivesTheSameReadings() throws IOException {
        Path file = folder.resolve("ward.txt");

        CommandRun recorded = CommandRun.of("record", file.toString(), "--simulated", "4", "--seconds", "3");

        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        List<String> lines = recorded.out().lines().toList();
        assertThat(lines).hasSizeGreaterThan(8);
        assertThat(recorded.err())
                .contains("recorded " + lines.size() + " readings in " + file + "; it is personal data");

        CommandRun played = CommandRun.of("replay", file.toString(), "--speed", "2");

        assertThat(played.exitCode()).as(played.err()).isZero();
        assertThat(played.err()).contains("waiting 0");
        assertThat(played.out()
                        .lines()
                        .map(line -> JsonTree.object(line).get("device"))
                        .sorted())
                .containsExactlyElementsOf(lines.stream()
                        .map(line -> (Object) line.replaceFirst(" .*", ""))
                        .sorted()
                        .toList());
    }

    @Test
    void aRecordingThatADriverDoesNotFollowFailsWithItsLine() throws IOException {
        Path file = folder.resolve("strap.txt");
        Files.writeString(file, """
            transcript 1
            0 - > scan
            0 strap < seen strap-1 service 180d
            0 strap > open
            0 strap < opened 244 180d/2a37
            0 strap > write 1 180d/2a37 00
            0 strap < answer 1
            """);

        CommandRun run = CommandRun.of("replay", file.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains("line 6, strap: expected write 180d/2a37 (1 octets), but was asked: subscribe 180d/2a37");
    }

    @Test
    void aTranscriptIsNeverReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.txt"), "mine");

        CommandRun run = CommandRun.of("record", file.toString(), "--simulated", "1", "--seconds", "1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is such a file already");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    private static String tenths(int sample) {
        return sample == 0 ? "NaN" : BigDecimal.valueOf(sample, 1).toString();
    }

    private static List<String> values(List<Arrived> all, String type) {
        return all.stream()
                .filter(one -> one.type().equals(type))
                .map(Arrived::value)
                .toList();
    }

    private static Map<?, ?> part(Map<?, ?> object, String name) {
        return (Map<?, ?>) Objects.requireNonNull(object.get(name), name);
    }

    /** Reads what the command printed, without the batteries of the virtual devices. */
    private static Stream<Arrived> arrived(CommandRun run) {
        return run.out()
                .lines()
                .map(JsonTree::object)
                .map(Arrived::of)
                .filter(one -> !one.type().equals(BATTERY));
    }

    /** An observation as the application prints it. */
    private record Arrived(
            String device, String type, String value, String unit, String clock, String correction, String status) {
        static Arrived of(Map<String, Object> json) {
            List<String> numbers = new ArrayList<>();
            Set<String> units = new TreeSet<>();
            Map<?, ?> value = part(json, "value");
            List<?> parts = value.get("parts") instanceof List<?> list ? list : List.of(Map.of("value", value));
            for (Object part : parts) {
                Map<?, ?> quantity = part((Map<?, ?>) part, "value");
                numbers.add(String.valueOf(quantity.get("number")));
                units.add(String.valueOf(part(quantity, "unit").get("ucum")));
            }
            List<?> status = (List<?>) json.getOrDefault("status", List.of());
            return new Arrived(
                    String.valueOf(json.get("device")),
                    String.valueOf(part(json, "type").get("name")),
                    String.join("/", numbers),
                    String.join(" ", units),
                    String.valueOf(json.getOrDefault("clock", "")),
                    String.valueOf(json.getOrDefault("correction", "")),
                    status.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }

        String line() {
            return String.join(" ", device, type, value, unit, clock)
                    + (correction.isEmpty() ? "" : " + " + correction)
                    + (status.isEmpty() ? "" : " " + status);
        }
    }
}
