package org.openiomt.security.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of a file with known answers, without those that begin with {@code #}. */
final class VectorFile {
    private VectorFile() {}

    static List<String> lines(String name) {
        try (InputStream in =
                Objects.requireNonNull(VectorFile.class.getResourceAsStream("/test-vectors/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
