package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.testkit.NotTested;

class VectorsTest {
    private static final String PROPERTY = "openiomt.reference";

    /** Vectors of the reference that do not name all their fields, with the fields that are missing there. */
    private static final Map<String, Set<String>> INCOMPLETE =
            Map.of("2BDD GHS stored observation: record 42", Set.of("time", "unit"));

    @TestFactory
    Stream<DynamicTest> everyTranscribedVectorHolds() throws IOException {
        Stream.Builder<Vector> vectors = Stream.builder();
        for (Profile<?> profile : Profiles.all()) {
            Vector.transcribed(profile).forEach(vectors);
        }
        for (Profile<?> announced : Advertisements.all().values()) {
            Vector.transcribed(announced).forEach(vectors);
        }
        return tests(vectors.build());
    }

    @TestFactory
    Stream<DynamicTest> everyVectorOfTheReferenceHolds() throws IOException {
        Path file = Path.of(System.getProperty(PROPERTY, ""), "ble-vectors.json");
        if (!Files.isReadable(file)) {
            return Stream.of(DynamicTest.dynamicTest("the vectors of the reference", () -> {
                throw NotTested.because(
                        "reference",
                        "the vectors of the reference. Run Maven with -D" + PROPERTY
                                + "=FOLDER, where FOLDER holds ble-vectors.json. The transcribed vectors did run.");
            }));
        }
        List<Vector> vectors = Vector.parse(Files.readString(file)).toList();
        assertThat(vectors).isNotEmpty();
        return tests(
                vectors.stream().map(vector -> vector.ignoring(INCOMPLETE.getOrDefault(vector.toString(), Set.of()))));
    }

    private static Stream<DynamicTest> tests(Stream<Vector> vectors) {
        return vectors.map(vector -> DynamicTest.dynamicTest(vector.toString(), vector::check));
    }
}
