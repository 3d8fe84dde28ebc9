package org.openiomt.examples.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an application gets along with the library is what the page says: nobody adds or changes a dependency unseen. */
class DependenciesTest {
    private static final List<String> PUBLISHED = List.of("core", "ble", "mqtt", "kafka", "security");
    private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause");
    private static final Pattern LISTED = Pattern.compile("^ +([^: ]+:[^:]+):jar:([^:]+):(?:compile|runtime)\\b.*");
    private static final Pattern ROW = Pattern.compile("\\| ([^ |]+:[^ |]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

    private final Path root = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root"), "openiomt.root"));

    @Test
    void pageNamesEveryDependencyOfEveryPublishedArtifact() {
        Map<String, Set<String>> artifacts = new TreeMap<>();
        for (String artifact : PUBLISHED) {
            List<String> found = dependencies(root.resolve("sdk-" + artifact + "/target/dependencies.txt"));
            assertThat(found).as(artifact).isNotEmpty();
            found.forEach(each ->
                    artifacts.computeIfAbsent(each, unknown -> new TreeSet<>()).add(artifact));
        }
        List<String> expected = artifacts.entrySet().stream()
                .map(row -> row.getKey() + " | "
                        + PUBLISHED.stream().filter(row.getValue()::contains).collect(Collectors.joining(", ")))
                .toList();

        List<String> page = rows().stream()
                .map(row -> row.group(1) + " | " + row.group(2) + " | " + row.group(4))
                .toList();
        assertThat(page)
                .as(
                        "the table of docs/dependencies.md without the licences; as it has to be:%n%s",
                        String.join("\n", expected))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyLicenceLetsAnApplicationStayClosed() {
        assertThat(rows())
                .allSatisfy(row -> assertThat(LICENCES).as(row.group(1)).contains(row.group(3)));
    }

    private List<MatchResult> rows() {
        return read(root.resolve("docs/dependencies.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
    }

    private static List<String> dependencies(Path list) {
        assertThat(list)
                .as("the list of dependencies, which \"mvn verify\" in the root makes")
                .exists();
        return read(list)
                .lines()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .filter(listed -> !listed.group(1).startsWith("org.openiomt:"))
                .map(listed -> listed.group(1) + " | " + listed.group(2))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
