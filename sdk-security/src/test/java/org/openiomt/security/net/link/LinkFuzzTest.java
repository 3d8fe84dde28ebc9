package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The fuzzing target with the inputs that the fuzzer begins with, which are kept for it in target/fuzz. */
class LinkFuzzTest {
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "sdk-security", "target", "fuzz");

    @Test
    void everySeedIsTakenByItsParser() throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve("link"));
        List<byte[]> seeds = LinkFuzz.seeds();
        assertThat(seeds).hasSize(16);
        for (int i = 0; i < seeds.size(); i++) {
            assertThat(LinkFuzz.isTaken(seeds.get(i))).as("seed %d", i).isTrue();
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }
}
