package org.openiomt.examples.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.IdentityFiles;
import org.openiomt.security.identity.TlsIdentity;

/**
 * A folder with one identity for each part of the demonstration, all of one development authority:
 * <pre>
 * broker/       the broker, for 127.0.0.1 and localhost
 * gateway/      the gateway
 * application/  the application side
 * </pre>
 *
 * @param folder where they are
 */
public record DemoCertificates(Path folder) {
    /** The name of the gateway in its certificate and in topics. */
    public static final String GATEWAY = "gateway";

    /** The name of the application in its certificate. */
    public static final String APPLICATION = "application";

    private static final String BROKER = "broker";
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

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
        DemoCertificates certificates = new DemoCertificates(folder);
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
        return certificates;
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
