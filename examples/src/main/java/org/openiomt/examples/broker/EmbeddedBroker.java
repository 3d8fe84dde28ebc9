package org.openiomt.examples.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.jspecify.annotations.Nullable;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Ports;

/**
 * An MQTT broker on 127.0.0.1 that asks every client for a certificate (TLS 1.3) and writes what it has acknowledged to
 * disk, so that it is still there after a restart. It can be stopped and started on the same port, which is how the demo makes
 * an outage. Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String ACCEPTOR = "mqtt";
    private static final String UNDELIVERED = "undelivered";
    private static final int KIBI = 1_024;
    private static final int MEBI = KIBI * KIBI;

    /**
     * Where a broker listens and what it needs for it.
     *
     * @param port the port; 0 for any, which then stays
     * @param data the folder for what it keeps
     * @param tls its certificate and whom it trusts
     * @param portOption the option that names the port, for the message when it is in use
     */
    public record Settings(int port, Path data, Tls tls, String portOption) {}

    /**
     * A certificate with its key, and whom to trust; both PKCS#12.
     *
     * @param keyStore the file with the certificate and its key
     * @param trustStore the file with the authority that clients must come from
     * @param password opens both files
     */
    public record Tls(Path keyStore, Path trustStore, String password) {
        /** Hides the password. */
        @Override
        public String toString() {
            return "Tls[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
        }
    }

    private final Settings settings;
    private final int port;
    private final FileChannel lock;
    private @Nullable EmbeddedActiveMQ server;

    private EmbeddedBroker(Settings settings, int port) {
        this.settings = settings;
        this.port = port;
        this.lock = lock(settings.data());
    }

    /** Takes the folder; the broker itself would wait for it without a word. */
    private static FileChannel lock(Path data) {
        try {
            Files.createDirectories(data);
            FileChannel channel =
                    FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new CommandFailedException("the broker cannot use the folder " + data + ": " + e, e);
        }
        throw new CommandFailedException("the folder " + data
                + " is in use by another broker; end that one, or choose another folder with --data");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by a broker in this process
        }
    }

    /**
     * Starts a broker.
     *
     * @throws CommandFailedException when the port or the folder is in use, or the broker does not start
     */
    public static EmbeddedBroker start(Settings settings) {
        EmbeddedBroker broker =
                new EmbeddedBroker(settings, Ports.require(settings.port(), "the broker", settings.portOption()));
        try {
            broker.start();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Returns the port, the same after every start. */
    public int port() {
        return port;
    }

    /** Whether clients can connect. */
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** Starts it again after {@link #stop}. Does nothing when it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ().setConfiguration(configuration());
        try {
            starting.start();
            Acceptor acceptor =
                    starting.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
            if (acceptor == null || !acceptor.isStarted()) {
                starting.stop();
                throw new CommandFailedException("the broker did not start on port " + port);
            }
            server = starting;
        } catch (CommandFailedException e) {
            throw e;
        } catch (Exception e) {
            throw new CommandFailedException("the broker did not start on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Stops it and cuts every client off. What it has acknowledged stays on disk. Does nothing when it is stopped. */
    public synchronized void stop() {
        EmbeddedActiveMQ running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.stop();
        } catch (Exception e) {
            throw new CommandFailedException("the broker did not stop: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (lock) {
            stop();
        } catch (IOException e) {
            throw new CommandFailedException("the broker could not give its folder back: " + e, e);
        }
    }

    private Configuration configuration() {
        Path data = settings.data();
        return new ConfigurationImpl()
                .setName("openiomt")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setCriticalAnalyzer(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(MEBI)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(2)
                .setJournalBufferSize_NIO(128 * KIBI)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setGlobalMaxSize(16L * MEBI)
                .setMaxDiskUsage(-1)
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .addAddressSetting("#", addresses())
                .addAcceptorConfiguration(
                        new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor(), ACCEPTOR));
    }

    /** Messages wait until they are delivered, however often that takes; when memory is short they wait on disk. */
    private static AddressSettings addresses() {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setDeadLetterAddress(SimpleString.of(UNDELIVERED))
                .setExpiryAddress(SimpleString.of(UNDELIVERED))
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(8L * MEBI)
                .setPageSizeBytes(256 * KIBI)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true);
    }

    private Map<String, Object> acceptor() {
        Tls tls = settings.tls();
        Map<String, Object> acceptor = new LinkedHashMap<>();
        acceptor.put("host", Ports.loopback(port).getAddress().getHostAddress());
        acceptor.put("port", port);
        acceptor.put("protocols", "MQTT");
        acceptor.put("sslEnabled", true);
        acceptor.put("enabledProtocols", "TLSv1.3");
        acceptor.put("needClientAuth", true);
        acceptor.put("keyStoreType", "PKCS12");
        acceptor.put("keyStorePath", tls.keyStore().toString());
        acceptor.put("keyStorePassword", tls.password());
        acceptor.put("trustStoreType", "PKCS12");
        acceptor.put("trustStorePath", tls.trustStore().toString());
        acceptor.put("trustStorePassword", tls.password());
        acceptor.put("useEpoll", false);
        acceptor.put("useKQueue", false);
        acceptor.put("remotingThreads", 2);
        return acceptor;
    }
}
