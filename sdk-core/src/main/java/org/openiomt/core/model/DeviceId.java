package org.openiomt.core.model;

/**
 * A device, by a name that is safe in topics and keys. Pseudonymous: no name or number of a patient.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}
 */
public record DeviceId(String value) {
    /** Checks the characters. */
    public DeviceId {
        Ids.require("a device id", value);
    }

    /** Returns the id of this name. */
    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
