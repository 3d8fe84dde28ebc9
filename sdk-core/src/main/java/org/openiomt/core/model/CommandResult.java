package org.openiomt.core.model;

import java.time.Duration;

/** How a command ended. A refusal is an answer, not a fault. */
public sealed interface CommandResult {
    /** The device did it. */
    record Done() implements CommandResult {}

    /**
     * The device, the driver or the policy said no.
     *
     * @param reason who refused and why, for a person
     * @param code the device's code, or -1 when the refusal did not come from the device
     */
    record Refused(String reason, int code) implements CommandResult {}

    /**
     * The device did not answer in time. It may have done it.
     *
     * @param after how long we waited
     */
    record NoAnswer(Duration after) implements CommandResult {}

    /** The command was too old to be run. */
    record Expired() implements CommandResult {}
}
