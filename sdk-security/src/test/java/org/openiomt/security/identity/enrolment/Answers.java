package org.openiomt.security.identity.enrolment;

import java.security.cert.X509Certificate;
import java.util.List;

/** The parser of EST's answers, for the fuzzing target of another package. */
public final class Answers {
    private Answers() {}

    /** Reads an answer. */
    public static List<X509Certificate> decode(byte[] body) {
        return CertsOnly.decode(body);
    }

    /** Writes an answer. */
    public static byte[] encode(List<X509Certificate> certificates) {
        return CertsOnly.encode(certificates);
    }
}
