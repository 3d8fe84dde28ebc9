package org.openiomt.security.handshake;

/** One step of a handshake message: Noise rev 34, section 5.3; the last two are of its hybrid extension. */
public enum Token {
    E,
    S,
    EE,
    ES,
    SE,
    SS,
    PSK,
    E1,
    EKEM1
}
