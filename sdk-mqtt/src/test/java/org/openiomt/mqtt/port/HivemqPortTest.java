package org.openiomt.mqtt.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.EmbeddedBroker;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.broker.WhenUnheard;
import org.openiomt.mqtt.port.MqttPort.Connection;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.Topics;

class HivemqPortTest {
    private static final int SECONDS = 20;
    private static final Topics TOPICS = Topics.of("site", "gw");
    private static final Topic TOPIC = TOPICS.observations(DeviceId.of("cuff"));

    private static final int UNACKNOWLEDGED = 16;

    @TempDir
    Path folder;

    private final Recorder events = new Recorder();

    private static final class Recorder implements MqttPort.Events {
        private final BlockingQueue<Inbound> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> lost = new CompletableFuture<>();

        @Override
        public void received(Inbound message) {
            messages.add(message);
        }

        @Override
        public void lost(String reason) {
            lost.complete(reason);
        }

        Inbound next() throws InterruptedException {
            Inbound message = messages.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        }
    }

    @Test
    void aMessageComesBackOnlyUntilItIsAcknowledged() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.plain(folder)) {
            Connection first = await(port(broker.port(), "app").connect(events));
            await(first.subscribe(List.of("iomt/1/+/+/+/obs/+")));
            await(first.publish(message("one")));
            await(first.publish(message("two")));
            events.next().acknowledge();
            assertThat(text(events.next())).isEqualTo("two");
            await(first.publish(message("three")));
            assertThat(text(events.next())).isEqualTo("three");
            await(first.disconnect());

            Recorder again = new Recorder();
            Connection second = await(port(broker.port(), "app").connect(again));
            assertThat(second.isSessionPresent()).isTrue();
            Inbound two = again.next();
            assertThat(text(two)).isEqualTo("two");
            assertThat(two.topic()).isEqualTo(TOPIC.toString());
            assertThat(text(again.next())).isEqualTo("three");
            await(second.disconnect());
        }
    }

    @Test
    void aBrokerThatSendsMoreThanItMayIsLetSendTwiceAsMuchOnTheNextLink() throws Exception {
        int address = closedPort();
        MqttPort port = port(address, "app");
        try (FakeServer server = new FakeServer("2003000000", address)) {
            await(port.connect(events));
            server.publish(UNACKNOWLEDGED + 1);
            assertThat(events.lost.get(SECONDS, TimeUnit.SECONDS)).contains("RECEIVE_MAXIMUM_EXCEEDED");
        }
        try (FakeServer server = new FakeServer("2003000000", address)) {
            Recorder later = new Recorder();
            await(port.connect(later));
            assertThat(server.connect()).contains("21" + String.format("%04x", 2 * UNACKNOWLEDGED));
            server.publish(2 * UNACKNOWLEDGED);
            for (int i = 0; i < 2 * UNACKNOWLEDGED; i++) {
                later.next();
            }
            assertThat(later.lost).isNotDone();
        }
    }

    @Test
    void aPublishThatTheBrokerNeverAnswersFailsWhenTheLinkIsLost() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            Connection connection = await(port(server.port(), "gw").connect(events));
            CompletableFuture<Void> waiting =
                    connection.publish(message("lost")).toCompletableFuture();
            server.cut();
            assertThat(events.lost.get(SECONDS, TimeUnit.SECONDS)).isNotEmpty();
            assertThatThrownBy(() -> await(waiting))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("link lost while waiting for the broker's acknowledgement");
            assertThatThrownBy(() -> await(connection.publish(message("late"))))
                    .hasCauseInstanceOf(LinkException.class);
            assertThatThrownBy(() -> await(connection.subscribe(List.of("iomt/1/#"))))
                    .hasCauseInstanceOf(LinkException.class);
        }
    }

    @Test
    void nothingOfALostConnectionIsLeft() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            Connection connection = await(port(server.port(), "leaver").connect(events));
            Thread loop = threadOf("leaver").orElseThrow();
            CompletableFuture<Void> waiting =
                    connection.publish(message("lost")).toCompletableFuture();
            server.cut();
            events.lost.get(SECONDS, TimeUnit.SECONDS);
            loop.join(Duration.ofSeconds(SECONDS).toMillis());
            assertThat(loop.isAlive()).isFalse();
            assertThat(waiting).isCompletedExceptionally();
        }
    }

    @Test
    void aFailedAttemptLeavesNoThread() throws Exception {
        int closed = closedPort();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> await(port(closed, "nobody").connect(events)))
                    .hasCauseInstanceOf(LinkException.class);
        }
        for (Optional<Thread> thread = threadOf("nobody"); thread.isPresent(); thread = threadOf("nobody")) {
            thread.get().join(Duration.ofSeconds(SECONDS).toMillis());
            assertThat(thread.get().isAlive()).isFalse();
        }
    }

    @Test
    void whatNobodyHearsIsNotTaken() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            Connection connection = await(port(server.port(), "gw").connect(events));
            CompletableFuture<Void> heard = connection.publish(message("x")).toCompletableFuture();
            server.write("4003000110");
            assertThatThrownBy(() -> await(heard))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("nobody has subscribed to iomt/1/site/gw/cuff/obs/all");
            CompletableFuture<Void> kept = connection
                    .publish(Outbound.state(TOPICS.gatewayState(), new byte[0]))
                    .toCompletableFuture();
            server.write("4003000110");
            await(kept);
        }
    }

    @Test
    void whatNobodyHearsIsTakenWhereTheOptionsSaySo() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            MqttOptions forgetful = MqttOptions.plainOnLoopback("127.0.0.1", server.port(), "gw")
                    .withWhenUnheard(WhenUnheard.FORGET);
            Connection connection = await(port(forgetful).connect(events));
            CompletableFuture<Void> forgotten = connection.publish(message("x")).toCompletableFuture();
            server.write("4003000110");
            await(forgotten);
        }
    }

    @Test
    void aRefusedMessageIsSaidToBeRefused() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            Connection connection = await(port(server.port(), "gw").connect(events));
            CompletableFuture<Void> refused = connection.publish(message("x")).toCompletableFuture();
            server.write("4003000187");
            assertThatThrownBy(() -> await(refused))
                    .hasMessageContaining("NOT_AUTHORIZED")
                    .hasMessageContaining("access rules for the client gw");
        }
    }

    /** CONNACK with Maximum Packet Size (0x27) of 256 octets. */
    @Test
    void aBrokerThatTakesSmallMessagesOnlyRefusesALargeOneAndTakesTheNext() throws Exception {
        try (FakeServer server = new FakeServer("2008000005" + "2700000100")) {
            Connection connection = await(port(server.port(), "gw").connect(events));
            assertThat(connection.maxPacketOctets()).isEqualTo(256);
            assertThatThrownBy(() -> await(connection.publish(message("x".repeat(10 << 20)))))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("larger than the broker takes");
            CompletableFuture<Void> small = connection.publish(message("x")).toCompletableFuture();
            server.write("40020001");
            await(small);
            assertThat(events.lost).isNotDone();
        }
    }

    /** CONNACK with Retain Available (0x25) of 0. */
    @Test
    void aBrokerThatKeepsNothingSaysSo() throws Exception {
        try (FakeServer server = new FakeServer("2005000002" + "2500")) {
            Connection connection = await(port(server.port(), "gw").connect(events));
            Outbound state = Outbound.state(Topics.of("s", "g").gatewayState(), new byte[1]);
            assertThatThrownBy(() -> await(connection.publish(state)))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("retained");
        }
    }

    /** CONNACK with Maximum QoS (0x24) of 0. */
    @Test
    void aBrokerThatAcknowledgesNothingIsNoneToUse() throws Exception {
        try (FakeServer server = new FakeServer("2005000002" + "2400")) {
            assertThatThrownBy(() -> await(port(server.port(), "gw").connect(events)))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("QoS 1");
        }
    }

    @Test
    void aClosedPortIsNamed() throws Exception {
        int closed = closedPort();
        assertThatThrownBy(() -> await(port(closed, "gw").connect(events)))
                .hasMessageContaining("nobody listens at 127.0.0.1:" + closed);
    }

    @Test
    void anUnknownVersionIsSaidToBeNoMqtt5() throws Exception {
        try (FakeServer server = new FakeServer(false)) {
            assertThatThrownBy(() -> await(port(server.port(), "gw").connect(events)))
                    .hasMessageContaining("MQTT 5");
        }
    }

    @Test
    void aServerThatClosesAtOnceIsExplained() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
                try {
                    server.accept().close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> await(port(server.getLocalPort(), "gw").connect(events)))
                    .hasMessageContaining("check that it speaks MQTT 5");
            await(closing);
        }
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MqttOptions impatient = MqttOptions.plainOnLoopback("127.0.0.1", server.getLocalPort(), "gw")
                    .withConnectTimeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> await(port(impatient).connect(events)))
                    .hasCauseInstanceOf(LinkException.class)
                    .hasMessageContaining("no answer from 127.0.0.1");
        }
    }

    private static Optional<Thread> threadOf(String clientId) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("openiomt-mqtt-" + clientId))
                .findFirst();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static MqttPort port(int port, String clientId) {
        return port(MqttOptions.plainOnLoopback("127.0.0.1", port, clientId));
    }

    private static MqttPort port(MqttOptions options) {
        return new HivemqPort(options, Optional.empty(), new HivemqPort.Limits(UNACKNOWLEDGED, 1 << 20));
    }

    private static Outbound message(String text) {
        return Outbound.event(TOPIC, text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    private static String text(Inbound message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    /** Answers a CONNECT, with version 5 or as one that knows 3.1.1 only, and then nothing any more. */
    private static final class FakeServer implements AutoCloseable {
        private static final byte[] CONNACK_5 = HexFormat.of().parseHex("2003000000");
        private static final byte[] CONNACK_3_WRONG_VERSION = HexFormat.of().parseHex("20020001");

        private final ServerSocket server;
        private final CompletableFuture<Socket> accepted;
        private final CompletableFuture<String> connect = new CompletableFuture<>();

        FakeServer(boolean isVersion5) throws IOException {
            this(HexFormat.of().formatHex(isVersion5 ? CONNACK_5 : CONNACK_3_WRONG_VERSION), 0);
        }

        FakeServer(String connack) throws IOException {
            this(connack, 0);
        }

        FakeServer(String connack, int port) throws IOException {
            server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            accepted = CompletableFuture.supplyAsync(() -> {
                try {
                    Socket socket = server.accept();
                    InputStream in = socket.getInputStream();
                    in.read();
                    int length = in.read();
                    connect.complete(HexFormat.of().formatHex(in.readNBytes(length)));
                    socket.getOutputStream().write(HexFormat.of().parseHex(connack));
                    return socket;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        /** Sends octets once something has come. */
        void write(String hex) throws InterruptedException, ExecutionException, IOException {
            Socket socket = accepted.get();
            InputStream in = socket.getInputStream();
            in.read();
            in.readNBytes(in.read());
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
        }

        /** Returns the octets of the CONNECT, without its head. */
        String connect() throws InterruptedException, ExecutionException {
            return connect.get();
        }

        /** Sends messages of QoS 1, whatever the client allows. */
        void publish(int count) throws InterruptedException, ExecutionException, IOException {
            StringBuilder hex = new StringBuilder();
            for (int id = 1; id <= count; id++) {
                hex.append(String.format("3206000174%04x00", id));
            }
            accepted.get().getOutputStream().write(HexFormat.of().parseHex(hex));
        }

        void cut() throws InterruptedException, ExecutionException, IOException {
            accepted.get().close();
        }

        @Override
        public void close() throws IOException {
            server.close();
            accepted.join().close();
        }
    }
}
