package org.openiomt.security.identity.peer;

/** What is known about the revocation of a certificate that was accepted. */
public enum RevocationEvidence {
    /** Its authority has said so, in a response that the peer brought along (an OCSP staple). */
    STAPLED,
    /** It is not on its authority's current list (a CRL). */
    NOT_LISTED,
    /** Nobody was asked: it lives for a short time only. */
    SHORT_LIVED,
    /** Nobody was asked, and the application has allowed that. */
    UNCHECKED
}
