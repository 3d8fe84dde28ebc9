package org.openiomt.security.session;

/** Which end of a session: decides which of the two keys seals and which opens. */
public enum Role {
    /** The end that began: by convention the gateway, which opens the link. */
    INITIATOR,
    /** The end that was called: by convention the device. */
    RESPONDER
}
