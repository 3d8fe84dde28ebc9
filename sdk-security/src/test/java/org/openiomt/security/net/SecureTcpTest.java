package org.openiomt.security.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.session.ResumptionTicket;
import org.openiomt.security.session.ResumptionTickets;
import org.openiomt.security.session.SessionSettings;

@Timeout(60)
class SecureTcpTest {
    private static final long SECONDS = 20;

    private final Devices devices = new Devices();
    private final SecureClient client = new SecureClient(1, NetLimits.DEFAULT);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(client));

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void messagesOfAnyLengthTravelBothWaysInOrder() throws Exception {
        Heard gateway = new Heard(Long.MAX_VALUE);
        Heard device = new Heard(Long.MAX_VALUE);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, gateway), devices.device(), device);
        Random random = new Random(7);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] message = new byte[1 + random.nextInt(i % 10 == 0 ? 16 * 1024 : 200)];
            random.nextBytes(message);
            sent.add(message);
            device.connection().send(message).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            gateway.connection().send(message).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }

        for (byte[] message : sent) {
            assertThat(gateway.message()).isEqualTo(message);
            assertThat(device.message()).isEqualTo(message);
        }
    }

    @Test
    void eachEndNamesTheOther() throws Exception {
        Heard gateway = new Heard(1);
        Heard device = new Heard(1);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, gateway), devices.device(), device);

        assertThat(gateway.connection().peer().name()).isEqualTo("cuff-1");
        assertThat(device.connection().peer().name()).isEqualTo("gateway-1");
        assertThat(gateway.connection().session().handshakeHash())
                .isEqualTo(device.connection().session().handshakeHash());
        assertThat(gateway.connection().toString()).contains("cuff-1");
    }

    @Test
    void peerThatSendsTooFastWaits() throws Exception {
        Heard gateway = new Heard(0);
        Heard device = new Heard(1);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, gateway), devices.device(), device);
        byte[] message = new byte[16 * 1024];
        int sent = 0;
        CompletableFuture<Void> last = device.connection().send(message).toCompletableFuture();
        while (!last.isCompletedExceptionally()) {
            sent++;
            assertThat(sent).as("messages that nobody takes").isLessThan(100_000);
            last = device.connection().send(message).toCompletableFuture();
        }

        CompletableFuture<Void> refused = last;
        assertThatThrownBy(() -> refused.get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("the peer takes too long");
        assertThat(gateway.messages).isEmpty();
        gateway.connection().request(3);
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.message()).hasSize(message.length);
        }
        assertThat(gateway.messages).isEmpty();
        gateway.connection().request(Long.MAX_VALUE);
        for (int i = 3; i < sent; i++) {
            assertThat(gateway.message()).hasSize(message.length);
        }
        assertThat(device.writable.poll(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void peerThatLeavesIsHeardWhileNobodyAsks() throws Exception {
        Heard first = new Heard(0);
        Heard device = new Heard(0);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, first), devices.device(), device);
        first.connection();
        device.connection().close();
        assertThat(first.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);

        Heard second = new Heard(0);
        SecureServer server = listen(devices.gateway(), NetLimits.DEFAULT, second);
        try (Relay relay = new Relay(server.address())) {
            client.connect(relay.address(), devices.device(), Optional.empty(), new Heard(0));
            second.connection();
            relay.cut();
            assertThat(second.closed()).isEqualTo(CloseReason.CUT_OFF);
        }
    }

    /** Again and again: when a message comes and when it is asked for is up to two threads. */
    @RepeatedTest(30)
    void messageThatWaitsIsNotLostAndThoseBehindItStayInOrder() throws Exception {
        Heard gateway = new Heard(0);
        Heard device = new Heard(0);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, gateway), devices.device(), device);
        for (int i = 1; i <= 50; i++) {
            device.connection().send(new byte[] {(byte) i});
        }
        device.connection().close();

        assertThat(gateway.messages).isEmpty();
        for (int i = 1; i <= 49; i++) {
            gateway.connection().request(1);
            assertThat(gateway.message()).containsExactly(i);
            assertThat(gateway.messages).isEmpty();
        }
        assertThat(gateway.closed).isNotDone();
        gateway.connection().request(1);
        assertThat(gateway.message()).containsExactly(50);
        assertThat(gateway.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
    }

    @Test
    void endThatClosesIsNotHeldByAPeerThatReadsNothing() throws Exception {
        Heard gateway = new Heard(0);
        Heard device = new Heard(0);
        SecureServer server = listen(devices.gateway(), NetLimits.DEFAULT, gateway);
        connect(server, devices.device(), device);
        while (!gateway.connection()
                .send(new byte[16 * 1024])
                .toCompletableFuture()
                .isCompletedExceptionally()) {
            assertThat(gateway.closed).isNotDone();
        }
        gateway.connection().close();

        assertThat(gateway.closed()).isEqualTo(CloseReason.CLOSED_HERE);
        assertThat(server.counts().open()).isZero();
    }

    @Test
    void strangerHasNoConnection() throws Exception {
        Heard gateway = new Heard(1);
        SecureServer server = listen(devices.gateway(), NetLimits.DEFAULT, gateway);

        assertThatThrownBy(() -> connect(server, devices.stranger(), new Heard(1)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("it may not accept this end's identity");

        assertThat(gateway.connected).isNotDone();
        server.close();
        assertThat(server.counts().refused()).isEqualTo(1);
        assertThat(server.counts().halfOpen()).isZero();
    }

    @Test
    void impostorIsRefusedByTheDevice() throws Exception {
        SecureServer impostor = listen(new Devices().gateway(), NetLimits.DEFAULT, new Heard(1));

        assertThatThrownBy(() -> connect(impostor, devices.device(), new Heard(1)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("has not proved to be a peer to talk to");
    }

    @Test
    void orderlyEndIsToldFromACut() throws Exception {
        Heard first = new Heard(Long.MAX_VALUE);
        Heard device = new Heard(1);
        connect(listen(devices.gateway(), NetLimits.DEFAULT, first), devices.device(), device);
        device.connection().send("last".getBytes(StandardCharsets.US_ASCII));
        device.connection().close();

        assertThat(first.message()).asString(StandardCharsets.US_ASCII).isEqualTo("last");
        assertThat(first.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
        assertThat(device.closed()).isEqualTo(CloseReason.CLOSED_HERE);

        Heard second = new Heard(Long.MAX_VALUE);
        Heard cut = new Heard(1);
        SecureServer server = listen(devices.gateway(), NetLimits.DEFAULT, second);
        try (Relay relay = new Relay(server.address())) {
            client.connect(relay.address(), devices.device(), Optional.empty(), cut);
            second.connection();
            cut.connection(); // else the handshake is cut, and not the connection
            relay.cut();
        }

        assertThat(second.closed()).isEqualTo(CloseReason.CUT_OFF);
        assertThat(cut.closed()).isEqualTo(CloseReason.CUT_OFF);
    }

    @Test
    void changedOctetEndsTheConnection() throws Exception {
        Heard gateway = new Heard(Long.MAX_VALUE);
        Heard device = new Heard(1);
        Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
        SessionSettings audits = devices.gateway().withAudit(event -> {
            audited.add(event);
            return CompletableFuture.completedFuture(null);
        });
        SecureServer server = listen(audits, NetLimits.DEFAULT, gateway);
        try (Relay relay = new Relay(server.address())) {
            client.connect(relay.address(), devices.device(), Optional.empty(), device);
            gateway.connection();
            relay.changeNextOctet();
            device.connection().send(new byte[100]);

            assertThat(gateway.closed()).isEqualTo(CloseReason.NOT_AUTHENTIC);
            assertThat(gateway.messages).isEmpty();
            assertThat(audited)
                    .extracting(AuditEvent::type, AuditEvent::actor)
                    .containsExactly(
                            tuple(AuditEventType.PEER_IDENTIFIED, "cuff-1"),
                            tuple(AuditEventType.FRAME_NOT_AUTHENTIC, "cuff-1"));
        }
    }

    @Test
    void garbageAndLengthsThatLieAreRefused() throws Exception {
        SecureServer server = listen(devices.gateway(), NetLimits.DEFAULT, new Heard(1));

        for (byte[] octets : List.of(
                new byte[] {0, 4, 'G', 'E', 'T', ' '},
                new byte[] {(byte) 0xff, (byte) 0xff, 1},
                new byte[] {0, 0},
                new byte[] {0, 1, (byte) 0xc1})) {
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
                socket.getOutputStream().write(octets);

                assertThat(ended(socket.getInputStream())).isTrue();
            }
        }

        server.close();
        assertThat(server.counts().refused()).isEqualTo(4);
    }

    @Test
    void handshakeThatTakesTooLongIsEnded() throws Exception {
        SessionSettings hasty = devices.gateway().withTimeout(Duration.ofMillis(100), Duration.ofMillis(50));
        SecureServer server = listen(hasty, NetLimits.DEFAULT, new Heard(1));

        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
            assertThat(ended(socket.getInputStream())).isTrue();
        }

        server.close();
        assertThat(server.counts().timedOut()).isEqualTo(1);
        assertThat(server.counts().halfOpen()).isZero();
    }

    @Test
    void floodOfHalfOpenHandshakesLeavesOthersAlone() throws Exception {
        NetLimits few = new NetLimits(100, 8, 10_000, 1024, 4096);
        Heard device = new Heard(1);
        SecureServer server = listen(devices.gateway(), few, new Heard(Long.MAX_VALUE));
        List<Socket> flood = new ArrayList<>();
        try {
            connect(server, devices.device(), device);
            for (int i = 0; i < 200; i++) {
                flood.add(new Socket(
                        server.address().getAddress(), server.address().getPort()));
            }
            Heard late = new Heard(1);
            SecureConnection connection = connect(server, devices.device(), late);

            assertThat(connection.isOpen()).isTrue();
            assertThat(device.connection().isOpen()).isTrue();
            assertThat(server.counts().halfOpen()).isLessThanOrEqualTo(8);
            assertThat(server.counts().evicted()).isGreaterThanOrEqualTo(190);
            server.close(); // counting comes after answering
            assertThat(server.counts().established()).isEqualTo(2);
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    @Test
    void sessionsBeyondTheLimitAreTurnedAway() throws Exception {
        NetLimits one = new NetLimits(1, 8, 10_000, 1024, 4096);
        SecureServer server = listen(devices.gateway(), one, new Heard(1));
        connect(server, devices.device(), new Heard(1));

        assertThatThrownBy(() -> connect(server, devices.device(), new Heard(1)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("has closed the connection during the handshake");
        assertThat(server.counts().turnedAway()).isEqualTo(1);
    }

    @Test
    void laterConnectionGoesOnWithATicket() throws Exception {
        ResumptionTickets store = new ResumptionTickets(10, Clock.systemUTC());
        SecureServer server = listen(devices.gateway().withTickets(store), NetLimits.DEFAULT, new Heard(1));
        Heard first = new Heard(1);
        connect(server, devices.device(), first);
        ResumptionTicket ticket = first.connection().session().ticket();
        first.connection().close();

        Heard second = new Heard(1);
        SecureConnection resumed = client.connect(server.address(), devices.device(), Optional.of(ticket), second)
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);

        assertThat(resumed.session().isResumed()).isTrue();
        assertThat(resumed.peer().name()).isEqualTo("gateway-1");
    }

    @Test
    void whereNobodyListensOrSomebodyElseDoesIsSaid() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free);
            assertThatThrownBy(
                            () -> SecureServer.listen(address, devices.gateway(), NetLimits.DEFAULT, 1, new Heard(1)))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("cannot listen at")
                    .hasMessageContaining("Address already in use");
        }
        CompletableFuture<SecureConnection> connecting = client.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), free),
                        devices.device(),
                        Optional.empty(),
                        new Heard(1))
                .toCompletableFuture();

        assertThatThrownBy(() -> connecting.get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("cannot connect to")
                .hasMessageContaining("refused");
    }

    private SecureServer listen(SessionSettings settings, NetLimits limits, ConnectionListener listener) {
        SecureServer server = SecureServer.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings, limits, 1, listener);
        open.add(server);
        return server;
    }

    private SecureConnection connect(SecureServer server, SessionSettings settings, ConnectionListener listener)
            throws Exception {
        return client.connect(server.address(), settings, Optional.empty(), listener)
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    private static boolean ended(InputStream in) throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true; // reset, because some octets were never read
        }
    }
}
