package org.openiomt.examples.cli;

/** The user's input cannot be used: a file, an option, octets. Says what was expected, what came and where; exit code 2. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the input. */
    public BadInputException(String message) {
        super(message);
    }

    /** Says what is wrong with the input, and what found it. */
    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
