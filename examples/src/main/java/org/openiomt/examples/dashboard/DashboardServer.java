package org.openiomt.examples.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openiomt.examples.cli.Ports;

/**
 * Serves the page on 127.0.0.1 under a random token, so that neither another machine nor another user of this machine sees it
 * without its address:
 * <pre>
 * GET  /{token}/        the page, with dashboard.css and dashboard.js beside it
 * GET  /{token}/events  server-sent events; a whole picture first, or from Last-Event-ID on
 * POST /{token}/outage  causes the outage
 * </pre>
 */
public final class DashboardServer implements AutoCloseable {
    private static final int MAX_CLIENTS = 32;
    private static final int TOKEN_OCTETS = 18;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Map<String, PageFile> FILES = Map.of(
            "", new PageFile("index.html", "text/html; charset=utf-8"),
            "dashboard.css", new PageFile("dashboard.css", "text/css; charset=utf-8"),
            "dashboard.js", new PageFile("dashboard.js", "text/javascript; charset=utf-8"));

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Board board;
    private final Runnable outage;
    private final String token;

    /** A file of the page in the jar. */
    private record PageFile(String name, String type) {}

    private DashboardServer(HttpServer server, Board board, Runnable outage) {
        this.server = server;
        this.board = board;
        this.outage = outage;
        byte[] octets = new byte[TOKEN_OCTETS];
        new SecureRandom().nextBytes(octets);
        this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        this.threads = new ThreadPoolExecutor(
                0, MAX_CLIENTS + 8, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DashboardServer::thread);
    }

    /**
     * Starts the server.
     *
     * @param port the port; 0 for any
     * @param board what to show
     * @param outage is run when the page's button is pressed; must not block
     * @throws org.openiomt.examples.cli.CommandFailedException when the port is in use
     */
    public static DashboardServer start(int port, Board board, Runnable outage) {
        HttpServer server;
        try {
            server = HttpServer.create(Ports.loopback(port), 0);
        } catch (IOException e) {
            throw Ports.inUse(port, "the page", "--port", e);
        }
        DashboardServer dashboard = new DashboardServer(server, board, outage);
        server.setExecutor(dashboard.threads);
        server.createContext("/", dashboard::handle);
        server.start();
        return dashboard;
    }

    /** Returns the address of the page, with its token. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/");
    }

    /** Ends the server and cuts its clients off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String prefix = "/" + token + "/";
            boolean isAllowed = path.length() >= prefix.length()
                    && MessageDigest.isEqual(
                            path.substring(0, prefix.length()).getBytes(StandardCharsets.UTF_8),
                            prefix.getBytes(StandardCharsets.UTF_8));
            if (!isAllowed) {
                answer(exchange, 404, "not found; use the whole address that the program has printed\n");
                return;
            }
            String method = exchange.getRequestMethod();
            String name = path.substring(prefix.length());
            PageFile file = FILES.get(name);
            if (file != null && method.equals("GET")) {
                send(exchange, file);
            } else if (name.equals("events") && method.equals("GET")) {
                events(exchange);
            } else if (name.equals("outage") && method.equals("POST")) {
                outage.run();
                answer(exchange, 202, "the broker is cut off\n");
            } else {
                boolean isKnown = file != null || name.equals("events") || name.equals("outage");
                answer(exchange, isKnown ? 405 : 404, "");
            }
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        try (EventStream.Client client = board.watch(lastSeen(exchange))) {
            head(exchange, 200, "text/event-stream; charset=utf-8", 0);
            OutputStream body = exchange.getResponseBody();
            while (!Thread.currentThread().isInterrupted()) {
                if (client.needsSnapshot()) {
                    board.refresh(client);
                }
                StringBuilder text = new StringBuilder();
                client.take(HEARTBEAT).forEach(event -> text.append(event.text()));
                body.write((text.isEmpty() ? ": still here\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OptionalLong lastSeen(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        return header != null && header.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(header))
                : OptionalLong.empty();
    }

    private static void send(HttpExchange exchange, PageFile file) throws IOException {
        try (InputStream in = DashboardServer.class.getResourceAsStream("/dashboard/" + file.name())) {
            if (in == null) {
                throw new IOException("the jar holds no /dashboard/" + file.name());
            }
            byte[] octets = in.readAllBytes();
            head(exchange, 200, file.type(), octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        head(exchange, status, "text/plain; charset=utf-8", octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static void head(HttpExchange exchange, int status, String type, long length) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, length);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "dashboard");
        thread.setDaemon(true);
        return thread;
    }
}
