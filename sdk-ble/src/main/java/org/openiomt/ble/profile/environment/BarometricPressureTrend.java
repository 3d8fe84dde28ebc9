package org.openiomt.ble.profile.environment;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Barometric Pressure Trend, characteristic {@code 0x2AA3} of the Environmental Sensing Service.
 *
 * <pre>
 * field  type   octets  present when  meaning
 * trend  uint8  1       always        0 not known, 1 to 9 see {@link Trend}; others kept as a raw code
 * </pre>
 *
 * @param code the trend as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1</a>
 */
public record BarometricPressureTrend(int code, Remainder remainder) implements Described {
    private static final Codes<Trend> CODES = Codes.of("trend", Trend.class, 0);

    /** Reads and writes it. */
    public static final Codec<BarometricPressureTrend> CODEC = CODES.codec(
            BarometricPressureTrend::new, BarometricPressureTrend::code, BarometricPressureTrend::remainder);

    /** How the pressure goes. */
    public enum Trend {
        /** The sensor does not know. */
        UNKNOWN,
        /** Down all the time. */
        CONTINUOUSLY_FALLING,
        /** Up all the time. */
        CONTINUOUSLY_RISING,
        /** Down, now steady. */
        FALLING_THEN_STEADY,
        /** Up, now steady. */
        RISING_THEN_STEADY,
        /** Down, then up by less. */
        FALLING_BEFORE_A_LESSER_RISE,
        /** Down, then up by more. */
        FALLING_BEFORE_A_GREATER_RISE,
        /** Up, then down by more. */
        RISING_BEFORE_A_GREATER_FALL,
        /** Up, then down by less. */
        RISING_BEFORE_A_LESSER_FALL,
        /** Neither. */
        STEADY
    }

    /** Checks the range. */
    public BarometricPressureTrend {
        CODES.check(code, remainder);
    }

    /** Returns a trend. */
    public static BarometricPressureTrend of(Trend trend) {
        return new BarometricPressureTrend(CODES.code(trend), Remainder.NONE);
    }

    /** Returns the trend, or empty when the standard reserves its code. */
    public Optional<Trend> trend() {
        return CODES.meaning(code);
    }

    @Override
    public Map<String, Object> fields() {
        return CODES.fields(code, remainder);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
