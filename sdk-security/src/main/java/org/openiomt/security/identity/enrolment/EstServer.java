package org.openiomt.security.identity.enrolment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.openiomt.core.model.Ids;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of EST (RFC 7030) in front of a {@link DevelopmentAuthority}, for tests and demonstrations: on the loopback
 * address only, TLS 1.3, four requests at a time, ten seconds and 16 KiB each. A first certificate needs a one-time password; the
 * next one needs the present one, by the same name.
 */
public final class EstServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EstServer.class);
    private static final String ROOT = "/.well-known/est/";
    private static final String BASIC = "Basic ";
    private static final int THREADS = 4;
    private static final int BACKLOG = 16;
    private static final int MAX_BODY = 16 * 1024;
    private static final long MAX_SECONDS = 10;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;

    private final HttpsServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS + 1, task -> {
        Thread thread = new Thread(task, "iomt-est");
        thread.setDaemon(true);
        return thread;
    });
    private final DevelopmentAuthority authority;
    private final Duration lifetime;
    private final Map<String, byte[]> passwords = new ConcurrentHashMap<>();

    private EstServer(DevelopmentAuthority authority, TlsIdentity identity, Duration lifetime) throws IOException {
        this.authority = authority;
        this.lifetime = lifetime;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = TlsIdentity.serverParameters();
                tls.setWantClientAuth(true); // a device without a certificate shows a password
                parameters.setSSLParameters(tls);
            }
        });
        server.setExecutor(threads);
        server.createContext(ROOT + "cacerts", exchange -> answer(exchange, "GET", this::authorities));
        server.createContext(ROOT + "simpleenroll", exchange -> answer(exchange, "POST", this::enrol));
        server.createContext(ROOT + "simplereenroll", exchange -> answer(exchange, "POST", this::renew));
        server.start();
    }

    /**
     * Starts a server on a free port of the loopback address.
     *
     * @param identity a server's identity for {@code localhost}, of the same authority
     * @param lifetime how long the certificates that it issues last
     * @throws IdentityException when there is no port
     */
    public static EstServer start(DevelopmentAuthority authority, TlsIdentity identity, Duration lifetime) {
        try {
            return new EstServer(authority, identity, lifetime);
        } catch (IOException e) {
            throw new IdentityException("the EST server does not start", e);
        }
    }

    /** Returns where it listens, {@code https://localhost:port}. */
    public URI uri() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /**
     * Lets one device get one certificate by a password.
     *
     * @param id what the certificate will be for: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param password ASCII; copied
     */
    public void expect(String id, char[] password) {
        Ids.require("an identity", id);
        passwords.put(id, ascii(password));
    }

    /** Stops at once; requests in work are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        passwords.values().forEach(password -> Arrays.fill(password, (byte) 0));
    }

    @Override
    public String toString() {
        return "EstServer[" + uri() + "]";
    }

    /** What is sent back. */
    @SuppressWarnings("ArrayRecordComponent") // goes from one method to its caller
    private record Answer(int status, byte[] body) {
        static Answer of(int status) {
            return new Answer(status, new byte[0]);
        }
    }

    private interface Operation {
        Answer answer(HttpsExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, String method, Operation operation) throws IOException {
        var limit = threads.schedule(exchange::close, MAX_SECONDS, TimeUnit.SECONDS);
        try (exchange) {
            Answer answer = exchange instanceof HttpsExchange secured
                            && exchange.getRequestMethod().equals(method)
                    ? operation.answer(secured)
                    : Answer.of(NOT_ALLOWED);
            LOG.debug("{} answered with {}", exchange.getRequestURI().getPath(), answer.status());
            if (answer.status() == UNAUTHORIZED) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"est\"");
            }
            if (answer.status() == OK) {
                exchange.getResponseHeaders().set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
                exchange.getResponseHeaders().set("Content-Transfer-Encoding", "base64");
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } finally {
            limit.cancel(false);
        }
    }

    private Answer authorities(HttpsExchange exchange) {
        return new Answer(OK, CertsOnly.encode(List.of(authority.trust().anchor())));
    }

    private Answer enrol(HttpsExchange exchange) throws IOException {
        Optional<String> id = passwordOf(exchange);
        return id.isEmpty() ? Answer.of(UNAUTHORIZED) : issue(exchange, id.get());
    }

    private Answer renew(HttpsExchange exchange) throws IOException {
        String id;
        try {
            id = TlsIdentity.peerName(exchange.getSSLSession());
        } catch (SSLPeerUnverifiedException e) {
            return Answer.of(UNAUTHORIZED);
        }
        return issue(exchange, id);
    }

    private Answer issue(HttpsExchange exchange, String id) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Answer.of(TOO_LARGE);
        }
        try {
            byte[] request = Base64.getMimeDecoder().decode(body);
            return DevelopmentAuthority.idOf(request).equals(id)
                    ? new Answer(OK, CertsOnly.encode(List.of(authority.device(request, lifetime))))
                    : Answer.of(FORBIDDEN);
        } catch (IllegalArgumentException e) {
            return Answer.of(BAD_REQUEST);
        }
    }

    /** Returns for whom the password is, and forgets it. */
    private Optional<String> passwordOf(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith(BASIC)) {
            return Optional.empty();
        }
        byte[] shown;
        try {
            shown = Base64.getDecoder().decode(header.substring(BASIC.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String text = new String(shown, StandardCharsets.US_ASCII);
        int colon = text.indexOf(':');
        String id = colon < 0 ? "" : text.substring(0, colon);
        byte[] password = Arrays.copyOfRange(shown, Math.max(colon, 0) + 1, Math.max(shown.length, 1));
        byte[] expected = passwords.get(id);
        boolean isRight =
                expected != null && MessageDigest.isEqual(expected, password) && passwords.remove(id, expected);
        return isRight ? Optional.of(id) : Optional.empty();
    }

    private static byte[] ascii(char[] text) {
        ByteBuffer octets = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(text));
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        return copy;
    }
}
