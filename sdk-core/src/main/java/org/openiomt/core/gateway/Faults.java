package org.openiomt.core.gateway;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.openiomt.core.IomtException;

/** Finds the fault that a stage wrapped, and words for it. */
final class Faults {
    private Faults() {}

    static Throwable unwrap(Throwable fault) {
        Throwable inner = fault;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Returns the message, or the kind of fault when it has none. */
    static String words(Throwable fault) {
        Throwable inner = unwrap(fault);
        String message = inner.getMessage();
        return message == null || message.isEmpty() ? inner.getClass().getSimpleName() : message;
    }

    /** Returns the message of a fault of ours, which never holds the payload, and of any other only its kind. */
    static String wordsWithoutContent(Throwable fault) {
        Throwable inner = unwrap(fault);
        return inner instanceof IomtException ? words(inner) : inner.getClass().getSimpleName();
    }
}
