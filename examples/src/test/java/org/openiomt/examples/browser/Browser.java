package org.openiomt.examples.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openiomt.examples.JsonTree;
import org.openiomt.examples.cli.JsonText;

/**
 * A headless Chromium, driven by the W3C WebDriver calls that the tests need. Scripts return text; nothing else is read from the
 * driver's answers.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class Browser implements AutoCloseable {
    private static final Duration TIME_OUT = Duration.ofSeconds(60);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1600,1250");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final URI base;
    private final String session;

    private Browser(Process driver, int port, Path profile) {
        this.driver = driver;
        this.base = URI.create("http://127.0.0.1:" + port);
        awaitDriver();
        Map<String, Object> options = Map.of(
                "args",
                Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile))
                        .toList());
        Map<String, Object> capabilities =
                Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options)));
        this.session = part(call("POST", "/session", JsonText.of(capabilities)), "sessionId");
    }

    /**
     * Starts ChromeDriver and a browser.
     *
     * @param folder an empty folder for the browser's profile and the driver's log
     */
    static Browser start(Path chromeDriver, Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process driver = new ProcessBuilder(chromeDriver.toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromedriver.log").toFile())
                .start();
        try {
            return new Browser(driver, port, folder.resolve("profile"));
        } catch (RuntimeException e) {
            driver.destroy();
            throw e;
        }
    }

    /** Opens an address and waits until it is loaded. */
    void open(URI address) {
        command("url", Map.of("url", address.toString()));
    }

    /** Runs the body of a JavaScript function and returns the text that it returns. */
    String text(String script) {
        return String.valueOf(command("execute/sync", Map.of("script", script, "args", List.of())));
    }

    /** Waits until a JavaScript expression holds. */
    void await(String expression, Duration atMost) {
        String script = """
                const done = arguments[arguments.length - 1];
                const end = Date.now() + %d;
                const look = () => { if (%s) done("yes"); else if (Date.now() > end) done("no"); else setTimeout(look, 50); };
                look();
                """.formatted(atMost.toMillis(), expression);
        command("timeouts", Map.of("script", atMost.plusSeconds(10).toMillis()));
        Object answer = command("execute/async", Map.of("script", script, "args", List.of()));
        if (!"yes".equals(answer)) {
            throw new AssertionError("did not come true within " + atMost + ": " + expression + "; the page says: "
                    + text("return document.body.innerText"));
        }
    }

    /** Clicks the element that a CSS selector finds, as a person would: it must be visible and not covered. */
    void click(String selector) {
        Object element = command("element", Map.of("using", "css selector", "value", selector));
        command("element/" + part(element, ELEMENT) + "/click", Map.of());
    }

    /** Writes a picture of the page. */
    void screenshot(Path file) throws IOException {
        String picture = String.valueOf(call("GET", "/session/" + session + "/screenshot", ""));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    @Override
    public void close() {
        try {
            call("DELETE", "/session/" + session, "");
        } finally {
            driver.destroy();
        }
    }

    private @Nullable Object command(String name, Map<String, Object> body) {
        return call("POST", "/session/" + session + "/" + name, JsonText.of(body));
    }

    private void awaitDriver() {
        long end = System.nanoTime() + TIME_OUT.toNanos();
        while (true) {
            try {
                call("GET", "/status", "");
                return;
            } catch (UncheckedIOException e) {
                if (System.nanoTime() > end || !driver.isAlive()) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private @Nullable Object call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIME_OUT)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(method + " " + path + ": " + response.body());
            }
            return JsonTree.object(response.body()).get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String part(@Nullable Object answer, String name) {
        if (answer instanceof Map<?, ?> map && map.get(name) instanceof String text) {
            return text;
        }
        throw new AssertionError("expected " + name + " in the driver's answer");
    }
}
