package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;

/** The table of docs/coverage.md against the code and the vectors. */
class CoverageTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")));
    private static final Pattern ROW = Pattern.compile(
            "\\| ([0-9A-F]{4}) \\| ([^|]+) \\| `([^`]+)` \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| ([^|]*)\\|");

    @Test
    void theTableTellsWhatIsThere() throws IOException {
        List<String> written = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/coverage.md")));
        while (row.find()) {
            written.add(
                    row.group(1) + " " + row.group(2) + " " + row.group(4) + "/" + row.group(5) + "/" + row.group(6));
            assertThat(ROOT.resolve("sdk-ble/src/main/java/org/openiomt/ble/profile")
                            .resolve(row.group(3)))
                    .exists();
            assertThat(row.group(7).isBlank())
                    .as("%s: a capture names its device", row.group(1))
                    .isEqualTo(row.group(4).equals("0"));
        }
        List<String> actual = new ArrayList<>();
        for (Profile<?> profile : Profiles.all()) {
            List<?> vectors = (List<?>) Json.parse(Files.readString(
                    ROOT.resolve("sdk-ble/src/test/resources/test-vectors/" + profile.uuid() + ".json")));
            actual.add(profile.uuid() + " " + profile.name() + " " + count(vectors, "real") + "/"
                    + count(vectors, "synthetic") + "/" + count(vectors, "constructed"));
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(actual);
    }

    private static long count(List<?> vectors, String kind) {
        return vectors.stream()
                .filter(vector -> kind.equals(((Map<?, ?>) vector).get("kind")))
                .count();
    }
}
