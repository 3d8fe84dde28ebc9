package org.openiomt.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openiomt.testkit.NotTested;

/** The recordings and vectors that are kept outside this repository; a test that needs one says so without it. */
public final class Reference {
    private Reference() {}

    /** Returns a file of the folder that the system property {@code openiomt.reference} names. */
    public static Path file(String name) {
        Path file = Path.of(System.getProperty("openiomt.reference", "reference"), name);
        if (!Files.exists(file)) {
            throw NotTested.because("reference", file + " is missing; set -Dopeniomt.reference=<folder>");
        }
        return file;
    }
}
