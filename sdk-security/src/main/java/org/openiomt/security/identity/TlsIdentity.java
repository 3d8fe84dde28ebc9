package org.openiomt.security.identity;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * One end of a mutually authenticated TLS 1.3 connection: who it is and whom it believes.
 *
 * @param identity proves who this end is
 * @param trust checks who the other end is
 */
public record TlsIdentity(Identity identity, Trust trust) implements AutoCloseable {
    private static final String TLS_1_3 = "TLSv1.3";
    private static final int RESUMPTION_SECONDS =
            600; // a resumed session checks no certificate again, not even its end

    /**
     * Makes an identity of a certificate that was issued for a key of this process.
     *
     * @param chain the certificate first, then its issuers; the trust anchor may be left out
     * @param signer made by {@link Signer#generate} or {@link Signer#of(SignatureAlgorithm, byte[])}; its key is copied into the JDK,
     *     which cannot wipe it
     * @throws IllegalArgumentException when the key lives elsewhere (the JDK's TLS uses tokens only as providers of the whole
     *     process), the certificate is for another key, or its subject is not one common name
     */
    public static TlsIdentity of(List<X509Certificate> chain, Signer signer, Trust trust) {
        if (!(signer instanceof SoftwareSigner software)) {
            throw new IllegalArgumentException("TLS needs a key of this process, but got " + signer);
        }
        Identity identity = new Identity(chain, software.toJdk());
        if (!Arrays.equals(
                identity.certificate().getPublicKey().getEncoded(),
                signer.publicKey().getEncoded())) {
            throw new IllegalArgumentException("the certificate is for another key than the signer's");
        }
        return new TlsIdentity(identity, trust);
    }

    /** Returns {@link Identity#keyManagers()}. */
    public KeyManagerFactory keyManagers() {
        return identity.keyManagers();
    }

    /** Returns {@link Trust#trustManagers()}. */
    public TrustManagerFactory trustManagers() {
        return trust.trustManagers();
    }

    /**
     * Returns a new TLS context. It is safe only together with {@link #clientParameters()} or {@link #serverParameters()}.
     * A session can be resumed, without a new look at the certificates, for ten minutes.
     *
     * @throws IllegalStateException when the identity is closed
     */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance(TLS_1_3);
            context.init(keyManagers().getKeyManagers(), trustManagers().getTrustManagers(), null);
            context.getServerSessionContext().setSessionTimeout(RESUMPTION_SECONDS);
            context.getClientSessionContext().setSessionTimeout(RESUMPTION_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK has no " + TLS_1_3, e);
        }
    }

    /** Returns new parameters of a client: TLS 1.3 only, and the server's name is checked. */
    public static SSLParameters clientParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {TLS_1_3});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Returns new parameters of a server: TLS 1.3 only, and a client without a certificate is refused. */
    public static SSLParameters serverParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {TLS_1_3});
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /**
     * Returns who the other end of a connection has proved to be: the common name of its certificate.
     *
     * @throws SSLPeerUnverifiedException when it has proved nothing, or its certificate carries no pseudonymous id
     */
    public static String peerName(SSLSession session) throws SSLPeerUnverifiedException {
        Certificate certificate = session.getPeerCertificates()[0];
        if (!(certificate instanceof X509Certificate x509)) {
            throw new SSLPeerUnverifiedException("expected an X.509 certificate, but got " + certificate.getType());
        }
        try {
            return Identity.nameOf(x509);
        } catch (IllegalArgumentException e) {
            throw new SSLPeerUnverifiedException(e.getMessage());
        }
    }

    /** Closes the identity. */
    @Override
    public void close() {
        identity.close();
    }
}
