package org.openiomt.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.examples.application.ApplicationSide;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.processes.Child;
import org.openiomt.examples.processes.LogFile;
import org.openiomt.mqtt.consume.Delivery;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityFiles;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.testkit.NotTested;
import org.openiomt.testkit.TcpProxy;

/**
 * Fifty devices, a gateway, a broker and an application, and round after round another thing goes wrong. Whatever that is, each reading
 * that the gateway has accepted comes to the application once, in the order of its device.
 *
 * <p>{@code -Dopeniomt.chaos.rounds} says how many rounds, {@code -Dopeniomt.chaos.seed} repeats a run's faults.
 */
class ChaosIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration AT_LAST = Duration.ofMinutes(2);
    private static final int SOME = 60;
    private static final int ROUNDS = Integer.getInteger("openiomt.chaos.rounds", 20);
    private static final long SEED = Long.getLong("openiomt.chaos.seed", System.nanoTime());
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    @TempDir
    private Path folder;

    private final List<String> delivered = new ArrayList<>();

    /** What goes wrong in a round. */
    private enum Fault {
        BROKER_KILLED,
        GATEWAY_KILLED,
        BOTH_KILLED,
        LINK_CUT_IN_A_PACKET,
        LINK_AWAY,
        DISK_FULL,
        DISK_FULL_AND_GATEWAY_KILLED,
        CLOCK_BACK,
        CLOCK_FORTH,
        CREDENTIAL_ROTATED
    }

    @ParameterizedTest
    @EnumSource(ChaosBroker.Kind.class)
    void everyAcceptedReadingComesOnceAndInOrder(ChaosBroker.Kind kind) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        List<Fault> faults = faults(random);
        System.out.println("chaos with " + kind + ", seed " + SEED + ": " + faults);
        try (Open open = new Open()) {
            World world = new World(kind, open);
            world.awaitMoreAccepted();
            for (Fault fault : faults) {
                world.suffer(fault, random);
                world.awaitMoreAccepted();
            }
            List<String> accepted = world.end();
            awaitDelivered(accepted);
            check(accepted);
            System.out.println("chaos with " + kind + ", seed " + SEED + ": " + faults.size() + " rounds, accepted "
                    + accepted.size() + ", " + world.application.summary());
            assertThat(world.application.consumer().stats().missing()).isZero();
            assertThat(world.application.consumer().stats().refusals()).isEmpty();
            assertThat(world.gateway.output()).noneMatch(line -> line.startsWith("Dropped"));
        }
    }

    /** Each kind as often as any other, in random order. */
    private static List<Fault> faults(Random random) {
        List<Fault> all = new ArrayList<>();
        while (all.size() < ROUNDS) {
            List<Fault> each = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(each, random);
            all.addAll(each.subList(0, Math.min(each.size(), ROUNDS - all.size())));
        }
        return all;
    }

    private void check(List<String> accepted) {
        List<String> arrived;
        synchronized (delivered) {
            arrived = List.copyOf(delivered);
        }
        Set<String> known = new HashSet<>(accepted);
        assertThat(arrived).doesNotHaveDuplicates().containsAll(known);
        Map<String, List<String>> came =
                byDevice(arrived.stream().filter(known::contains).toList());
        byDevice(accepted).forEach((device, ids) -> {
            List<String> those = came.getOrDefault(device, List.of());
            int same = 0;
            while (same < ids.size() && ids.get(same).equals(those.get(same))) {
                same++;
            }
            assertThat(those.subList(same, Math.min(same + 5, those.size())))
                    .as("what came after %d of %s", same, device)
                    .isEqualTo(ids.subList(same, Math.min(same + 5, ids.size())));
        });
    }

    private static Map<String, List<String>> byDevice(List<String> lines) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (String line : lines) {
            ids.computeIfAbsent(line.substring(0, line.indexOf(' ')), device -> new ArrayList<>())
                    .add(line);
        }
        return ids;
    }

    private void take(Delivery delivery) {
        synchronized (delivered) {
            delivered.add(delivery.observation().device() + " "
                    + delivery.observation().id());
            delivered.notifyAll();
        }
    }

    private void awaitDelivered(List<String> expected) throws InterruptedException {
        long end = System.nanoTime() + AT_LAST.toNanos();
        synchronized (delivered) {
            Set<String> missing = new HashSet<>(expected);
            int seen = 0;
            while (!missing.isEmpty()) {
                delivered.subList(seen, delivered.size()).forEach(missing::remove);
                seen = delivered.size();
                long left = (end - System.nanoTime()) / 1_000_000;
                assertThat(left)
                        .as("time to deliver %d, of which %d are missing: %s", expected.size(), missing.size(), missing)
                        .isPositive();
                if (!missing.isEmpty()) {
                    delivered.wait(left);
                }
            }
        }
    }

    /** All that runs. */
    private final class World {
        private final SmallDisk disk = SmallDisk.require();
        private final Path time = folder.resolve("time");
        private final Path certificates = folder.resolve("certificates");
        private final LogFile accepted = new LogFile(folder.resolve("accepted.log"));
        private final DevelopmentAuthority authority;
        private final ChaosBroker broker;
        private final TcpProxy toGateway;
        private final TcpProxy toApplication;
        private final ApplicationSide application;
        private final Path data;
        private Child gateway;

        World(ChaosBroker.Kind kind, Open open) throws IOException, InterruptedException {
            authority = open.add(DevelopmentAuthority.create(Clock.systemUTC(), Duration.ofDays(1)));
            open.add(disk::free);
            data = Files.createTempDirectory(disk.folder(), "gateway");
            DemoCertificates demo = DemoCertificates.create(certificates, Clock.systemUTC(), Duration.ofDays(1));
            write("broker", authority.server("broker", List.of("127.0.0.1", "localhost")));
            write("application", authority.client(DemoCertificates.APPLICATION));
            write("gateway", authority.client(DemoCertificates.GATEWAY));
            broker = open.add(ChaosBroker.launch(kind, folder, demo));
            broker.awaitStart();
            toGateway = open.add(new TcpProxy(broker.port()));
            toApplication = open.add(new TcpProxy(broker.port()));
            application = open.add(ApplicationSide.start(
                    BrokerAddress.of(
                            "127.0.0.1",
                            toApplication.port(),
                            DemoCertificates.APPLICATION,
                            demo.application(Clock.systemUTC())),
                    demo.applicationKeys(),
                    AuditSink.NONE,
                    ChaosIT.this::take,
                    state -> {}));
            application.awaitSubscribed();
            setClock("+0");
            gateway = startGateway();
            open.add(() -> gateway.close());
        }

        private void write(String name, TlsIdentity identity) {
            try (identity) {
                new IdentityFiles(certificates.resolve(name)).write(identity);
            }
        }

        private Child startGateway() throws IOException, InterruptedException {
            Path library = FAKETIME.stream()
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> NotTested.because("chaos", "chaos: install faketime, which sets a clock"));
            return Child.java(
                    folder,
                    "gateway",
                    Map.of(
                            "LD_PRELOAD",
                            library.toString(),
                            "FAKETIME_TIMESTAMP_FILE",
                            time.toString(),
                            "FAKETIME_NO_CACHE",
                            "1",
                            "FAKETIME_DONT_FAKE_MONOTONIC",
                            "1",
                            "FAKETIME_FORCE_MONOTONIC_FIX", // a JVM spins with it
                            "0"),
                    ChaosGateway.class,
                    String.valueOf(toGateway.port()),
                    certificates.toString(),
                    data.toString(),
                    accepted.file().toString());
        }

        void suffer(Fault fault, Random random) throws IOException, InterruptedException {
            switch (fault) {
                case BROKER_KILLED -> {
                    broker.kill();
                    awaitMoreAccepted();
                    broker.restart();
                }
                case GATEWAY_KILLED -> {
                    gateway.kill();
                    gateway = startGateway();
                }
                case BOTH_KILLED -> {
                    gateway.kill();
                    broker.kill();
                    gateway = startGateway();
                    awaitMoreAccepted();
                    broker.restart();
                }
                case LINK_CUT_IN_A_PACKET -> {
                    toGateway.interruptAfter(random.nextInt(20_000));
                    toApplication.interruptAfter(random.nextInt(20_000));
                }
                case LINK_AWAY -> {
                    toGateway.cut();
                    awaitMoreAccepted();
                    toApplication.cut();
                    toGateway.mend();
                    awaitMoreAccepted();
                    toApplication.mend();
                }
                case DISK_FULL -> {
                    fillDisk();
                    toGateway.mend(); // what is delivered makes room
                    awaitMoreAccepted();
                    disk.free();
                }
                case DISK_FULL_AND_GATEWAY_KILLED -> {
                    fillDisk();
                    gateway.kill();
                    disk.free();
                    gateway = startGateway();
                    toGateway.mend();
                }
                case CLOCK_BACK -> jump("-" + (60 + random.nextInt(1_800)));
                case CLOCK_FORTH -> jump("+" + (60 + random.nextInt(1_800)));
                case CREDENTIAL_ROTATED -> {
                    write("gateway", authority.client(DemoCertificates.GATEWAY));
                    assertThat(gateway.end()).isZero();
                    gateway = startGateway();
                }
            }
        }

        /** Fills the disk and takes the broker away, until the gateway says that readings wait in memory. */
        private void fillDisk() throws IOException, InterruptedException {
            gateway.clearOutput();
            toGateway.cut();
            disk.fill();
            gateway.awaitOutput("Delayed[", SOON);
        }

        /** Sets the gateway's clock wrong, and right again. */
        private void jump(String offset) throws IOException, InterruptedException {
            setClock(offset);
            awaitMoreAccepted();
            setClock("+0");
        }

        private void setClock(String offset) throws IOException {
            Path next = folder.resolve("time.next");
            Files.writeString(next, offset + "\n");
            Files.move(next, time, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }

        void awaitMoreAccepted() throws IOException, InterruptedException {
            int before = accepted.lines().size();
            accepted.await(lines -> lines.size() >= before + SOME, SOON);
        }

        /** Ends the gateway, lets the next one deliver what is left, and returns what was accepted. */
        List<String> end() throws IOException, InterruptedException {
            assertThat(gateway.end()).isZero();
            List<String> all = accepted.lines();
            gateway = startGateway();
            return all;
        }
    }
}
