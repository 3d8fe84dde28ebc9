package org.openiomt.ble.profile.battery;

import java.util.OptionalInt;

/**
 * A temperature of a battery, by its code on the wire: 8 bits, signed.
 *
 * @param code degrees Celsius from -127 to 126; 127 is warmer than 126, -128 is colder than -127
 */
public record BatteryTemperature(int code) {
    private static final int WARMER = Byte.MAX_VALUE;
    private static final int COLDER = Byte.MIN_VALUE;

    /** Checks the range. */
    public BatteryTemperature {
        if (code < Byte.MIN_VALUE || code > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("temperature out of range -128..127");
        }
    }

    /** Returns degrees Celsius, or empty when it is warmer or colder than can be said. */
    public OptionalInt celsius() {
        return code == WARMER || code == COLDER ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Returns degrees Celsius, {@code warmer} or {@code colder}, for the fields of a value. */
    Object plain() {
        return code == WARMER ? "warmer" : code == COLDER ? "colder" : (Object) code;
    }
}
