package org.openiomt.core;

/** The root of every exception of this library. Messages say what, where and what was expected, never the payload. */
public class IomtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what went wrong. */
    public IomtException(String message) {
        super(message);
    }

    /** Says what went wrong, and because of what. */
    public IomtException(String message, Throwable cause) {
        super(message, cause);
    }
}
