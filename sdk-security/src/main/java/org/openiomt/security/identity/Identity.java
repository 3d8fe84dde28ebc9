package org.openiomt.security.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Ids;

/**
 * Somebody's certificates and the private key to the first of them. May be used by several threads.
 *
 * <p>{@link #close()} lets go of the private key. The JDK cannot wipe it, and key managers that were handed out keep it: it
 * is gone when they are and the collector has run.
 */
public final class Identity implements AutoCloseable {
    static final String KEY_ALIAS = "identity";

    private static final String COMMON_NAME = "CN=";

    private final List<X509Certificate> chain;
    private final String name;
    private final AtomicReference<@Nullable PrivateKey> key;

    /**
     * Joins a key and its certificates.
     *
     * @param chain the owner's certificate first, then its issuers; the trust anchor may be left out
     * @throws IllegalArgumentException when the chain is empty or its first subject is not one common name of 1 to 64 of
     *     {@code A-Z a-z 0-9 _ -}
     */
    Identity(List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity has at least one certificate, but got none");
        }
        this.chain = List.copyOf(chain);
        this.name = nameOf(chain.get(0));
        this.key = new AtomicReference<>(key);
    }

    /** Returns the common name of the certificate: the owner's pseudonymous id. */
    public String name() {
        return name;
    }

    /** Returns the owner's certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Returns the owner's certificate and its issuers as far as they are sent to the peer. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns until when, inclusive, the certificate is valid. */
    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /**
     * Returns what a TLS end needs to prove this identity.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public KeyManagerFactory keyManagers() {
        char[] password = Passwords.random();
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keyStore(password), password);
            return managers;
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK makes no key managers for " + name, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Lets go of the private key. Key managers that were handed out before work on. */
    @Override
    public void close() {
        key.set(null);
    }

    /** Shows whose it is, and nothing of the key. */
    @Override
    public String toString() {
        return "Identity[" + name + ", until " + notAfter() + "]";
    }

    /** Returns a new PKCS #12 key store with the key and its chain under {@link #KEY_ALIAS}. */
    KeyStore keyStore(char[] password) throws GeneralSecurityException {
        PrivateKey held = key.get();
        if (held == null) {
            throw new IllegalStateException("the identity " + name + " is closed");
        }
        KeyStore store = emptyKeyStore();
        store.setKeyEntry(KEY_ALIAS, held, password, chain.toArray(X509Certificate[]::new));
        return store;
    }

    static KeyStore emptyKeyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new AssertionError("an empty key store reads nothing", e);
        }
        return store;
    }

    /**
     * Returns the pseudonymous id in a certificate, whose subject is this common name and nothing else.
     *
     * @throws IllegalArgumentException when the subject is anything else, or the name not 1 to 64 of {@code A-Z a-z 0-9 _ -}
     */
    static String nameOf(X509Certificate certificate) {
        // No character of an id needs escaping in RFC 2253, so what follows is the whole value of the only attribute.
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        if (!subject.startsWith(COMMON_NAME)) {
            throw new IllegalArgumentException("a subject is one common name, but this is \"" + subject + "\"");
        }
        String name = subject.substring(COMMON_NAME.length());
        Ids.require("a common name", name);
        return name;
    }
}
