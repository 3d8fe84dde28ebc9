package org.openiomt.security.identity.peer;

/**
 * What certificates of manufacturers (IDevID) lack in the field. Nothing of this is allowed unless asked for, and each use is
 * logged.
 */
public enum Leniency {
    /** No key usage extension. One that is there still has to allow signatures. */
    MISSING_KEY_USAGE,
    /** No extended key usage extension. One that is there still has to name a purpose that is asked for. */
    MISSING_EXTENDED_KEY_USAGE,
    /** No alternative names: the common name or the serial number in the subject may stand for the peer. */
    NAME_IN_SUBJECT
}
