package org.openiomt.examples.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.IdentityFiles;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.sealed.ReaderKey;
import org.openiomt.security.sealed.SealedKeyFiles;
import org.openiomt.security.sealed.SealedSuite;

/**
 * A folder with one identity for each part of the demonstration, all of one development authority, and with the keys of what is
 * sealed from end to end:
 * <pre>
 * broker/                          the broker, for 127.0.0.1 and localhost
 * gateway/                         the gateway
 *   publisher.key                  signs what it seals
 *   readers/application.pub        for whom it seals
 * application/                     the application side
 *   reader.key                     opens what was sealed for it
 *   publishers/gateway.pub         whom it believes, by the gateway's name in topics
 *   publishers/simulator.pub       the same key, for the simulate command
 * </pre>
 *
 * @param folder where the certificates are
 * @param keys where the keys are
 */
public record DemoCertificates(Path folder, Path keys) {
    /** The name of the gateway in its certificate and in topics. */
    public static final String GATEWAY = "gateway";

    /** The name of the application in its certificate. */
    public static final String APPLICATION = "application";

    /** The name of the simulated gateway in topics. */
    public static final String SIMULATOR = "simulator";

    private static final String BROKER = "broker";
    private static final String PUBLISHER_KEY = "publisher.key";
    private static final String READER_KEY = "reader.key";
    private static final String READERS = "readers";
    private static final String PUBLISHERS = "publishers";
    private static final String ENDING = ".pub";
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

    /** Returns the folder that the certificates command has made. */
    public static DemoCertificates of(Path folder) {
        return new DemoCertificates(folder, folder);
    }

    /**
     * Makes an authority, writes what it issues, and forgets the authority.
     *
     * @param folder absent or empty
     * @throws BadInputException when the folder holds something
     * @throws CommandFailedException when it cannot be written
     */
    public static DemoCertificates create(Path folder, Clock clock, Duration lifetime) {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw new BadInputException(folder + ": expected a new or an empty folder");
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailedException(folder + ": cannot be written: " + e.getMessage(), e);
        }
        DemoCertificates certificates = of(folder);
        try (DevelopmentAuthority authority = DevelopmentAuthority.create(clock, lifetime);
                TlsIdentity broker = authority.server(BROKER, HOSTS);
                TlsIdentity gateway = authority.client(GATEWAY);
                TlsIdentity application = authority.client(APPLICATION)) {
            certificates.files(BROKER).write(broker);
            certificates.files(GATEWAY).write(gateway);
            certificates.files(APPLICATION).write(application);
        } catch (IdentityException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
        return certificates.withKeys(folder);
    }

    /**
     * Takes the keys of another folder, so that what an earlier run has left can be opened; makes them where there are none.
     *
     * @throws CommandFailedException when they cannot be written
     */
    public DemoCertificates withKeys(Path others) {
        DemoCertificates changed = new DemoCertificates(folder, others);
        if (Files.exists(changed.readerKey())) {
            return changed;
        }
        try (ReaderKey reader = ReaderKey.generate(SealedSuite.X25519_MLKEM768)) {
            Path readers = Files.createDirectories(others.resolve(GATEWAY).resolve(READERS));
            Path publishers =
                    Files.createDirectories(others.resolve(APPLICATION).resolve(PUBLISHERS));
            try (Signer signer = SealedKeyFiles.newPublisherKey(changed.publisherKey())) {
                SealedKeyFiles.write(publishers.resolve(GATEWAY + ENDING), signer.publicKey());
                SealedKeyFiles.write(publishers.resolve(SIMULATOR + ENDING), signer.publicKey());
            }
            SealedKeyFiles.write(readers.resolve(APPLICATION + ENDING), reader.publicKey());
            SealedKeyFiles.write(changed.readerKey(), reader);
        } catch (IdentityException | IOException e) {
            throw new CommandFailedException(others + ": cannot be written: " + e.getMessage(), e);
        }
        return changed;
    }

    private Path publisherKey() {
        return keys.resolve(GATEWAY).resolve(PUBLISHER_KEY);
    }

    private Path readerKey() {
        return keys.resolve(APPLICATION).resolve(READER_KEY);
    }

    /** Reads what the gateway seals with. */
    public GatewayKeys gatewayKeys() {
        return keys(() -> new GatewayKeys(
                SealedKeyFiles.readPublisherKey(publisherKey()),
                publicKeys(keys.resolve(GATEWAY).resolve(READERS), SealedKeyFiles::readReader).values().stream()
                        .toList()));
    }

    /** Reads what the application opens with, and whom it believes. */
    public ApplicationKeys applicationKeys() {
        return keys(() -> new ApplicationKeys(
                SealedKeyFiles.readReaderKey(readerKey()),
                publicKeys(keys.resolve(APPLICATION).resolve(PUBLISHERS), SealedKeyFiles::readPublisher)));
    }

    private static <K> K keys(Supplier<K> reading) {
        try {
            return reading.get();
        } catch (IdentityException e) {
            throw new BadInputException(e.getMessage() + " (the certificates command makes a folder of them)", e);
        }
    }

    /** Reads a folder of public keys by their names. */
    private static <K> Map<String, K> publicKeys(Path folder, Function<Path, K> reading) {
        Map<String, K> keys = new TreeMap<>();
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(ENDING)).forEach(file -> {
                String name = String.valueOf(file.getFileName());
                keys.put(name.substring(0, name.length() - ENDING.length()), reading.apply(file));
            });
        } catch (IOException e) {
            throw new BadInputException(
                    folder + ": cannot be read: " + e.getMessage() + " (the certificates command makes it)", e);
        }
        return keys;
    }

    /** Returns what the broker needs. */
    public EmbeddedBroker.Tls broker() {
        read(BROKER, Clock.systemUTC()).close();
        IdentityFiles files = files(BROKER);
        return new EmbeddedBroker.Tls(files.keyStore(), files.trustStore(), String.valueOf(files.readPassword()));
    }

    /** Reads the gateway's identity. */
    public TlsIdentity gateway(Clock clock) {
        return read(GATEWAY, clock);
    }

    /** Reads the application's identity. */
    public TlsIdentity application(Clock clock) {
        return read(APPLICATION, clock);
    }

    private TlsIdentity read(String name, Clock clock) {
        try {
            return files(name).read(clock);
        } catch (IdentityException e) {
            throw new BadInputException(e.getMessage() + " (the certificates command makes a folder of them)", e);
        }
    }

    private IdentityFiles files(String name) {
        return new IdentityFiles(folder.resolve(name));
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
