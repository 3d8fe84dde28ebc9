package org.openiomt.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.examples.CommandRun;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.certificates.DemoCertificates;

class SubscribeCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatSimulatePublishesIsPrintedAsJsonEachOnce() throws Exception {
        DemoCertificates certificates = certificates("ours");
        try (EmbeddedBroker broker = broker(certificates)) {
            CompletableFuture<CommandRun> subscribed = CompletableFuture.supplyAsync(() ->
                    CommandRun.of("subscribe", "--count", "30", "--broker", address(broker), "--certificates", ours()));
            CompletableFuture<CommandRun> simulated = CompletableFuture.supplyAsync(() -> CommandRun.of(
                    "simulate",
                    "--devices",
                    "4",
                    "--rate",
                    "5",
                    "--seconds",
                    "10",
                    "--broker",
                    address(broker),
                    "--certificates",
                    ours()));

            CommandRun run = subscribed.get(60, TimeUnit.SECONDS);

            List<ObservationId> ids = run.out()
                    .lines()
                    .map(ObservationJson::read)
                    .map(Observation::id)
                    .toList();
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(ids).hasSize(30).doesNotHaveDuplicates();
            assertThat(simulated.get(60, TimeUnit.SECONDS).exitCode()).isZero();
        }
    }

    @Test
    void noBrokerIsToldInOneSentence() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertFailure(
                CommandRun.of("subscribe", "--plain", "--broker", "127.0.0.1:" + free),
                "nobody listens at 127.0.0.1:" + free + "; check that the broker runs and the port is right");
    }

    @Test
    void aHostThatIsNotKnownIsToldInOneSentence() {
        certificates("ours");

        assertFailure(
                CommandRun.of("subscribe", "--broker", "no-such-host.invalid:8883", "--certificates", ours()),
                "the name no-such-host.invalid is not known; check the broker's host name and the DNS");
    }

    @Test
    void aBrokerOfStrangersIsToldInOneSentence() {
        certificates("ours");
        try (EmbeddedBroker broker = broker(certificates("others"))) {
            CommandRun run = CommandRun.of("subscribe", "--broker", address(broker), "--certificates", ours());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines()).singleElement().asString().contains("certificate");
        }
    }

    @Test
    void withoutTlsOnlyABrokerOnThisMachineIsTaken() {
        CommandRun run = CommandRun.of("subscribe", "--plain", "--broker", "192.0.2.1:1883");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().startsWith("--broker: '192.0.2.1:1883': ");
    }

    @Test
    void oneOfCertificatesAndPlainMustBeSaid() {
        assertThat(CommandRun.of("subscribe").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("simulate").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("subscribe", "--plain", "--certificates", "x").exitCode())
                .isEqualTo(2);
    }

    private static void assertFailure(CommandRun run, String sentence) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly(sentence);
        assertThat(run.out()).isEmpty();
    }

    private DemoCertificates certificates(String name) {
        return DemoCertificates.create(folder.resolve(name), Clock.systemUTC(), Duration.ofDays(1));
    }

    private EmbeddedBroker broker(DemoCertificates certificates) {
        return EmbeddedBroker.start(
                new EmbeddedBroker.Settings(0, folder.resolve("data"), certificates.broker(), "--port"));
    }

    private String ours() {
        return folder.resolve("ours").toString();
    }

    private static String address(EmbeddedBroker broker) {
        return "127.0.0.1:" + broker.port();
    }
}
