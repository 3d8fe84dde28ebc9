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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThreatModelTest {
    private static final Pattern ROW = Pattern.compile("^\\| (T\\d\\d) \\|.*\\| ([^|]*) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void everyThreatNamesTestsThatExist() throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root"), "openiomt.root"));
        Map<String, String> sources = testsBelow(root);
        List<String> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("docs/threat-model.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(row.group(1));
                missing.addAll(missing(row.group(1), row.group(2), sources));
            }
        }

        assertThat(missing).isEmpty();
        assertThat(rows).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    private static List<String> missing(String id, String tests, Map<String, String> sources) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(tests);
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
                missing.add(id + " names " + named.group() + ", which is no test");
            }
        }
        if (!any) {
            missing.add(id + " names no test");
        }
        return missing;
    }

    private static Map<String, String> testsBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.getFileName().toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ThreatModelTest::read,
                            (first, second) -> first + second));
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
