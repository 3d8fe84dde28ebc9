package org.openiomt.security.identity;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Objects;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/**
 * Whom to believe: one trust anchor, never the JDK's own list, and the clock that says which certificates are valid now.
 * Revocation is not checked; certificates are short-lived instead. Immutable, for several threads.
 */
public final class Trust {
    private static final String ANCHOR_ALIAS = "root";
    private static final byte[] ZERO_SIGNATURE = {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00}; // r = s = 0 in DER

    private final X509Certificate anchor;
    private final Clock clock;

    private Trust(X509Certificate anchor, Clock clock) {
        this.anchor = anchor;
        this.clock = clock;
    }

    /**
     * Trusts what one authority has issued.
     *
     * @param anchor the authority's own certificate
     * @param clock asked at each handshake
     * @throws IllegalArgumentException when {@code anchor} is not a certificate of an authority
     * @throws IdentityException when this JDK believes the all-zero ECDSA signature (CVE-2022-21449)
     */
    public static Trust of(X509Certificate anchor, Clock clock) {
        if (anchor.getBasicConstraints() < 0) {
            throw new IllegalArgumentException("the trust anchor "
                    + anchor.getSubjectX500Principal()
                    + " may not issue certificates: expected basic constraints with CA true");
        }
        refuseBrokenEcdsa(anchor.getPublicKey());
        return new Trust(anchor, Objects.requireNonNull(clock, "clock"));
    }

    /** Returns the certificate that all others must lead to. */
    public X509Certificate anchor() {
        return anchor;
    }

    /** Returns the clock by which certificates are valid or not. */
    public Clock clock() {
        return clock;
    }

    /**
     * Returns what a TLS end needs to check its peer: chain up to {@link #anchor()}, validity now, extended key usage for
     * the peer's role, and for a server the name that was asked for. A client end that does not ask the JDK to check the
     * name ({@code HTTPS} as endpoint identification algorithm) trusts nobody.
     */
    public TrustManagerFactory trustManagers() {
        TrustManager manager = new CheckedTrustManager(this);
        TrustManagerFactorySpi factory = new TrustManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store) {
                throw new IllegalStateException("these trust managers have their anchor; they take no key store");
            }

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {
                throw new IllegalStateException("these trust managers have their anchor; they take no parameters");
            }

            @Override
            protected TrustManager[] engineGetTrustManagers() {
                return new TrustManager[] {manager};
            }
        };
        try {
            TrustManagerFactory jdk = CheckedTrustManager.jdkFactory();
            return new TrustManagerFactory(factory, jdk.getProvider(), jdk.getAlgorithm()) {};
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK makes no trust managers", e);
        }
    }

    @Override
    public String toString() {
        return "Trust[" + anchor.getSubjectX500Principal() + "]";
    }

    /** Returns a new PKCS #12 key store with the anchor as its only entry. */
    KeyStore keyStore() throws GeneralSecurityException {
        KeyStore store = Identity.emptyKeyStore();
        store.setCertificateEntry(ANCHOR_ALIAS, anchor);
        return store;
    }

    private static void refuseBrokenEcdsa(PublicKey key) {
        if (key.getAlgorithm().equals("EC") && isZeroSignatureBelieved(key)) {
            throw new IdentityException(
                    "this JDK believes forged ECDSA signatures (CVE-2022-21449): use 17.0.3 or later");
        }
    }

    private static boolean isZeroSignatureBelieved(PublicKey key) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(key);
            ecdsa.update(ZERO_SIGNATURE);
            return ecdsa.verify(ZERO_SIGNATURE);
        } catch (SignatureException e) {
            return false; // refused by an exception is refused
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK cannot check ECDSA signatures", e);
        }
    }
}
