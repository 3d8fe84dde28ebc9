package org.openiomt.examples.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.StaticKeyFile;
import org.openiomt.security.net.CloseReason;
import org.openiomt.security.net.ConnectionListener;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureClient;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.net.SecureServer;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;

/** The lines of docs/sessions.md, compiled and run; and that they are these. */
class SessionsPageTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")));
    private static final String SOURCE = "examples/src/test/java/org/openiomt/examples/session/SessionsPageTest.java";

    @TempDir
    private Path folder;

    @Test
    void theLinesBringAReadingToTheGateway() throws Exception {
        assertThat(lines()).isEqualTo("cuff-1 says 120/80 mm[Hg]");
    }

    @Test
    void thePageShowsTheseVeryLines() throws IOException {
        String source = Files.readString(ROOT.resolve(SOURCE));
        String lines = between(source, "// page: begin\n", "        // page: end")
                .stripTrailing()
                .stripIndent();
        assertThat(between(Files.readString(ROOT.resolve("docs/sessions.md")), "```java\n", "```"))
                .isEqualTo(lines + "\n");
    }

    private String lines() throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        CompletableFuture<String> heard = new CompletableFuture<>();
        ConnectionListener quiet = new Printer(new CompletableFuture<>());
        // page: begin
        // Each end keeps its key, and learns the public key of the other when they are set up.
        try (DhKeyPair gatewayKey = StaticKeyFile.openOrCreate(folder.resolve("gateway.key"));
                DhKeyPair cuffKey = StaticKeyFile.openOrCreate(folder.resolve("cuff.key"))) {
            PinnedPeers devices = new PinnedPeers()
                    .pin(StaticKey.of(cuffKey.publicKey()), new PeerNames.Entry("cuff-1", Set.of("device")));
            PinnedPeers gateways = new PinnedPeers()
                    .pin(StaticKey.of(gatewayKey.publicKey()), new PeerNames.Entry("ward-3", Set.of("gateway")));

            // The gateway listens, the cuff dials.
            SessionSettings ofGateway = SessionSettings.xx(new SessionRoles("gateway", "device"), gatewayKey, devices);
            SessionSettings ofCuff = SessionSettings.xx(new SessionRoles("device", "gateway"), cuffKey, gateways);
            try (SecureServer server =
                            SecureServer.listen(anyPort, ofGateway, NetLimits.DEFAULT, 1, new Printer(heard));
                    SecureClient client = new SecureClient(1, NetLimits.DEFAULT)) {
                SecureConnection connection = client.connect(server.address(), ofCuff, Optional.empty(), quiet)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
                connection.send("120/80 mm[Hg]".getBytes(UTF_8));
                return heard.get(20, TimeUnit.SECONDS);
            }
        }
        // page: end
    }

    /** Asks for every message, and tells the first with the name that was proven. */
    private record Printer(CompletableFuture<String> heard) implements ConnectionListener {
        @Override
        public void onConnected(SecureConnection connection) {
            connection.request(Long.MAX_VALUE);
        }

        @Override
        public void onMessage(SecureConnection connection, byte[] message) {
            heard.complete(connection.peer().name() + " says " + new String(message, UTF_8));
        }

        @Override
        public void onClosed(SecureConnection connection, CloseReason reason) {}
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
