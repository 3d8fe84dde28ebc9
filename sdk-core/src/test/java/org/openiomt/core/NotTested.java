package org.openiomt.core;

import org.junit.jupiter.api.Assumptions;

/** A test that cannot run where it is: it says so on the error stream and is reported as aborted, never as passed. */
public final class NotTested {
    private NotTested() {}

    /** Ends the test that calls it; never returns. {@code what} says what is not tested, why, and what tests it elsewhere. */
    public static AssertionError because(String what) {
        String message = "NOT TESTED: " + what;
        System.err.println(message);
        Assumptions.abort(message);
        throw new AssertionError("aborted");
    }
}
