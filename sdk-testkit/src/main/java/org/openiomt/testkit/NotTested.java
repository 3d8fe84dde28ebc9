package org.openiomt.testkit;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A test that cannot run where it is: a browser, a token or a table of others is not there. It says on the error stream what
 * was not tested and what to do, and is reported as aborted, never as passed. Where a build promises to have what is needed, the same
 * is a failure: {@code OPENIOMT_REQUIRE_BROWSER=true} in the environment makes one of what needs a {@code browser}.
 */
public final class NotTested {
    private NotTested() {}

    /**
     * Ends the test that calls it; never returns.
     *
     * @param need what is missing, a word: {@code browser}
     * @param what what is not tested, why, and how to get what is missing
     * @return nothing: {@code throw NotTested.because(...)} tells the compiler that the test ends
     * @throws AssertionError when the environment requires {@code need}
     */
    public static AssertionError because(String need, String what) {
        String message = "NOT TESTED: " + what;
        String variable = "OPENIOMT_REQUIRE_" + need.toUpperCase(Locale.ROOT);
        if (Optional.ofNullable(System.getenv(variable))
                .filter(Boolean::parseBoolean)
                .isPresent()) {
            throw new AssertionError(message + " (" + variable + " is true)");
        }
        System.err.println(message);
        Assumptions.abort(message);
        throw new AssertionError("aborted");
    }
}
