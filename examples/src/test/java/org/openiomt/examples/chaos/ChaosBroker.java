package org.openiomt.examples.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.Ports;
import org.openiomt.examples.processes.Child;

/** A broker as a process that is killed and started again, with certificates on both sides. */
final class ChaosBroker implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Kind kind;
    private final Path folder;
    private final DemoCertificates certificates;
    private final int port;
    private Child process;

    /** Which broker. */
    enum Kind {
        /** Apache Artemis, of the examples. */
        ARTEMIS,
        /** Eclipse mosquitto of the system, told to save each change. */
        MOSQUITTO
    }

    private ChaosBroker(Kind kind, Path folder, DemoCertificates certificates, int port) throws IOException {
        this.kind = kind;
        this.folder = folder;
        this.certificates = certificates;
        this.port = port;
        this.process = launch();
    }

    /** Launches one that keeps what it has acknowledged in {@code folder}. */
    static ChaosBroker launch(Kind kind, Path folder, DemoCertificates certificates) throws IOException {
        int port = Ports.require(0, "the broker", "--port");
        Files.createDirectories(folder.resolve("broker"));
        return new ChaosBroker(kind, folder, certificates, port);
    }

    int port() {
        return port;
    }

    /** Kills it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again. */
    void restart() throws IOException, InterruptedException {
        process.clearOutput();
        process = launch();
        awaitStart();
    }

    /** Waits until it listens. */
    void awaitStart() throws IOException, InterruptedException {
        process.awaitOutput(kind == Kind.ARTEMIS ? "broker listens on 127.0.0.1:" + port : " running", SOON);
    }

    private Child launch() throws IOException {
        if (kind == Kind.MOSQUITTO) {
            Path configuration = folder.resolve("mosquitto.conf");
            Files.write(configuration, mosquitto());
            return Child.program(
                    folder, "broker", Map.of(), List.of("/usr/sbin/mosquitto", "-c", configuration.toString()));
        }
        return Child.start(
                folder,
                "broker",
                "--port",
                String.valueOf(port),
                "--certificates",
                certificates.folder().toString(),
                "--data",
                folder.resolve("broker").toString());
    }

    private List<String> mosquitto() throws IOException {
        EmbeddedBroker.Tls tls = certificates.broker();
        Path key = folder.resolve("broker.key");
        Path chain = folder.resolve("broker.pem");
        Path trusted = folder.resolve("trusted.pem");
        try {
            char[] password = tls.password().toCharArray();
            KeyStore own = KeyStore.getInstance(tls.keyStore().toFile(), password);
            String alias = own.aliases().nextElement();
            Key secret = own.getKey(alias, password);
            Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
            StringBuilder certificateChain = new StringBuilder();
            for (Certificate certificate : own.getCertificateChain(alias)) {
                certificateChain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Files.writeString(chain, certificateChain);
            KeyStore roots = KeyStore.getInstance(tls.trustStore().toFile(), password);
            Files.writeString(
                    trusted,
                    pem(
                            "CERTIFICATE",
                            roots.getCertificate(roots.aliases().nextElement()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the broker's certificate cannot be written for mosquitto", e);
        }
        return List.of(
                "listener " + port + " 127.0.0.1",
                "cafile " + trusted,
                "certfile " + chain,
                "keyfile " + key,
                "require_certificate true",
                "use_identity_as_username true",
                "tls_version tlsv1.3",
                "persistence true",
                "persistence_location " + folder.resolve("broker") + "/",
                "autosave_on_changes true",
                "autosave_interval 1",
                "max_queued_messages 0",
                "user " + System.getProperty("user.name"),
                "log_dest stderr",
                "log_type information",
                "log_type notice",
                "log_type warning",
                "log_type error");
    }

    private static String pem(String what, byte[] octets) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(octets);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    @Override
    public void close() {
        process.close();
    }
}
