package org.openiomt.examples.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.security.carrier.RequestListener;
import org.openiomt.security.carrier.SessionCarrier;
import org.openiomt.security.carrier.TopicPort;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.FrameForm;
import org.openiomt.security.session.HandshakeGate;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

class BrokerTopicsTest {
    private static final Duration TIME_OUT = Duration.ofSeconds(20);
    private static final String REQUESTS = "session/cuff-1/requests";
    private static final String ANSWERS = "session/ward-3/answers";

    @TempDir
    private Path folder;

    private final DhKeyPair gatewayKey =
            Primitives.preferred().x25519().orElseThrow().generate();
    private final DhKeyPair deviceKey =
            Primitives.preferred().x25519().orElseThrow().generate();
    private final Scheduler scheduler = Scheduler.system("session-test", 1);
    private final Queue<Mqtt5Publish> captured = new ConcurrentLinkedQueue<>();
    private DemoCertificates certificates = DemoCertificates.of(Path.of(""));
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        certificates = DemoCertificates.create(folder.resolve("certificates"), Clock.systemUTC(), Duration.ofDays(1));
        broker = EmbeddedBroker.start(
                new EmbeddedBroker.Settings(0, folder.resolve("data"), certificates.broker(), "--broker-port"));
    }

    @AfterEach
    void close() {
        scheduler.close();
        broker.close();
    }

    /** What one end hears, in queues to wait at. */
    private static final class Heard implements SessionCarrier.Listener {
        private final CompletableFuture<SecureSession> session = new CompletableFuture<>();
        private final BlockingQueue<String> contents = new LinkedBlockingQueue<>();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        @Override
        public void established(SecureSession now) {
            session.complete(now);
        }

        @Override
        public void received(byte[] content) {
            contents.add(new String(content, UTF_8));
        }

        @Override
        public void ended(boolean isComplete) {
            end.complete(isComplete);
        }

        String next() throws InterruptedException {
            return String.valueOf(contents.poll(TIME_OUT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void sessionRunsThroughTheBrokerWhichReadsNothing() throws InterruptedException {
        Mqtt5AsyncClient spy = client("spy", certificates.application(Clock.systemUTC()));
        get(spy.subscribeWith()
                .topicFilter("#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(captured::add)
                .send());
        Mqtt5AsyncClient ofDevice = client("cuff-1", certificates.gateway(Clock.systemUTC()));
        Mqtt5AsyncClient ofGateway = client("ward-3", certificates.gateway(Clock.systemUTC()));
        Heard atDevice = new Heard();
        Heard atGateway = new Heard();
        CompletableFuture<RequestListener.Peer> peer = new CompletableFuture<>();
        try (RequestListener listener = listener(ofDevice, atDevice, peer)) {
            try (SessionCarrier gateway = SessionCarrier.initiate(
                    settings("gateway", gatewayKey, "device", deviceKey, "cuff-1"),
                    TopicPort.requesting(new BrokerTopics(ofGateway), REQUESTS, ANSWERS),
                    scheduler,
                    atGateway)) {
                assertThat(get(atGateway.session).peer().name()).isEqualTo("cuff-1");
                assertThat(get(atDevice.session).peer().name()).isEqualTo("ward-3");
                for (int i = 0; i < 50; i++) {
                    gateway.send(("read " + i).getBytes(UTF_8));
                    assertThat(atDevice.next()).isEqualTo("read " + i);
                    get(peer).carrier().send(("glucose 5.4, number " + i).getBytes(UTF_8));
                    assertThat(atGateway.next()).isEqualTo("glucose 5.4, number " + i);
                }
            }
            assertThat(get(atDevice.end)).as("the gateway said goodbye").isTrue();
            assertThat(listener.peers()).isZero();
        }
        for (Mqtt5AsyncClient client : List.of(spy, ofDevice, ofGateway)) {
            get(client.disconnect());
        }
        assertThat(captured)
                .hasSizeGreaterThan(100)
                .allSatisfy(publish -> assertThat(new String(publish.getPayloadAsBytes(), ISO_8859_1))
                        .doesNotContain("glucose", "read", "number"));
    }

    private RequestListener listener(
            Mqtt5AsyncClient client, Heard heard, CompletableFuture<RequestListener.Peer> peer) {
        HandshakeGate gate = new HandshakeGate(
                HandshakeGate.Limits.DEFAULT, Primitives.preferred().sha256(), scheduler.clock());
        return new RequestListener(
                settings("device", deviceKey, "gateway", gatewayKey, "ward-3"),
                gate,
                new BrokerTopics(client),
                REQUESTS,
                ANSWERS::equals,
                10,
                scheduler,
                initiator -> {
                    peer.complete(initiator);
                    return heard;
                });
    }

    private SessionSettings settings(String own, DhKeyPair ownKey, String other, DhKeyPair otherKey, String otherName) {
        PinnedPeers pins = new PinnedPeers()
                .pin(StaticKey.of(otherKey.publicKey()), new PeerNames.Entry(otherName, Set.of(other)));
        return SessionSettings.xx(new SessionRoles(own, other), ownKey, pins)
                .withForm(FrameForm.DATAGRAM)
                .withClock(scheduler.clock());
    }

    private Mqtt5AsyncClient client(String id, TlsIdentity tls) {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(tls.keyManagers())
                        .trustManagerFactory(tls.trustManagers())
                        .protocols(List.of("TLSv1.3"))
                        .build())
                .buildAsync();
        get(client.connect());
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(TIME_OUT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
