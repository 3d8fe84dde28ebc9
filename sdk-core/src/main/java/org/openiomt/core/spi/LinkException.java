package org.openiomt.core.spi;

import org.openiomt.core.IomtException;

/** A link failed or could not be opened. Calls that wait on it fail with this too; none hangs. */
public class LinkException extends IomtException {
    private static final long serialVersionUID = 1L;

    /** Says what failed, and while doing what. */
    public LinkException(String message) {
        super(message);
    }

    /** Says what failed, while doing what, and because of what. */
    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
