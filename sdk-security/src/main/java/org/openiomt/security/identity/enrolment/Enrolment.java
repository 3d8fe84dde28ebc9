package org.openiomt.security.identity.enrolment;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.peer.Credential;

/** What an authority answers to a request: a refusal is an answer too. */
public sealed interface Enrolment {
    /**
     * Here it is.
     *
     * @param chain the new certificate first, then its issuers without the trust anchor
     */
    record Issued(List<X509Certificate> chain) implements Enrolment {
        /** Copies the list. */
        public Issued {
            chain = List.copyOf(chain);
        }

        /** Joins the certificate and its key: {@link Credential#of}. */
        public Credential credential(Signer signer) {
            return Credential.of(chain, signer);
        }
    }

    /**
     * Somebody has to agree first.
     *
     * @param retryAfter when to ask again with the same request
     */
    record Pending(Duration retryAfter) implements Enrolment {}

    /**
     * No.
     *
     * @param status the HTTP status
     */
    record Refused(int status) implements Enrolment {}
}
