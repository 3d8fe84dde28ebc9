package org.openiomt.testkit.transcript;

import org.openiomt.core.IomtException;

/** A text is no transcript. Says the line, what was expected there and what came; never the octets. */
public final class TranscriptException extends IomtException {
    private static final long serialVersionUID = 1L;

    private final int line;

    TranscriptException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
    }

    /** Returns the number of the line, from 1. */
    public int line() {
        return line;
    }
}
