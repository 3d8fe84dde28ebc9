package org.openiomt.core.outbox;

import org.openiomt.core.IomtException;

/** The outbox could not take or give records: no space, no rights, damage. What was acknowledged as taken is not lost. */
public final class OutboxException extends IomtException {
    private static final long serialVersionUID = 1L;

    /** Says what failed and where. */
    public OutboxException(String message) {
        super(message);
    }

    /** Says what failed and where, and because of what. */
    public OutboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
