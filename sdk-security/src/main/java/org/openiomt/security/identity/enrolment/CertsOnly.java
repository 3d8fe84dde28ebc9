package org.openiomt.security.identity.enrolment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.openiomt.core.wire.DecodeException;

/** Certificates as EST sends them: a signed-data message of CMS without signature (RFC 5652, 5.1), in base64 (RFC 8951). */
final class CertsOnly {
    static final int MAX_OCTETS = 64 * 1024;

    private static final int MAX_CERTIFICATES = 8;
    private static final int LINE = 64;

    private CertsOnly() {}

    /**
     * Reads certificates.
     *
     * @throws DecodeException when it is anything else, or more than 64 KiB or 8 certificates
     */
    static List<X509Certificate> decode(byte[] body) {
        if (body.length > MAX_OCTETS) {
            throw new DecodeException("certificates", 0, "more than " + MAX_OCTETS + " octets");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("certificates", 0, "not base64");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            Collection<X509CertificateHolder> holders =
                    new CMSSignedData(der).getCertificates().getMatches(null);
            if (holders.isEmpty() || holders.size() > MAX_CERTIFICATES) {
                throw new DecodeException(
                        "certificates", 0, "expected 1 to " + MAX_CERTIFICATES + ", but got " + holders.size());
            }
            for (X509CertificateHolder holder : holders) {
                certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
            }
        } catch (CMSException
                | CertificateException
                | IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | NullPointerException e) { // Bouncy Castle reads some messages without these certificates to null
            throw new DecodeException("certificates", 0, "no CMS message with certificates");
        }
        return certificates;
    }

    /** Writes certificates; the mirror of {@link #decode}. */
    static byte[] encode(List<X509Certificate> certificates) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            for (X509Certificate certificate : certificates) {
                generator.addCertificate(new JcaX509CertificateHolder(certificate));
            }
            byte[] der = generator.generate(new CMSAbsentContent()).getEncoded();
            return Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encode(der);
        } catch (CMSException | CertificateEncodingException | IOException e) {
            throw new IllegalArgumentException("certificates that cannot be encoded", e);
        }
    }
}
