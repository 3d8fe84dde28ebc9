package org.openiomt.core.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of docs/contract. */
final class Contract {
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root"), "openiomt.root"), "docs", "contract");
    private static final Path EXAMPLES = FOLDER.resolve("examples");

    private Contract() {}

    /** Octets that no decoder may take, and whether the CDDL says so too. */
    record Refused(String what, boolean isByCddl, String hex) {
        byte[] octets() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Cddl cddl() {
        return Cddl.parse(text(FOLDER.resolve("openiomt.cddl")));
    }

    /** Returns the octets of an example. */
    static byte[] octets(String name) {
        return HexFormat.of().parseHex(text(EXAMPLES.resolve(name + ".hex")).strip());
    }

    /** Returns the JSON view of an example. */
    static String json(String name) {
        return text(EXAMPLES.resolve(name + ".json")).strip();
    }

    /** Writes both files of an example, where that was asked for with {@code -Dopeniomt.contract=write}. */
    static void writeIfAsked(String name, byte[] octets, String json) {
        if (!"write".equals(System.getProperty("openiomt.contract"))) {
            return;
        }
        try {
            Files.writeString(EXAMPLES.resolve(name + ".hex"), HexFormat.of().formatHex(octets) + "\n");
            Files.writeString(EXAMPLES.resolve(name + ".json"), json + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of all examples. */
    static Set<String> names() {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".hex") || name.endsWith(".json"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Refused> refused() {
        return Arrays.stream(text(EXAMPLES.resolve("refused.txt")).split("\n"))
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" *\\| *"))
                .map(columns -> new Refused(columns[0], columns[1].equals("cddl"), columns[2].replace(" ", "")))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
