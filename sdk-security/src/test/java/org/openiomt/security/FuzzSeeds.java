package org.openiomt.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What the fuzzer begins with, which tests check and keep for it in {@code target/fuzz}. */
public final class FuzzSeeds {
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "sdk-security", "target", "fuzz");

    private FuzzSeeds() {}

    /** Keeps the seeds of a target. */
    public static void keep(String target, List<byte[]> seeds) {
        try {
            Path folder = Files.createDirectories(FOLDER.resolve(target));
            for (int i = 0; i < seeds.size(); i++) {
                Files.write(folder.resolve("seed-" + i), seeds.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
