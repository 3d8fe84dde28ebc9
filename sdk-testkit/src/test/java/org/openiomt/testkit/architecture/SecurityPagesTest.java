package org.openiomt.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that promise something about security promise what is tested. */
class SecurityPagesTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([TR]\\d\\d) \\|.*\\| ([^|]*) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.(?:java|md|xml)|\\.ci/run)`");

    private final Path root = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root"), "openiomt.root"));

    /** One row: its id, the whole line, and the cell with the tests. */
    private record Row(String id, String line, String tests) {}

    @ParameterizedTest
    @ValueSource(strings = {"docs/threat-model.md", "docs/regulatory.md"})
    void everyRowNamesTestsThatExist(String page) {
        Map<String, String> sources = testsBelow(root);

        assertThat(rows(page))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(missing(row, sources)).isEmpty());
    }

    @Test
    void threatsHaveNumbersOfTheirOwn() {
        assertThat(rows("docs/threat-model.md"))
                .extracting(Row::id)
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyRequirementIsAnsweredByFilesThatExist() {
        List<Row> rows = rows("docs/regulatory.md");

        assertThat(rows)
                .extracting(Row::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 15)
                        .mapToObj(id -> String.format("R%02d", id))
                        .toList());
        for (Row row : rows) {
            List<String> files = FILE.matcher(row.line())
                    .results()
                    .map(file -> file.group(1))
                    .toList();
            assertThat(files)
                    .as(row.id())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(root.resolve(file)).exists());
        }
    }

    @Test
    void vulnerabilitiesCanBeReported() {
        assertThat(read(root.resolve("SECURITY.md")))
                .contains("## Reporting a vulnerability")
                .contains("private vulnerability reporting");
    }

    private List<Row> rows(String page) {
        return read(root.resolve(page))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(), row.group(2)))
                .toList();
    }

    private static List<String> missing(Row row, Map<String, String> sources) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(row.tests());
        boolean any = false;
        while (named.find()) {
            any = true;
            String source = sources.getOrDefault(named.group(1), "");
            boolean isThere = named.group(2) == null
                    ? !source.isEmpty()
                    : Pattern.compile("\\b" + named.group(2) + "\\(")
                            .matcher(source)
                            .find();
            if (!isThere) {
                missing.add(row.id() + " names " + named.group() + ", which is no test");
            }
        }
        if (!any) {
            missing.add(row.id() + " names no test");
        }
        return missing;
    }

    private static Map<String, String> testsBelow(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.getFileName().toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityPagesTest::read,
                            (first, second) -> first + second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
