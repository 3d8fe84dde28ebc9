package org.openiomt.security.identity.peer;

/** When a peer's certificate needs a word of its authority that it was not revoked: a staple, or a current list. */
public enum RevocationRule {
    /** For each certificate of the chain; a staple serves for the first only. */
    ALWAYS,
    /** For a peer's certificate unless it lives for a short time: revoking it would hardly be faster than its end. */
    UNLESS_SHORT_LIVED,
    /** Never. A certificate that is known to be revoked is refused all the same. Logged as a warning when it is chosen. */
    NEVER
}
