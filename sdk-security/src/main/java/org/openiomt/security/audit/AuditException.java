package org.openiomt.security.audit;

import org.openiomt.core.IomtException;

/** A log cannot be opened, read or written; says which file or entry, and what to do. */
public final class AuditException extends IomtException {
    private static final long serialVersionUID = 1L;

    /** Names the fault. */
    public AuditException(String message) {
        super(message);
    }

    /** Names the fault and what found it. */
    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
