package org.openiomt.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.testkit.ManualClock;

class DashboardServerTest {
    private static final DeviceId OXIMETER = DeviceId.of("oximeter-1");
    private static final Ward WARD = new Ward(List.of(
            new Ward.Bed(SubjectId.of("bed-1"), "Bed 1", List.of(new Ward.Placed(OXIMETER, "Pulse oximeter")))));

    private final ManualClock clock = new ManualClock();
    private final Board board = new Board(WARD, clock);
    private final AtomicInteger outages = new AtomicInteger();
    private final DashboardServer server = DashboardServer.start(0, board, outages::incrementAndGet);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pageAndItsFilesNeedTheToken() throws Exception {
        URI root = server.address().resolve("/");

        assertThat(get(server.address()).body()).contains("<h1>Ward overview</h1>");
        assertThat(get(server.address().resolve("dashboard.js")).statusCode()).isEqualTo(200);
        assertThat(get(root).statusCode()).isEqualTo(404);
        assertThat(get(root.resolve("dashboard.js")).statusCode()).isEqualTo(404);
        assertThat(get(root.resolve("/wrong/events")).statusCode()).isEqualTo(404);
        assertThat(get(server.address().resolve("../../etc/passwd")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void pageLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get(server.address());

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'");
        assertThat(page.body() + get(server.address().resolve("dashboard.css")).body())
                .doesNotContain("http:", "https:", "//cdn");
    }

    @Test
    void buttonNeedsTheTokenAndAPost() throws Exception {
        URI outage = server.address().resolve("outage");

        assertThat(post(server.address().resolve("/outage")).statusCode()).isEqualTo(404);
        assertThat(get(outage).statusCode()).isEqualTo(405);
        assertThat(outages).hasValue(0);
        assertThat(post(outage).statusCode()).isEqualTo(202);
        assertThat(outages).hasValue(1);
    }

    @Test
    void pageThatIsOpenedLateGetsAWholePicture() throws Exception {
        board.accepted(OXIMETER, Lane.CLINICAL, 1);
        board.delivered(saturation(970, -1));

        try (Events events = new Events("")) {
            assertThat(events.next("snapshot"))
                    .contains("\"name\":\"Bed 1\"")
                    .contains("\"label\":\"Oxygen SpO₂\"")
                    .contains("\"value\":\"97.0\",\"unit\":\"%\"")
                    .contains("\"title\":\"Pulse oximeter\"")
                    .contains("\"accepted\":1,\"delivered\":1,\"waiting\":0");
        }
    }

    @Test
    void fullDiskIsShownUntilTheLastDeviceCanStoreAgain() throws Exception {
        DeviceId cuff = DeviceId.of("cuff-1");
        board.device(new DeviceEvent.Delayed(OXIMETER, clock.instant(), 3, "the disk is full"));
        board.device(new DeviceEvent.Delayed(cuff, clock.instant(), 1, "the disk is full"));
        board.device(new DeviceEvent.Delayed(OXIMETER, clock.instant(), 0, "stored again"));
        try (Events events = new Events("")) {
            assertThat(events.next("snapshot")).contains("readings of 1 device(s) cannot be stored: the disk is full");
        }

        board.device(new DeviceEvent.Delayed(cuff, clock.instant(), 0, "stored again"));
        try (Events events = new Events("")) {
            assertThat(events.next("snapshot")).contains("\"storageProblem\":\"\"");
        }
    }

    @Test
    void openPageGetsEachNewReading() throws Exception {
        try (Events events = new Events("")) {
            events.next("snapshot");
            board.delivered(saturation(97, 0));

            assertThat(events.next("tile")).contains("\"bed\":\"bed-1\"").contains("\"value\":\"97\"");
        }
    }

    @Test
    void readingThatWaitedLongIsSaidToBeLate() throws Exception {
        Observation old = saturation(95, 0);
        clock.advance(Duration.ofSeconds(11));

        try (Events events = new Events("")) {
            events.next("snapshot");
            board.delivered(old);

            assertThat(events.next("late")).contains("\"bed\":\"Bed 1\"").contains("\"late\":true");
        }
    }

    @Test
    void pageThatComesBackGetsWhatItMissed() throws Exception {
        board.delivered(saturation(95, 0));
        clock.advance(Duration.ofSeconds(1));
        board.delivered(saturation(96, 0));

        try (Events events = new Events("1")) {
            assertThat(events.next("tile")).contains("\"value\":\"96\"");
        }
    }

    @Test
    void pageThatReadsTooSlowlyGetsAWholePictureInstead() throws InterruptedException {
        EventStream.Client slow = board.watch(OptionalLong.empty());
        board.refresh(slow);
        for (int i = 0; i < 600; i++) {
            clock.advance(Duration.ofSeconds(1));
            board.delivered(saturation(90 + i % 10, 0));
        }

        assertThat(slow.needsSnapshot()).isTrue();
        board.refresh(slow);
        assertThat(slow.take(Duration.ofSeconds(1)))
                .singleElement()
                .satisfies(event -> assertThat(event.text()).startsWith("id: 600\nevent: snapshot\n"));
        assertThat(slow.needsSnapshot()).isFalse();
    }

    @Test
    void portInUseIsNamedWithItsOption() {
        int port = server.address().getPort();

        assertThatThrownBy(() -> DashboardServer.start(port, board, () -> {}))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("port " + port + " for the page")
                .hasMessageContaining("--port");
    }

    private Observation saturation(long mantissa, int exponent) {
        return Arrival.of(OXIMETER, clock.instant(), 1, ClockState.UNKNOWN, WARD.subjects())
                .observe(
                        Mdc.MDC_PULS_OXIM_SAT_O2,
                        Value.Numeric.of(MedicalFloat.of(mantissa, exponent), Units.MDC_DIM_PERCENT))
                .build();
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(request(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI uri) throws IOException, InterruptedException {
        return client.send(
                request(uri).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    }

    /** An open stream of events. */
    private final class Events implements AutoCloseable {
        private final InputStream body;
        private final Scanner lines;

        Events(String lastEventId) throws IOException, InterruptedException {
            HttpRequest.Builder request = request(server.address().resolve("events"));
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            body = response.body();
            lines = new Scanner(body, StandardCharsets.UTF_8);
        }

        /** Returns the data of the next event of a type. */
        String next(String type) {
            while (lines.hasNextLine()) {
                if (lines.nextLine().equals("event: " + type)) {
                    return lines.nextLine();
                }
            }
            throw new AssertionError("the stream ended before an event " + type);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
