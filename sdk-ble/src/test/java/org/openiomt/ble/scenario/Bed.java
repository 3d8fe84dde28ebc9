package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openiomt.core.spi.RefusedException;

/** The test bed at work: a machine with BlueZ and three peripherals, reached over two ports of the loopback interface. */
final class Bed implements AutoCloseable {
    private static final int ANSWER_MILLIS = 120_000;

    private final Process machine;
    private final int busPort;
    private final int controlPort;
    private final ExecutorService requests = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bed");
        thread.setDaemon(true);
        return thread;
    });

    private Bed(Process machine, int busPort, int controlPort) {
        this.machine = machine;
        this.busPort = busPort;
        this.controlPort = controlPort;
    }

    /** Boots the machine; fails with what it said when it does not come up. What it writes later is in {@code target/testbed}. */
    static Bed boot() {
        Path root = Path.of(System.getProperty("openiomt.root", ".."));
        int bus = freePort();
        int control = freePort();
        try {
            Process machine = new ProcessBuilder(
                            root.resolve("testbed/bed").toString(),
                            String.valueOf(bus),
                            String.valueOf(control),
                            Path.of("target/testbed").toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = machine.inputReader(StandardCharsets.UTF_8);
            StringBuilder all = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals("BED-READY")) {
                    return new Bed(machine, bus, control);
                }
                all.append(line).append('\n');
            }
            throw new AssertionError("the test bed did not come up:\n" + all);
        } catch (IOException e) {
            throw new UncheckedIOException("the test bed cannot be started", e);
        }
    }

    /** Returns the address of the machine's D-Bus. */
    String busAddress() {
        return "tcp:host=127.0.0.1,port=" + busPort;
    }

    /** Asks the director for something, on a connection of its own. */
    CompletionStage<String> ask(String request) {
        return CompletableFuture.supplyAsync(() -> answer(request), requests);
    }

    private String answer(String request) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line != null && (line.equals("ok") || line.startsWith("ok "))) {
                return line.substring("ok".length()).strip();
            }
            throw new RefusedException(1, request + ": " + line);
        } catch (IOException e) {
            throw new UncheckedIOException("the director did not answer: " + request, e);
        }
    }

    /** Switches the machine off. */
    @Override
    public void close() {
        requests.shutdownNow();
        try {
            machine.getOutputStream().close();
            boolean hasEnded = machine.waitFor(30, TimeUnit.SECONDS);
            if (!hasEnded) {
                machine.destroyForcibly();
            }
            assertThat(hasEnded).as("the machine has ended").isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
