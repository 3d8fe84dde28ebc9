package org.openiomt.ble.profile.battery;

import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;

/**
 * How long something about a battery will take, by its code on the wire: 24 bits.
 *
 * @param code minutes up to 16,777,213 (0xFFFFFD); 0xFFFFFE longer than that, 0xFFFFFF not known
 */
public record BatteryDuration(int code) {
    /** The device does not know. */
    public static final BatteryDuration UNKNOWN = new BatteryDuration(0xFFFFFF);

    /** Longer than can be said. */
    public static final BatteryDuration LONGER = new BatteryDuration(0xFFFFFE);

    /** Checks the range. */
    public BatteryDuration {
        Bits.requireUnsigned("minutes", code, 24);
    }

    /** Returns the minutes, or empty when it is longer than can be said, or not known. */
    public OptionalInt minutes() {
        return code < LONGER.code ? OptionalInt.of(code) : OptionalInt.empty();
    }

    /** Returns the minutes, {@code longer} or {@code unknown}, for the fields of a value. */
    Object plain() {
        return code < LONGER.code ? (Object) code : equals(LONGER) ? "longer" : "unknown";
    }
}
