package org.openiomt.security.identity.enrolment;

import java.security.cert.X509Certificate;
import java.util.List;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.identity.IdentityException;

/**
 * The socket for protocols by which a device gets certificates: EST is here ({@link EstClient}); SCEP, CMP or ACME plug in from
 * elsewhere. Every call waits for the network, within a bounded time, and may be made by several threads.
 */
public interface EnrolmentClient {
    /**
     * Returns the authority's certificates as it gives them out. They are no reason to trust it: whom to trust is known before.
     *
     * @throws LinkException when the authority cannot be reached
     * @throws IdentityException when it answers something else
     */
    List<X509Certificate> authorities();

    /**
     * Asks for the first certificate.
     *
     * @param request PKCS#10 in DER, from {@link CsrBuilder}
     * @throws LinkException when the authority cannot be reached
     * @throws IdentityException when it answers something else, or with a certificate for another key or of another authority
     */
    Enrolment enrol(byte[] request);

    /**
     * Asks for the next certificate, identified by the present one; the key may be a new one. Errors as {@link #enrol}.
     */
    Enrolment renew(byte[] request);
}
