package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The fuzzing target with the inputs that the fuzzer begins with, which are kept for it in target/fuzz. */
class IdentityFuzzTest {
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "sdk-security", "target", "fuzz");
    private static final int COMPARISON = 5; // takes two messages, of which the second depends on its answer

    @Test
    void everySeedIsTakenByItsParser() throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve("identity"));
        List<byte[]> seeds = IdentityFuzz.seeds();
        assertThat(seeds).hasSize(8);
        for (int i = 0; i < seeds.size(); i++) {
            assertThat(IdentityFuzz.isTaken(seeds.get(i))).as("seed %d", i).isEqualTo(i != COMPARISON);
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }
}
