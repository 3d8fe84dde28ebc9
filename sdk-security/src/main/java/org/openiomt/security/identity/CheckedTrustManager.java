package org.openiomt.security.identity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's certificate check with what it leaves to its user: the date comes from our clock, the chain is bounded, the
 * leaf says that it may play its part, and a client that forgot to have the server's name checked trusts nobody.
 */
final class CheckedTrustManager extends X509ExtendedTrustManager {
    static final int MAX_CHAIN = 4;
    static final int MAX_CERTIFICATE_OCTETS = 4096;

    private static final String NAME_CHECK =
            "HTTPS"; // RFC 2818 rules: the only algorithm of the JDK that reads dns and ip names

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final Trust trust;

    CheckedTrustManager(Trust trust) {
        this.trust = trust;
    }

    static TrustManagerFactory jdkFactory() throws GeneralSecurityException {
        return TrustManagerFactory.getInstance("PKIX");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkChain(chain, CLIENT_AUTH);
        checkerForNow().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkChain(chain, CLIENT_AUTH);
        checkerForNow().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkChain(chain, CLIENT_AUTH);
        checkerForNow().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkNameIsChecked(socket instanceof SSLSocket ssl ? ssl.getSSLParameters() : new SSLParameters());
        checkChain(chain, SERVER_AUTH);
        checkerForNow().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkNameIsChecked(engine.getSSLParameters());
        checkChain(chain, SERVER_AUTH);
        checkerForNow().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkNameIsChecked(new SSLParameters()); // no connection, no name to compare with
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {trust.anchor()};
    }

    private X509ExtendedTrustManager checkerForNow() throws CertificateException {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(Set.of(new TrustAnchor(trust.anchor(), null)), new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(trust.clock().instant()));
            TrustManagerFactory factory = jdkFactory();
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("this JDK cannot check certificates", e);
        }
    }

    private static void checkNameIsChecked(SSLParameters parameters) throws CertificateException {
        if (!NAME_CHECK.equalsIgnoreCase(parameters.getEndpointIdentificationAlgorithm())) {
            throw new CertificateException(
                    "the server's name would go unchecked: set the endpoint identification algorithm to " + NAME_CHECK
                            + " and connect by host name");
        }
    }

    private static void checkChain(X509Certificate[] chain, String purpose) throws CertificateException {
        if (chain.length == 0 || chain.length > MAX_CHAIN) {
            throw new CertificateException("a chain has 1 to " + MAX_CHAIN + " certificates, but got " + chain.length);
        }
        for (X509Certificate certificate : chain) {
            int length = certificate.getEncoded().length;
            if (length > MAX_CERTIFICATE_OCTETS) {
                throw new CertificateException(
                        "a certificate has at most " + MAX_CERTIFICATE_OCTETS + " octets, but got " + length);
            }
        }
        // The JDK lets a certificate without extended key usage, or with "any", play every part.
        List<String> purposes = chain[0].getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(purpose)) {
            throw new CertificateException("the peer's certificate may not be used for " + purpose);
        }
    }
}
