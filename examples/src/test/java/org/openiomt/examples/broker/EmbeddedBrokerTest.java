package org.openiomt.examples.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.security.identity.TlsIdentity;

class EmbeddedBrokerTest {
    private static final Duration TIME_OUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private DemoCertificates certificates = DemoCertificates.of(Path.of(""));
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        certificates = DemoCertificates.create(folder.resolve("ours"), Clock.systemUTC(), Duration.ofDays(1));
        broker = EmbeddedBroker.start(settings(0));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void clientOfItsAuthorityIsAccepted() {
        Mqtt5AsyncClient client = client("a", certificates.gateway(Clock.systemUTC()));

        assertThat(get(client.connect()).getReasonCode().isError()).isFalse();
        get(client.disconnect());
    }

    @Test
    void clientOfAnotherAuthorityIsRefused() {
        DemoCertificates others =
                DemoCertificates.create(folder.resolve("others"), Clock.systemUTC(), Duration.ofDays(1));
        TlsIdentity mixed = new TlsIdentity(
                others.gateway(Clock.systemUTC()).identity(),
                certificates.gateway(Clock.systemUTC()).trust());

        assertThatThrownBy(() -> handshake(mixed, "TLSv1.3")).isInstanceOf(IOException.class);
    }

    @Test
    void clientWithoutCertificateIsRefused() {
        assertThatThrownBy(() -> {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(
                            null,
                            certificates
                                    .gateway(Clock.systemUTC())
                                    .trustManagers()
                                    .getTrustManagers(),
                            null);
                    handshake(context, "TLSv1.3");
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void olderTlsIsRefused() {
        assertThatThrownBy(() -> handshake(certificates.gateway(Clock.systemUTC()), "TLSv1.2"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void acknowledgedMessageIsThereAfterARestartOnTheSamePort() throws InterruptedException {
        int port = broker.port();
        Mqtt5AsyncClient reader = client("reader", certificates.application(Clock.systemUTC()));
        get(reader.connectWith().cleanStart(false).sessionExpiryInterval(600).send());
        get(reader.subscribeWith()
                .topicFilter("iomt/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send());
        get(reader.disconnect());
        Mqtt5AsyncClient writer = client("writer", certificates.gateway(Clock.systemUTC()));
        get(writer.connect());
        get(writer.publishWith()
                .topic("iomt/1/a")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("kept".getBytes(StandardCharsets.UTF_8))
                .send());

        broker.stop();
        assertThat(broker.isRunning()).isFalse();
        broker.start();

        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Mqtt5AsyncClient again = client("reader", certificates.application(Clock.systemUTC()));
        again.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> received.add(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)));
        get(again.connectWith().cleanStart(false).sessionExpiryInterval(600).send());

        assertThat(received.poll(TIME_OUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("kept");
        assertThat(broker.port()).isEqualTo(port);
        get(again.disconnect());
    }

    @Test
    void portInUseIsNamedWithItsOption() {
        assertThatThrownBy(() -> EmbeddedBroker.start(settings(broker.port())))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("port " + broker.port() + " for the broker")
                .hasMessageContaining("--broker-port");
    }

    @Test
    void folderInUseIsNamedAtOnce() {
        assertThatThrownBy(() -> EmbeddedBroker.start(settings(0)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(folder.resolve("data").toString())
                .hasMessageContaining("in use by another broker");
    }

    private EmbeddedBroker.Settings settings(int port) {
        return new EmbeddedBroker.Settings(port, folder.resolve("data"), certificates.broker(), "--broker-port");
    }

    private Mqtt5AsyncClient client(String id, TlsIdentity tls) {
        return Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(tls.keyManagers())
                        .trustManagerFactory(tls.trustManagers())
                        .protocols(List.of("TLSv1.3"))
                        .build())
                .buildAsync();
    }

    private void handshake(TlsIdentity tls, String protocol) throws IOException {
        handshake(tls.context(), protocol);
    }

    /** Connects and waits for an octet: a client of TLS 1.3 hears only then that it was refused. */
    private void handshake(SSLContext context, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", broker.port())) {
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) TIME_OUT.toMillis());
            socket.startHandshake();
            int octet = socket.getInputStream().read();
            assertThat(octet).as("a refused client gets no octet").isEqualTo(-1);
            throw new IOException("closed by the broker");
        }
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(TIME_OUT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
