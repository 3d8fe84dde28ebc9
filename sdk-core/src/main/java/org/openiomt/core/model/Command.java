package org.openiomt.core.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Something that an application asks of a device. Refused unless the application opted in with a policy.
 *
 * @param id names this command for ever, so that it is never run twice
 * @param device whom it is for
 * @param name what to do, in the driver's words
 * @param arguments with what
 * @param expiresAt after this it must not be run
 * @param issuer who asks, for the audit
 */
public record Command(
        String id, DeviceId device, String name, Map<String, Value> arguments, Instant expiresAt, String issuer) {
    /** Checks that all are there and copies the map. */
    public Command {
        Ids.require("a command id", id);
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(issuer, "issuer");
        arguments = Map.copyOf(arguments);
    }
}
