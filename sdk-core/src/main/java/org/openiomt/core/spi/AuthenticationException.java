package org.openiomt.core.spi;

import org.openiomt.core.IomtException;

/** A frame that the peer did not make, or made for another place. The words are the same for every cause. */
public final class AuthenticationException extends IomtException {
    private static final long serialVersionUID = 1L;

    /** Says no more than that. */
    public AuthenticationException() {
        super("frame not authentic");
    }

    /** Takes no stack trace: who floods us with forged frames must not pay less for each than we do. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
