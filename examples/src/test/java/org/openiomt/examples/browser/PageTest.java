package org.openiomt.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.ble.Ble;
import org.openiomt.examples.Reference;
import org.openiomt.examples.demo.VirtualWard;
import org.openiomt.examples.demo.WholeWay;
import org.openiomt.examples.processes.Child;
import org.openiomt.testkit.NotTested;

/** The page of the demo in a real browser, with everything behind it. */
class PageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(7);
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int PATIENTS = 6;

    @TempDir
    private Path folder;

    @Test
    void buttonCausesAnOutageAndTheReadingsOfItArriveLate() throws IOException {
        Path driver = chromeDriver();
        try (VirtualWard patients = new VirtualWard(1);
                WholeWay demo = WholeWay.start(
                        new WholeWay.Settings(Optional.of(0), 0, folder, folder.resolve("secret"), OUTAGE),
                        new WholeWay.Source(Ble.simulated(patients.air()), patients.ward(), patients::guard),
                        observation -> {});
                Browser browser = Browser.start(driver, folder)) {
            browser.open(demo.page().orElseThrow());
            browser.await("document.querySelectorAll('.bed').length === " + PATIENTS, SOON);
            browser.await("[...document.querySelectorAll('.trace .missing')].every((note) => note.hidden)", SOON);
            browser.await("document.querySelectorAll('.tile').length >= 14", SOON);
            browser.screenshot(picture("1-live"));
            assertThat(browser.text("return document.title")).isEqualTo("Ward overview");
            assertThat(browser.text("return document.getElementById('outage').hidden ? 'none' : 'shown'"))
                    .isEqualTo("none");

            browser.click("#cut");
            browser.await(
                    "/Outage: [1-9][0-9]* readings waiting/.test(document.getElementById('outage').textContent)", SOON);
            browser.await("document.querySelectorAll('.tile.old').length >= 3", SOON);
            browser.screenshot(picture("2-outage"));
            assertThat(browser.text("return String(document.getElementById('cut').disabled)"))
                    .isEqualTo("true");

            browser.await("/The outage is over/.test(document.getElementById('outage').textContent)", SOON);
            browser.await("document.querySelectorAll('#late tr').length >= 5", SOON);
            browser.await("document.querySelectorAll('.tile.old').length === 0", SOON);
            browser.screenshot(picture("3-late"));
            assertThat(browser.text("return document.querySelector('#late tr td:last-child').textContent"))
                    .matches("\\d+ s");
            assertThat(browser.text("return document.querySelector('.late-line:not([hidden])').textContent"))
                    .startsWith("Arrived late: ");
            browser.await("document.getElementById('waiting').textContent === '0'", SOON);
        }
    }

    @Test
    void patientsNumericsAreOnThePageAsTheyWereRecorded() throws IOException, InterruptedException {
        Path record = Reference.file("replay/s00001-2896-10-10-00-31n.hea");
        try (Browser browser = Browser.start(chromeDriver(), folder);
                Child replay = Child.start(folder, "replay", record.toString(), "--page", "--speed", "6000")) {
            browser.open(URI.create(replay.awaitOutput("The page: ", SOON).replace("The page: ", "")));
            browser.await(tile("oxygen") + ".match(/SpO₂9[0-9]\\.[0-9]%/)", SOON);
            browser.screenshot(picture("4-recording"));

            // Two readings of each row, 152 of the cuff, two batteries.
            browser.await(
                    "Number(document.getElementById('delivered').textContent.replace(/\\D/g, '')) === "
                            + (2 * 1_936 + 152 + 2),
                    SOON);
            // The last cuff reading, of row 1,896, and the last row of the oximeter, which is off.
            browser.await(tile("pressure") + ".includes('124/65')", SOON);
            browser.await(tile("oxygen") + ".includes('sensor off')", SOON);
            assertThat(browser.text("return " + tile("oxygen"))).contains("–").doesNotContain("%");
            assertThat(browser.text("return " + tile("pressure")))
                    .contains("mmHg")
                    .contains("mean 85");
            browser.screenshot(picture("5-recording-over"));
        }
    }

    private static String tile(String key) {
        return "(document.querySelector('.tile[data-key=" + key + "]')?.textContent || '')";
    }

    private static Path picture(String name) {
        return Path.of(System.getProperty("openiomt.root", ".."), "examples", "target", "screenshots", name + ".png");
    }

    /** Finds ChromeDriver. Where a run must have a browser its absence is a failure, elsewhere it is said loudly. */
    private static Path chromeDriver() {
        Path driver = Path.of(Optional.ofNullable(System.getenv("CHROMEDRIVER")).orElse("/usr/bin/chromedriver"));
        if (!Files.isExecutable(driver)) {
            throw NotTested.because(
                    "browser",
                    "the page in a browser; " + driver
                            + " is missing. Install chromium and chromium-driver, or set CHROMEDRIVER");
        }
        return driver;
    }
}
