package org.openiomt.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.Ports;

/** Broker, gateway and application as processes; the first two are killed while readings flow. */
class KillTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOME = 150;

    @TempDir
    private Path folder;

    private Path certificates = Path.of("");
    private int port;
    private LogFile accepted = new LogFile(Path.of(""));
    private LogFile delivered = new LogFile(Path.of(""));

    @BeforeEach
    void prepare() {
        certificates = folder.resolve("certificates");
        DemoCertificates.create(certificates, Clock.systemUTC(), Duration.ofDays(1));
        port = Ports.require(0, "the broker", "--port");
        accepted = new LogFile(folder.resolve("accepted.log"));
        delivered = new LogFile(folder.resolve("delivered.log"));
    }

    @Test
    void everyAcceptedReadingArrivesOnceAndInOrderWhoeverIsKilled() throws IOException, InterruptedException {
        Child broker = startBroker();
        try (Child application = Child.start(
                folder,
                "app",
                "--broker",
                "127.0.0.1:" + port,
                "--certificates",
                certificates.toString(),
                "--delivered-log",
                delivered.file().toString())) {
            application.awaitOutput("broker connected", SOON);
            Child gateway = startGateway();
            try {
                delivered.await(lines -> lines.size() >= SOME, SOON);

                broker.kill();
                awaitMoreAccepted();
                broker = startBroker();
                awaitDelivered(accepted.lines());

                awaitMoreAccepted();
                gateway.kill();
                gateway = startGateway();
                awaitMoreAccepted();

                assertThat(gateway.end()).isZero();
                List<String> all = accepted.lines();
                gateway = startGateway();
                awaitDelivered(all);
                gateway.kill();
                check(all, delivered.lines());
            } finally {
                gateway.close();
            }
        } finally {
            broker.close();
        }
    }

    /** Compares both logs; the last gateway, which only emptied the outbox of the one before, goes on in the second. */
    private void check(List<String> all, List<String> arrived) {
        Set<String> known = new HashSet<>(idsOf(all));
        assertThat(idsOf(arrived)).doesNotHaveDuplicates().containsAll(known);
        assertThat(byDevice(arrived.stream()
                        .filter(line -> known.contains(word(line, 1)))
                        .toList()))
                .isEqualTo(byDevice(all));
        assertThat(sequences(arrived))
                .allSatisfy(
                        (run, numbers) -> assertThat(numbers).as(run).isSorted().doesNotHaveDuplicates());
    }

    private Child startBroker() throws IOException, InterruptedException {
        Child broker = Child.start(
                folder,
                "broker",
                "--port",
                String.valueOf(port),
                "--certificates",
                certificates.toString(),
                "--data",
                folder.resolve("broker").toString());
        broker.awaitOutput("broker listens on 127.0.0.1:" + port, SOON);
        broker.clearOutput();
        return broker;
    }

    private Child startGateway() throws IOException {
        return Child.start(
                folder,
                "gateway",
                "--broker",
                "127.0.0.1:" + port,
                "--certificates",
                certificates.toString(),
                "--data",
                folder.resolve("gateway").toString(),
                "--accepted-log",
                accepted.file().toString());
    }

    private void awaitMoreAccepted() throws IOException, InterruptedException {
        int before = accepted.lines().size();
        accepted.await(lines -> lines.size() >= before + SOME, SOON);
    }

    private void awaitDelivered(List<String> expected) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>(idsOf(expected));
        delivered.await(lines -> new HashSet<>(idsOf(lines)).containsAll(ids), SOON);
    }

    private static List<String> idsOf(List<String> lines) {
        return lines.stream().map(line -> word(line, 1)).toList();
    }

    private static Map<String, List<String>> byDevice(List<String> lines) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (String line : lines) {
            ids.computeIfAbsent(word(line, 0), device -> new ArrayList<>()).add(word(line, 1));
        }
        return ids;
    }

    /** Returns the sequence numbers of each device and epoch, in the order of arrival. */
    private static Map<String, List<Long>> sequences(List<String> lines) {
        Map<String, List<Long>> numbers = new LinkedHashMap<>();
        for (String line : lines) {
            numbers.computeIfAbsent(word(line, 0) + " " + word(line, 2), run -> new ArrayList<>())
                    .add(Long.parseLong(word(line, 3)));
        }
        return numbers;
    }

    private static String word(String line, int index) {
        return line.split(" ", -1)[index];
    }
}
