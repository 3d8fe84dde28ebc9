package org.openiomt.examples.cli;

/** A command could not do its work although its input is fine: a port in use, no broker, a full disk; exit code 1. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what failed and what the user can do. */
    public CommandFailedException(String message) {
        super(message);
    }

    /** Says what failed and what the user can do, and because of what. */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
