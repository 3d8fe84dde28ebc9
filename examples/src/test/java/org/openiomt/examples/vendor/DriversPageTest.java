package org.openiomt.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines of docs/drivers.md are those that are compiled and tested here. */
class DriversPageTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")));
    private static final Path HERE = ROOT.resolve("examples/src/test/java/org/openiomt/examples/vendor");
    private static final int FEWER_THAN = 50;

    private static String lines(String file) throws IOException {
        String source = Files.readString(HERE.resolve(file));
        String begin = "// page: begin\n";
        int from = source.indexOf(begin) + begin.length();
        return source.substring(from, source.indexOf("// page: end", from));
    }

    private static List<String> shown() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/drivers.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void thePageShowsTheseVeryLines() throws IOException {
        assertThat(shown()).containsExactly(lines("StickDriver.java"), lines("StickDriverTest.java"));
    }

    @Test
    void aDriverIsAsShortAsThePageSays() throws IOException {
        assertThat(lines("StickDriver.java").lines().filter(line -> !line.isBlank()))
                .hasSizeLessThan(FEWER_THAN);
    }
}
