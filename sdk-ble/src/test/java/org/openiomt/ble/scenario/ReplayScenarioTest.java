package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openiomt.testkit.transcript.Transcript;

/**
 * The scenarios over transcripts, the source of each is on its top. What is asked of the devices is in them too, and has to be asked
 * again as it was. A live stage writes them with {@code -Dopeniomt.scenario.record=FOLDER}.
 */
class ReplayScenarioTest extends ScenarioSuite {
    private static final String FOLDER = "/test-vectors/transcripts/";

    @Override
    Stage open(String scenario) {
        try (InputStream file = ReplayScenarioTest.class.getResourceAsStream(FOLDER + scenario + ".txt")) {
            assertThat(file).as(FOLDER + scenario + ".txt").isNotNull();
            List<String> lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            assertThat(lines).anyMatch(line -> line.startsWith("# Scenario " + scenario + ", recorded from "));
            return Stages.replayed(Transcript.parse(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
