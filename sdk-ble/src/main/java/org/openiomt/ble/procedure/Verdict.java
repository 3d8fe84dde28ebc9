package org.openiomt.ble.procedure;

import java.util.Objects;

/**
 * What a message says about the request that it answers.
 *
 * @param isDone whether the device did what was asked
 * @param code the device's code, 0 to 65,535
 * @param reason what the code means, for a person
 */
public record Verdict(boolean isDone, int code, String reason) {
    /** The device did what was asked. */
    public static final Verdict DONE = new Verdict(true, 0, "done");

    /** Checks that all are there. */
    public Verdict {
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns that the device did not do it. */
    public static Verdict refused(int code, String reason) {
        return new Verdict(false, code, reason);
    }
}
