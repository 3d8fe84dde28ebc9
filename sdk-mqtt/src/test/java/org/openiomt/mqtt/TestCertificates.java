package org.openiomt.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** An authority that a test makes with the JDK's keytool, and the certificates that it signs. */
public final class TestCertificates {
    /** The password of all stores. */
    public static final String PASSWORD = "changeit";

    private static final long TIMEOUT_SECONDS = 30;

    private final Path folder;
    private final String authority;

    /**
     * The stores of one party.
     *
     * @param keys its key with certificate
     * @param trusted the authority that it trusts
     */
    public record Stores(Path keys, Path trusted) {
        /** Opens the key store. */
        public KeyManagerFactory keyManagers() throws GeneralSecurityException, IOException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(keys), PASSWORD.toCharArray());
            return factory;
        }

        /** Opens the trust store. */
        public TrustManagerFactory trustManagers() throws GeneralSecurityException, IOException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(load(trusted));
            return factory;
        }

        private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return store;
        }
    }

    /** Makes an authority. */
    public TestCertificates(Path folder, String authority) {
        this.folder = folder;
        this.authority = authority;
        keytool("-genkeypair", "-alias", authority, "-dname", "CN=" + authority, "-ext", "bc:c=ca:true");
        keytool("-exportcert", "-rfc", "-alias", authority, "-file", certificate(authority));
    }

    /** Makes a key and has it signed; {@code names} are the subject alternative names, as {@code dns:localhost}. */
    public Stores issue(String party, String... names) {
        List<String> sign = new ArrayList<>(List.of(
                "-gencert",
                "-rfc",
                "-alias",
                authority,
                "-infile",
                file(party + ".csr"),
                "-outfile",
                certificate(party)));
        if (names.length > 0) {
            sign.addAll(List.of("-ext", "san=" + String.join(",", names)));
        }
        Path own = folder.resolve(party + ".p12");
        Path trusted = folder.resolve(party + "-trust.p12");
        keytool(own, "-genkeypair", "-alias", party, "-dname", "CN=" + party);
        keytool(own, "-certreq", "-alias", party, "-file", file(party + ".csr"));
        keytool(sign.toArray(String[]::new));
        keytool(own, "-importcert", "-noprompt", "-alias", authority, "-file", certificate(authority));
        keytool(own, "-importcert", "-noprompt", "-alias", party, "-file", certificate(party));
        keytool(trusted, "-importcert", "-noprompt", "-alias", authority, "-file", certificate(authority));
        return new Stores(own, trusted);
    }

    private String file(String name) {
        return folder.resolve(authority + "-" + name).toString();
    }

    private String certificate(String party) {
        return file(party + ".pem");
    }

    private void keytool(String... arguments) {
        keytool(folder.resolve(authority + "-authority.p12"), arguments);
    }

    private static void keytool(Path store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + command);
            }
        } catch (IOException e) {
            throw new IllegalStateException("keytool did not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
