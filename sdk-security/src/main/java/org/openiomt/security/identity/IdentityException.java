package org.openiomt.security.identity;

import org.openiomt.core.IomtException;

/** An identity cannot be used, read or written. Names the file where there is one, and what to do; never a key. */
public final class IdentityException extends IomtException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do. */
    public IdentityException(String message) {
        super(message);
    }

    /** Says what is wrong, what to do, and because of what. */
    public IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
