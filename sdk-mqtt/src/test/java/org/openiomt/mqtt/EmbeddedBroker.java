package org.openiomt.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/** A real broker on the loopback that a test can stop and start again, with its journal or without. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String ACCEPTOR = "mqtt";

    private final Path folder;
    private final Optional<TestCertificates.Stores> stores;
    private @Nullable EmbeddedActiveMQ server;
    private int port;

    private EmbeddedBroker(Path folder, Optional<TestCertificates.Stores> stores) {
        this.folder = folder;
        this.stores = stores;
    }

    /** Starts a broker without TLS. */
    public static EmbeddedBroker plain(Path folder) {
        EmbeddedBroker broker = new EmbeddedBroker(folder, Optional.empty());
        broker.start();
        return broker;
    }

    /** Starts a broker that asks every client for a certificate, over TLS 1.3. */
    public static EmbeddedBroker tls(Path folder, TestCertificates.Stores stores) {
        EmbeddedBroker broker = new EmbeddedBroker(folder, Optional.of(stores));
        broker.start();
        return broker;
    }

    /** Returns the port; it stays the same over restarts. */
    public int port() {
        return port;
    }

    /** Starts the broker with what its journal holds. */
    public void start() {
        try {
            EmbeddedActiveMQ started = new EmbeddedActiveMQ();
            started.setConfiguration(configuration());
            started.start();
            server = started;
            NettyAcceptor acceptor = (NettyAcceptor)
                    started.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
            port = acceptor.getActualPort();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not start", e);
        }
    }

    /** Stops the broker; connections are cut. */
    public void stop() {
        EmbeddedActiveMQ running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop", e);
        }
    }

    /** Deletes the journal of a stopped broker: it will know no session and no message any more. */
    public void forget() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private ConfigurationImpl configuration() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("test");
        configuration.setPersistenceEnabled(true);
        configuration.setJournalType(JournalType.NIO);
        configuration.setJournalFileSize(1 << 20);
        configuration.setJournalMinFiles(2);
        configuration.setJournalBufferTimeout_NIO(200_000);
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setNodeManagerLockDirectory(folder.resolve("lock").toString());
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setGracefulShutdownEnabled(false);
        configuration.setMqttSessionScanInterval(200);
        // By default a message that was offered ten times without an answer is thrown away.
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setMaxDeliveryAttempts(-1)
                        .setDeadLetterAddress(SimpleString.of("dead"))
                        .setExpiryAddress(SimpleString.of("expired")));
        configuration.addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:" + port + "?protocols=MQTT" + tls());
        return configuration;
    }

    private String tls() {
        return stores.map(s -> ";sslEnabled=true;needClientAuth=true;enabledProtocols=TLSv1.3;sslProvider=JDK"
                        + ";keyStoreType=PKCS12;keyStorePath=" + s.keys() + ";keyStorePassword="
                        + TestCertificates.PASSWORD
                        + ";trustStoreType=PKCS12;trustStorePath=" + s.trusted() + ";trustStorePassword="
                        + TestCertificates.PASSWORD)
                .orElse("");
    }
}
