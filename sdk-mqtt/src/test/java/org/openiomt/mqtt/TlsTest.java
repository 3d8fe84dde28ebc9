package org.openiomt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;

/** Certificates on both sides, made by the JDK's keytool; the broker's is for localhost. */
class TlsTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");

    @TempDir
    static Path folder;

    private static TestCertificates.Stores gateway;
    private static TestCertificates.Stores renewed;
    private static TestCertificates.Stores stranger;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void open() {
        TestCertificates authority = new TestCertificates(folder, "authority");
        gateway = authority.issue("gw-1");
        renewed = authority.issue("gw-1-renewed");
        stranger = new TestCertificates(folder, "another").issue("stranger");
        broker = EmbeddedBroker.tls(folder.resolve("broker"), authority.issue("broker", "dns:localhost"));
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void readingsPassWhenBothSidesAreTrusted() throws Exception {
        Clinic clinic = new Clinic();
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(100, 1_000_000));
        try (ObservationConsumer consumer = Mqtt.consumer(
                        options("localhost", "clinic", gateway, gateway),
                        Scope.everywhere(),
                        RecordOpener.PLAIN,
                        clinic);
                Uplink uplink = Mqtt.uplink(
                        options("localhost", "gw-1", gateway, gateway),
                        Topics.of("s", "gw-1"),
                        outbox,
                        RecordSealer.PLAIN)) {
            await(consumer.start());
            await(uplink.start());
            await(outbox.append(List.of(Readings.record(CUFF, 1), Readings.record(CUFF, 2))));
            clinic.await(2);
            clinic.assertAllOnceInOrder(List.of(CUFF), 2);
        }
    }

    @Test
    void aClientCertificateOfAnotherAuthorityIsRefusedAndThatIsSaid() throws Exception {
        assertThatThrownBy(() -> start(options("localhost", "stranger", stranger, gateway)))
                .hasCauseInstanceOf(LinkException.class)
                .hasMessageContaining("refused the client certificate")
                .hasMessageContaining("check that the broker trusts its authority");
    }

    @Test
    void aBrokerOfAnotherAuthorityIsRefused() throws Exception {
        assertThatThrownBy(() -> start(options("localhost", "gw-1", gateway, stranger)))
                .hasMessageContaining("the broker's certificate is not trusted")
                .hasMessageContaining("check that its authority is in the trust store");
    }

    @Test
    void aBrokerOfAnotherNameIsRefused() throws Exception {
        assertThatThrownBy(() -> start(options("127.0.0.1", "gw-1", gateway, gateway)))
                .hasMessageContaining("the broker's certificate is not for the name 127.0.0.1");
    }

    @Test
    void aPlainPortIsRefused() throws Exception {
        try (EmbeddedBroker plain = EmbeddedBroker.plain(folder.resolve("plain"))) {
            MqttOptions options = options("localhost", "gw-1", gateway, gateway)
                    .withPort(plain.port())
                    .withConnectTimeout(Duration.ofSeconds(1));
            assertThatThrownBy(() -> start(options)).hasMessageContaining("does not speak TLS 1.3");
        }
    }

    @Test
    void aClientWithoutTlsIsRefused() {
        MqttOptions options = MqttOptions.plainOnLoopback("localhost", broker.port(), "gw-1")
                .withConnectTimeout(Duration.ofSeconds(5));
        assertThatThrownBy(() -> start(options)).hasMessageContaining("check that it speaks MQTT 5 without TLS");
    }

    @Test
    void aCertificateIsReplacedWhileReadingsPassAndNoneIsLost() throws Exception {
        Clinic clinic = new Clinic();
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(1_000, 1_000_000));
        AtomicReference<TestCertificates.Stores> own = new AtomicReference<>(gateway);
        AtomicInteger asked = new AtomicInteger();
        MqttOptions rotating = MqttOptions.tls("localhost", broker.port(), "gw-rotating", () -> {
                    asked.incrementAndGet();
                    return tls(Objects.requireNonNull(own.get()), gateway);
                })
                .withBackoff(new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)));
        try (ObservationConsumer consumer = Mqtt.consumer(
                        options("localhost", "clinic-2", gateway, gateway),
                        Scope.everywhere(),
                        RecordOpener.PLAIN,
                        clinic);
                Uplink uplink = Mqtt.uplink(rotating, Topics.of("s", "gw-2"), outbox, RecordSealer.PLAIN)) {
            await(consumer.start());
            await(uplink.start());
            append(outbox, 1, 200);
            own.set(stranger);
            CompletableFuture<BrokerState> refused = Clinic.next(
                    uplink.brokerStates(),
                    state -> state instanceof BrokerState.Disconnected lost
                            && lost.reason().contains("refused the client certificate"));
            uplink.reconnect();
            append(outbox, 201, 300);
            refused.get(30, TimeUnit.SECONDS);
            own.set(renewed);
            uplink.reconnect();
            append(outbox, 301, 400);
            consumer.reconnect();
            clinic.await(400);
            clinic.assertAllOnceInOrder(List.of(CUFF), 400);
            assertThat(asked.get()).isGreaterThanOrEqualTo(3);
            assertThat(consumer.stats().missing()).isZero();
        }
    }

    private static MqttOptions.Tls tls(TestCertificates.Stores own, TestCertificates.Stores trusted) {
        try {
            return new MqttOptions.Tls(own.keyManagers(), trusted.trustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(MemoryOutbox outbox, long first, long last) throws Exception {
        for (long n = first; n <= last; n++) {
            await(outbox.append(List.of(Readings.record(CUFF, n))));
        }
    }

    private static void start(MqttOptions options) throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(100, 1_000_000));
        try (Uplink uplink = Mqtt.uplink(options, Topics.of("s", "gw-1"), outbox, RecordSealer.PLAIN)) {
            await(uplink.start());
        }
    }

    private static MqttOptions options(
            String host, String clientId, TestCertificates.Stores own, TestCertificates.Stores trusted)
            throws Exception {
        return MqttOptions.tls(host, broker.port(), clientId, own.keyManagers(), trusted.trustManagers())
                .withBackoff(new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
