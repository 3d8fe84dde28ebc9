package org.openiomt.security.net.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.ConnectionListener;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.net.SecureServer;
import org.openiomt.security.net.ServerCounts;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/**
 * Ten thousand devices at one gateway, all over the loopback interface, the devices in a process of their own: what an idle session
 * costs, that each is served, and that a flood of half-open handshakes hurts none. Prints what it has measured.
 */
@EnabledOnOs(OS.LINUX) // where every address of 127.0.0.0/8 is this machine
class FleetTest {
    private static final int SESSIONS = Integer.getInteger("openiomt.fleet.sessions", 10_000);
    private static final int OTHER_DESCRIPTORS = 4_000;
    private static final int MOST_OCTETS_A_SESSION = 15_000;
    private static final int ECHOES = 2;
    private static final long SLOWEST_MICROS = 5_000_000;
    private static final SessionRoles ROLES = new SessionRoles("gateway", "device");

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void tenThousandSessionsAreSmallAndServedAndAFloodLeavesThemWorking() throws Exception {
        requireDescriptors();
        DhKeyPair key = Primitives.preferred().x25519().orElseThrow().generate();
        PinnedPeers pins = new PinnedPeers();
        Echo echo = new Echo();
        try (SecureServer server = SecureServer.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        SessionSettings.xx(ROLES, key, pins),
                        NetLimits.DEFAULT,
                        2,
                        echo);
                Devices devices =
                        new Devices(server.address().getPort(), HexFormat.of().formatHex(key.publicKey()))) {
            String deviceKey = devices.line("KEY ");
            pins.pin(StaticKey.of(HexFormat.of().parseHex(deviceKey)), new PeerNames.Entry("device", Set.of("device")));
            devices.say("OPEN 100", "OPENED "); // what is loaded once is no session's
            long before = liveHeap();
            long directBefore = direct();

            long begun = System.nanoTime();
            assertThat(devices.say("OPEN " + SESSIONS, "OPENED ")).isEqualTo(String.valueOf(SESSIONS));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            Spread first = devices.echo(ECHOES);
            long octets = (liveHeap() - before) / SESSIONS;
            report(
                    "%d sessions opened in %d s; an idle one holds %d octets of heap and %d of direct memory",
                    SESSIONS, seconds, octets, (direct() - directBefore) / SESSIONS);
            Spread calm = devices.echo(ECHOES);
            report("calm: %s", calm);

            ServerCounts beforeFlood = server.counts();
            devices.say("FLOOD", "FLOODING");
            Spread flooded = devices.echo(ECHOES);
            ServerCounts after = server.counts();
            String hellos = devices.say("DRY", "DRY ");
            report(
                    "under a flood of %s hellos, %d handshakes begun and %d of them ended to make room: %s",
                    hellos,
                    after.accepted() - beforeFlood.accepted(),
                    after.evicted() - beforeFlood.evicted(),
                    flooded);

            for (Spread each : List.of(first, calm, flooded)) {
                assertThat(each.back()).isEqualTo(SESSIONS * ECHOES);
                assertThat(each.closed()).isZero();
                assertThat(each.slowestMicros()).isLessThan(SLOWEST_MICROS);
            }
            assertThat(after.evicted()).isGreaterThan(beforeFlood.evicted());
            assertThat(after.open()).isEqualTo(SESSIONS + 100);
            assertThat(octets).isBetween(500L, (long) MOST_OCTETS_A_SESSION);
            assertThat(echo.closed).hasValue(0);
        }
    }

    /** Answers every message with itself. */
    private static final class Echo implements ConnectionListener {
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void onConnected(SecureConnection connection) {
            connection.request(Long.MAX_VALUE);
        }

        @Override
        public void onMessage(SecureConnection connection, byte[] message) {
            connection.send(message);
        }

        @Override
        public void onClosed(SecureConnection connection, CloseReason reason) {
            closed.incrementAndGet();
        }
    }

    private static void requireDescriptors() {
        long needed = (long) SESSIONS + OTHER_DESCRIPTORS;
        long most = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        assertThat(most)
                .as(
                        "a process needs %d file descriptors here: run \"ulimit -n %d\" first, or choose fewer sessions by "
                                + "-Dopeniomt.fleet.sessions",
                        needed, needed)
                .isGreaterThanOrEqualTo(needed);
    }

    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void report(String text, Object... values) {
        System.out.println("fleet: " + String.format(Locale.ROOT, text, values));
    }

    /** How long messages took to come back, in microseconds. */
    private record Spread(int back, int closed, long medianMicros, long hundredthMicros, long slowestMicros) {
        @Override
        public String toString() {
            return back + " echoes, half within " + medianMicros + " us, 99 of 100 within " + hundredthMicros
                    + " us, all within " + slowestMicros + " us";
        }
    }

    /** The other process. */
    private static final class Devices implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;

        Devices(int port, String gatewayKey) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx768m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            classPath(),
                            FleetDevices.class.getName(),
                            String.valueOf(port),
                            gatewayKey)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = process.inputReader(StandardCharsets.US_ASCII);
            in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        }

        /** Returns all that this process has, be it on its class path or on its module path. */
        private static String classPath() {
            return String.join(
                    File.pathSeparator,
                    System.getProperty("java.class.path", ""),
                    System.getProperty("jdk.module.path", ""),
                    Path.of("target", "test-classes").toAbsolutePath().toString());
        }

        /** Waits for the line that begins so; returns its rest. */
        String line(String begin) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(begin)) {
                    return line.substring(begin.length());
                }
            }
            throw new AssertionError("the devices have ended before they said " + begin);
        }

        String say(String line, String answer) throws IOException {
            in.write(line + "\n");
            in.flush();
            return line(answer);
        }

        Spread echo(int times) throws IOException {
            String[] words = say("ECHO " + times, "ECHOED ").split(" ", -1);
            return new Spread(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[4]),
                    Long.parseLong(words[6]),
                    Long.parseLong(words[7]),
                    Long.parseLong(words[8]));
        }

        @Override
        public void close() throws IOException {
            in.close();
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
            process.destroyForcibly().onExit().join();
        }
    }
}
