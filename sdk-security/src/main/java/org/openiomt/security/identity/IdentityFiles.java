package org.openiomt.security.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openiomt.security.file.OwnerFiles;

/**
 * One TLS identity as files, for processes of their own and for programs that take paths. All are readable and writable by
 * the owner alone, and so is the directory when it is made here.
 * <pre>
 * file          holds
 * identity.p12  PKCS #12: the private key and its certificate
 * trust.p12     PKCS #12: the trust anchor as the only entry
 * password      ASCII, no line end: opens both
 * root.pem      the trust anchor
 * </pre>
 *
 * @param directory holds the files of one identity and no other
 */
public record IdentityFiles(Path directory) {
    private static final int MAX_FILE_OCTETS = 64 * 1024;
    private static final Set<PosixFilePermission> ANY_FOREIGN = PosixFilePermissions.fromString("---rwxrwx");
    private static final Set<PosixFilePermission> FOREIGN_WRITE = PosixFilePermissions.fromString("----w--w-");
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** Returns where the key store is. */
    public Path keyStore() {
        return directory.resolve("identity.p12");
    }

    /** Returns where the trust store is. */
    public Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** Returns where the password of both stores is. */
    public Path password() {
        return directory.resolve("password");
    }

    /** Returns where the trust anchor is, as PEM. */
    public Path root() {
        return directory.resolve("root.pem");
    }

    /** Returns the password of both stores. The array is the caller's, to be wiped. */
    public char[] readPassword() {
        byte[] octets = octets(password(), ANY_FOREIGN);
        char[] characters =
                StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(octets)).array();
        Arrays.fill(octets, (byte) 0);
        return characters;
    }

    /**
     * Writes an identity under a new random password, in place of what was there. Each file is whole at every moment, but
     * a process that ends in between leaves a password that does not open the stores; {@link #read} says so.
     *
     * @throws IdentityException when the directory cannot be written, others may write to it, or its file system knows no
     *     owner's permissions
     * @throws IllegalStateException when the identity is closed
     */
    public void write(TlsIdentity tls) {
        refuseFileSystemWithoutOwners();
        char[] password = Passwords.random();
        try {
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
            refusePermissions(directory, FOREIGN_WRITE);
            OwnerFiles.replace(
                    password(),
                    StandardCharsets.US_ASCII.encode(CharBuffer.wrap(password)).array());
            OwnerFiles.replace(keyStore(), octets(tls.identity().keyStore(password), password));
            OwnerFiles.replace(trustStore(), octets(tls.trust().keyStore(), password));
            OwnerFiles.replace(root(), pem(tls.trust().anchor()));
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write an identity to " + directory + " (" + reason(e)
                            + "): choose a directory of this user",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK cannot write PKCS #12", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Reads an identity.
     *
     * @param clock says which certificates are valid, now and in the trust that is returned
     * @throws IdentityException when a file is missing, unreadable, readable by others, damaged or expired, or does not
     *     belong to the others; names the file and what to do
     */
    public TlsIdentity read(Clock clock) {
        refuseFileSystemWithoutOwners();
        refusePermissions(directory, FOREIGN_WRITE);
        X509Certificate anchor = readAnchor();
        char[] password = readPassword();
        try {
            KeyStore store = load(password);
            Certificate[] chain = store.getCertificateChain(Identity.KEY_ALIAS);
            if (chain == null || !(store.getKey(Identity.KEY_ALIAS, password) instanceof PrivateKey key)) {
                throw fault(keyStore(), "holds no key named \"" + Identity.KEY_ALIAS + "\"", null);
            }
            List<X509Certificate> certificates =
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList();
            checkValidity(certificates.get(0), clock);
            checkPath(certificates, anchor, clock);
            return new TlsIdentity(new Identity(certificates, key), Trust.of(anchor, clock));
        } catch (GeneralSecurityException e) {
            throw fault(keyStore(), "cannot be used", e);
        } catch (IllegalArgumentException e) {
            throw fault(keyStore(), "cannot be used: " + e.getMessage(), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private X509Certificate readAnchor() {
        try (InputStream in = new ByteArrayInputStream(octets(root(), FOREIGN_WRITE))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException | IOException e) {
            throw fault(root(), "is not a certificate in PEM", e);
        }
    }

    private KeyStore load(char[] password) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(octets(keyStore(), ANY_FOREIGN)), password);
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? fault(keyStore(), "does not open with the password in " + password(), e)
                    : fault(keyStore(), "is not a PKCS #12 key store, or damaged", e);
        }
    }

    private void checkValidity(X509Certificate certificate, Clock clock) {
        Instant now = clock.instant();
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            Instant end = certificate.getNotAfter().toInstant();
            throw fault(keyStore(), "holds a certificate that expired at " + end + " (it is " + now + ")", e);
        } catch (CertificateNotYetValidException e) {
            Instant start = certificate.getNotBefore().toInstant();
            throw new IdentityException(
                    keyStore() + " holds a certificate that is valid from " + start + " (it is " + now
                            + "): set this machine's clock",
                    e);
        }
    }

    private void checkPath(List<X509Certificate> chain, X509Certificate anchor, Clock clock)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (CertPathValidatorException e) {
            throw fault(keyStore(), "holds a certificate that does not lead to " + root(), e);
        }
    }

    private void refuseFileSystemWithoutOwners() {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IdentityException(
                    directory
                            + " is on a file system that cannot keep files for their owner alone: choose one with POSIX permissions");
        }
    }

    /** Reads a file of bounded size, unless its permissions allow others what they must not. */
    private byte[] octets(Path file, Set<PosixFilePermission> forbidden) {
        refusePermissions(file, forbidden);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_FILE_OCTETS + 1);
            if (octets.length > MAX_FILE_OCTETS) {
                throw fault(file, "has more than " + MAX_FILE_OCTETS + " octets", null);
            }
            return octets;
        } catch (IOException e) {
            throw fault(file, reason(e), e);
        }
    }

    private void refusePermissions(Path path, Set<PosixFilePermission> forbidden) {
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(path);
            if (!Collections.disjoint(granted, forbidden)) {
                throw new IdentityException(path + " is open to others (" + PosixFilePermissions.toString(granted)
                        + "): run chmod go-rwx " + path + ", and issue the identity anew if they may have used that");
            }
        } catch (IOException e) {
            throw fault(path, reason(e), e);
        }
    }

    private IdentityException fault(Path path, String what, @Nullable Throwable cause) {
        String message = path + " " + what + ": issue the identity anew into " + directory;
        return cause == null ? new IdentityException(message) : new IdentityException(message, cause);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "is missing";
        }
        if (e instanceof AccessDeniedException) {
            return "is not accessible to this user";
        }
        return "cannot be used (" + e.getMessage() + ")";
    }

    private static byte[] octets(KeyStore store, char[] password) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }

    private static byte[] pem(X509Certificate certificate) throws GeneralSecurityException {
        String text = "-----BEGIN CERTIFICATE-----\n" + PEM.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
