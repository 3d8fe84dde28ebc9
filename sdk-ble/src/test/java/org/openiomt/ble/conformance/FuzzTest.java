package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The fuzzing targets with the inputs that the fuzzer begins with, which are kept for it in target/fuzz. */
class FuzzTest {
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "sdk-ble", "target", "fuzz");

    @Test
    void everyVectorPassesTheTargets() throws IOException {
        Path decoders = Files.createDirectories(FOLDER.resolve("decoders"));
        Files.createDirectories(FOLDER.resolve("reassembler"));
        List<byte[]> seeds = DecoderFuzz.seeds().toList();
        assertThat(seeds).isNotEmpty();
        for (int i = 0; i < seeds.size(); i++) {
            DecoderFuzz.fuzzerTestOneInput(seeds.get(i));
            ReassemblerFuzz.fuzzerTestOneInput(seeds.get(i));
            Files.write(decoders.resolve("vector-" + i), seeds.get(i));
        }
    }
}
