package org.openiomt.core.model;

import java.util.HexFormat;

/**
 * Names one observation for ever and everywhere: a record that a device or a gateway sends again has the same id.
 *
 * @param high the first 8 octets
 * @param low the last 8 octets
 */
public record ObservationId(long high, long low) {
    private static final int HEX_DIGITS = 32;

    /** Returns the id of these 16 octets, most significant first. */
    public static ObservationId of(long high, long low) {
        return new ObservationId(high, low);
    }

    /**
     * Reads 32 hexadecimal digits.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static ObservationId parse(String text) {
        if (text.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("an observation id has 32 hexadecimal digits, but got " + text.length());
        }
        return new ObservationId(
                HexFormat.fromHexDigitsToLong(text, 0, HEX_DIGITS / 2),
                HexFormat.fromHexDigitsToLong(text, HEX_DIGITS / 2, HEX_DIGITS));
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
