package org.openiomt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;

/** The README's lines, compiled and run; and that they are these. */
class ReadmeTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")));
    private static final String SOURCE = "examples/src/test/java/org/openiomt/examples/ReadmeTest.java";

    @Test
    void theTwelveLinesPrintABloodPressure() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            twelveLines();
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("blood pressure +120/80 \\(93\\) mm\\[Hg\\]");
    }

    @Test
    void theReadmeShowsTheseVeryLines() throws IOException {
        String source = Files.readString(ROOT.resolve(SOURCE));
        String lines = between(source, "// README: begin\n", "        // README: end")
                .stripTrailing()
                .stripIndent();
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(between(readme, "```java\n", "```")).isEqualTo(lines + "\n");
    }

    private static void twelveLines() throws Exception {
        // README: begin
        VirtualAir air = new VirtualAir();
        VirtualCuff cuff = new VirtualCuff(air, "cuff-1");
        try (Gateway gateway = Gateway.builder().transport(Ble.simulated(air)).build()) {
            CompletionStage<Observation> next = gateway.next(Mdc.MDC_PRESS_BLD_NONINV);
            gateway.start();
            cuff.measure(120, 80, 93);
            Observation reading = next.toCompletableFuture().get(10, TimeUnit.SECONDS);
            System.out.println(ObservationText.line(reading));
        }
        // README: end
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
