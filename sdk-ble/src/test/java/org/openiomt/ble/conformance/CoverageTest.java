package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/** Every profile has all that it needs, and docs/coverage.md tells it. */
class CoverageTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")));
    private static final String PROPERTY = "openiomt.coverage";

    @Test
    void noProfileHasAGap() throws IOException {
        Set<Codec<?>> laws = Coverage.codecsWithLaws(ROOT);
        List<String> gaps = new ArrayList<>();
        for (Profile<?> profile : Profiles.all()) {
            gaps.addAll(Coverage.of(profile, ROOT).gaps(ROOT, laws));
        }
        assertThat(gaps).isEmpty();
    }

    @Test
    void theTableTellsWhatIsThere() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Profile<?> profile : Profiles.all()) {
            rows.add(Coverage.of(profile, ROOT).row(ROOT));
        }
        Path file = ROOT.resolve("docs/coverage.md");
        String document = Files.readString(file);
        String generated = Coverage.withTable(document, rows);
        if ("write".equals(System.getProperty(PROPERTY))) {
            Files.writeString(file, generated);
            return;
        }
        assertThat(document)
                .as("write it with -D%s=write, see CONTRIBUTING.md", PROPERTY)
                .isEqualTo(generated);
    }

    @Test
    void eachKindOfGapIsFound() throws IOException {
        assertThat(gaps(
                        BatteryLevel.CODEC,
                        BatteryLevel.class,
                        Set.of(BatteryLevel.CODEC),
                        vector("33", "constructed")))
                .isEmpty();
        assertThat(gaps(BatteryLevel.CODEC, BatteryLevel.class, Set.of(), vector("33", "constructed")))
                .singleElement()
                .asString()
                .contains("no laws");
        assertThat(gaps(BatteryLevel.CODEC, BatteryLevel.class, Set.of(BatteryLevel.CODEC)))
                .singleElement()
                .asString()
                .contains("no vector with values");
        assertThat(gaps(BatteryLevel.CODEC, BatteryLevel.class, Set.of(BatteryLevel.CODEC), vector("33", "real")))
                .singleElement()
                .asString()
                .contains("without its device");
        assertThat(gaps(BatteryLevel.CODEC, BatteryLevel.class, Set.of(BatteryLevel.CODEC), vector("33", "guessed")))
                .singleElement()
                .asString()
                .contains("no known kind");
        assertThat(gaps(BatteryLevel.CODEC, BatteryLevel.class, Set.of(BatteryLevel.CODEC), vector("", "constructed")))
                .singleElement()
                .asString()
                .contains("refuses a vector");
    }

    @Test
    void octetsInPlaceOfValuesAndOneDirectionAreFound() throws IOException {
        Codec<Raw> raw = raw((value, out) -> out.octets(value.octets.octets()));
        assertThat(gaps(raw, Raw.class, Set.of(raw), vector("0102F3", "constructed")))
                .anyMatch(gap -> gap.contains("octets in place of a value: octets"))
                .anyMatch(gap -> gap.contains("no source file"));
        Codec<Raw> oneWay = raw((value, out) -> {
            throw new UnsupportedOperationException();
        });
        assertThat(gaps(oneWay, Raw.class, Set.of(oneWay), vector("01", "constructed")))
                .anyMatch(gap -> gap.contains("one direction only"));
    }

    @Test
    void onlyTheTableIsWrittenAnew() {
        String document = "a\n\n" + Coverage.HEAD + "\n| --- |\n| old |\n<<<<<<< mine\n| other |\n\n| row | of |\n";
        assertThat(Coverage.withTable(document, List.of("| new |")))
                .isEqualTo("a\n\n" + Coverage.HEAD + "\n| --- |\n| new |\n\n| row | of |\n");
    }

    private static Codec<Raw> raw(BiConsumer<Raw, ByteWriter> writer) {
        return Codec.of(in -> new Raw(Opaque.of(in.octets("octets", in.remaining()))), writer);
    }

    private static <T extends Described> List<String> gaps(
            Codec<T> codec, Class<T> type, Set<Codec<?>> laws, Map<?, ?>... vectors) throws IOException {
        return new Coverage(new Profile<>("FFFF", "Planted", codec, type), List.of(vectors)).gaps(ROOT, laws);
    }

    private static Map<String, Object> vector(String hex, String kind) {
        return Map.of("name", "planted", "hex", hex, "kind", kind);
    }

    /** A pass-through, as no profile may be. */
    private record Raw(Opaque octets) implements Described {
        @Override
        public Map<String, Object> fields() {
            return Fields.start().octets("octets", octets.octets()).toMap();
        }
    }
}
