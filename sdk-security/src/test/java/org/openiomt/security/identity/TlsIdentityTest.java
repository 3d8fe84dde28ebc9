package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.openiomt.testkit.ManualClock;

class TlsIdentityTest {
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final String HOST = "broker.example";

    private final ManualClock clock = new ManualClock();
    private final DevelopmentAuthority authority = DevelopmentAuthority.create(clock, LIFETIME);
    private final TlsIdentity broker = authority.server("broker-1", List.of(HOST, "127.0.0.1", "::1"));
    private final TlsIdentity gateway = authority.client("gateway-1");

    @Test
    void bothEndsSeeTheNameOfTheOther() throws SSLException {
        TlsPair pair = TlsPair.shake(gateway, HOST, broker);

        assertThat(TlsIdentity.peerName(pair.clientSession())).isEqualTo("broker-1");
        assertThat(TlsIdentity.peerName(pair.serverSession())).isEqualTo("gateway-1");
        assertThat(pair.clientSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(pair.serverSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void serverIsReachedByEachOfItsNames() throws SSLException {
        for (String host : List.of(HOST, "127.0.0.1", "::1")) {
            TlsPair pair = TlsPair.shake(gateway, host, broker);

            assertThat(TlsIdentity.peerName(pair.clientSession())).isEqualTo("broker-1");
        }
    }

    @Test
    void octetsTravelOverLoopbackSockets() throws Exception {
        assertThat(talk(gateway, TlsIdentity.clientParameters(), broker))
                .isEqualTo(new Talk("answer 42 from broker-1", "question from gateway-1"));
    }

    @Test
    void socketsRefuseWhatEnginesRefuse() throws Exception {
        DevelopmentAuthority other = DevelopmentAuthority.create(clock, LIFETIME);
        SSLParameters careless = TlsIdentity.clientParameters();
        careless.setEndpointIdentificationAlgorithm(null);
        TlsIdentity strangeClient = new TlsIdentity(other.client("gateway-1").identity(), authority.trust());
        TlsIdentity strangeServer =
                new TlsIdentity(other.server("broker-1", List.of("127.0.0.1")).identity(), authority.trust());
        TlsIdentity otherHost = authority.server("broker-1", List.of(HOST));

        assertThat(talk(strangeClient, TlsIdentity.clientParameters(), broker).server())
                .contains("CertPathValidatorException");
        assertThat(talk(gateway, TlsIdentity.clientParameters(), strangeServer).client())
                .contains("CertPathValidatorException");
        assertThat(talk(gateway, TlsIdentity.clientParameters(), otherHost).client())
                .contains("subject alternative");
        assertThat(talk(gateway, careless, broker).client()).contains("the server's name would go unchecked");
    }

    /** What each end of a connection over loopback sockets says in the end: who the other was, or why it gave up. */
    private record Talk(String client, String server) {}

    private static Talk talk(TlsIdentity client, SSLParameters clientParameters, TlsIdentity server) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (SSLServerSocket listener =
                (SSLServerSocket) server.context().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listener.setSSLParameters(TlsIdentity.serverParameters());
            CompletableFuture<String> served = CompletableFuture.supplyAsync(() -> answerOne(listener), executor);
            String asked = askOne(client, clientParameters, listener.getLocalPort());
            return new Talk(asked, served.get(20, TimeUnit.SECONDS));
        } finally {
            executor.shutdownNow();
        }
    }

    private static String askOne(TlsIdentity client, SSLParameters parameters, int port) {
        try (SSLSocket socket = (SSLSocket) client.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(41);
            int answer = socket.getInputStream().read();
            return "answer " + answer + " from " + TlsIdentity.peerName(socket.getSession());
        } catch (IOException e) {
            return e + " because of " + e.getCause();
        }
    }

    private static String answerOne(SSLServerSocket listener) {
        try (SSLSocket peer = (SSLSocket) listener.accept()) {
            peer.setSoTimeout(20_000);
            peer.getOutputStream().write(peer.getInputStream().read() + 1);
            return "question from " + TlsIdentity.peerName(peer.getSession());
        } catch (IOException e) {
            return e + " because of " + e.getCause();
        }
    }

    @Test
    void clientOfAnotherAuthorityIsRefused() {
        DevelopmentAuthority other = DevelopmentAuthority.create(clock, LIFETIME);
        TlsIdentity stranger = new TlsIdentity(other.client("gateway-1").identity(), authority.trust());

        assertThatThrownBy(() -> TlsPair.shake(stranger, HOST, broker))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertPathValidatorException");
    }

    @Test
    void serverOfAnotherAuthorityIsRefused() {
        DevelopmentAuthority other = DevelopmentAuthority.create(clock, LIFETIME);
        TlsIdentity stranger =
                new TlsIdentity(other.server("broker-1", List.of(HOST)).identity(), authority.trust());

        assertThatThrownBy(() -> TlsPair.shake(gateway, HOST, stranger))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertPathValidatorException");
    }

    @Test
    void expiredCertificateIsRefusedFromTheSecondAfterItsLast() throws SSLException {
        clock.advance(LIFETIME);
        assertThat(TlsPair.shake(gateway, HOST, broker)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> TlsPair.shake(gateway, HOST, broker))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertificateExpiredException");
    }

    @Test
    void expiredClientIsRefusedByAServerWithTheTrueTime() {
        ManualClock slow = new ManualClock();
        DevelopmentAuthority shortLived = DevelopmentAuthority.create(slow, Duration.ofHours(1));
        ManualClock late = new ManualClock(slow.instant().plus(Duration.ofHours(2)));
        TlsIdentity client = shortLived.client("gateway-1");
        TlsIdentity server = new TlsIdentity(
                shortLived.server("broker-1", List.of(HOST)).identity(),
                Trust.of(shortLived.trust().anchor(), late));

        assertThatThrownBy(() -> TlsPair.shake(client, HOST, server))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertificateExpiredException");
    }

    @Test
    void certificateFromTomorrowIsRefused() {
        ManualClock early = new ManualClock(clock.instant().minus(Duration.ofDays(1)));
        TlsIdentity client =
                new TlsIdentity(gateway.identity(), Trust.of(authority.trust().anchor(), early));

        assertThatThrownBy(() -> TlsPair.shake(client, HOST, broker))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertificateNotYetValidException");
    }

    @Test
    void serverCertificateIsNoClientCertificate() {
        TlsIdentity disguised = authority.server("gateway-1", List.of("gateway.example"));

        assertThatThrownBy(() -> TlsPair.shake(disguised, HOST, broker))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("may not be used for 1.3.6.1.5.5.7.3.2");
    }

    @Test
    void clientCertificateIsNoServerCertificate() {
        TlsIdentity disguised = authority.client("broker-1");

        assertThatThrownBy(() -> TlsPair.shake(gateway, HOST, disguised))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("may not be used for 1.3.6.1.5.5.7.3.1");
    }

    @Test
    void anotherHostNameIsRefused() {
        for (String host : List.of("other.example", "broker.example.evil.example", "127.0.0.2", "::2")) {
            assertThatThrownBy(() -> TlsPair.shake(gateway, host, broker))
                    .as(host)
                    .isInstanceOf(SSLException.class)
                    .hasStackTraceContaining("subject alternative");
        }
    }

    @Test
    void clientThatForgetsTheNameCheckTrustsNobody() {
        SSLParameters careless = TlsIdentity.clientParameters();
        careless.setEndpointIdentificationAlgorithm(null);

        assertThatThrownBy(() -> TlsPair.shake(gateway.context(), careless, HOST, broker))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("the server's name would go unchecked");
    }

    @Test
    void clientWithoutCertificateIsRefused() throws Exception {
        SSLContext anonymous = SSLContext.getInstance("TLSv1.3");
        anonymous.init(new KeyManager[0], authority.trust().trustManagers().getTrustManagers(), null);

        assertThatThrownBy(() -> TlsPair.shake(anonymous, TlsIdentity.clientParameters(), HOST, broker))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void olderTlsIsRefused() {
        SSLParameters old = TlsIdentity.clientParameters();
        old.setProtocols(new String[] {"TLSv1.2"});

        assertThatThrownBy(() -> TlsPair.shake(gateway.context(), old, HOST, broker))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void authoritiesOfTheJdkAreNotTrusted() {
        assertThat(gateway.trustManagers().getTrustManagers())
                .singleElement()
                .satisfies(manager -> assertThat(((CheckedTrustManager) manager).getAcceptedIssuers())
                        .containsExactly(authority.trust().anchor()));
    }

    @Test
    void certificateWithoutAPurposeIsRefused() {
        X509Certificate noPurpose = authority.trust().anchor(); // the only kind without extended key usage
        CheckedTrustManager manager = new CheckedTrustManager(authority.trust());

        assertThatThrownBy(() -> manager.checkClientTrusted(new X509Certificate[] {noPurpose}, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessage("the peer's certificate may not be used for 1.3.6.1.5.5.7.3.2");
    }

    @Test
    void serverWithoutAConnectionHasNoNameToCheck() {
        X509Certificate[] chain = {broker.identity().certificate()};
        CheckedTrustManager manager = new CheckedTrustManager(authority.trust());

        assertThatThrownBy(() -> manager.checkServerTrusted(chain, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("the server's name would go unchecked");
    }

    @Test
    void chainIsBounded() {
        X509Certificate certificate = gateway.identity().certificate();
        X509Certificate[] chain = Collections.nCopies(5, certificate).toArray(X509Certificate[]::new);
        CheckedTrustManager manager = new CheckedTrustManager(authority.trust());

        assertThatThrownBy(() -> manager.checkClientTrusted(chain, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessage("a chain has 1 to 4 certificates, but got 5");
        assertThatThrownBy(() -> manager.checkClientTrusted(new X509Certificate[0], "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void resumptionEndsSoonAfterACertificateDoes() {
        SSLContext context = broker.context();

        assertThat(context.getServerSessionContext().getSessionTimeout()).isEqualTo(600);
        assertThat(context.getClientSessionContext().getSessionTimeout()).isEqualTo(600);
    }

    @Test
    void closedIdentityProvesNothing() {
        TlsIdentity closing = authority.client("gateway-2");

        closing.close();

        assertThatThrownBy(closing::context)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the identity gateway-2 is closed");
    }

    @Test
    void connectionWithoutPeerCertificateHasNoPeerName() throws Exception {
        assertThatThrownBy(() -> TlsIdentity.peerName(
                        SSLContext.getDefault().createSSLEngine().getSession()))
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }
}
