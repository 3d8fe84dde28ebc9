package org.openiomt.ble.profile.environment;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Environmental Sensing Configuration, descriptor {@code 0x290B}: how several triggers of a characteristic count together.
 *
 * <pre>
 * field         type   octets  present when  meaning
 * triggerLogic  uint8  1       always        0 all triggers at once, 1 any of them; others kept as a raw code
 * </pre>
 *
 * @param code the logic as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1.2.3</a>
 */
public record EnvironmentalConfiguration(int code, Remainder remainder) implements Described {
    private static final Codes<Logic> CODES = Codes.of("triggerLogic", Logic.class, 0);

    /** Reads and writes it. */
    public static final Codec<EnvironmentalConfiguration> CODEC = CODES.codec(
            EnvironmentalConfiguration::new, EnvironmentalConfiguration::code, EnvironmentalConfiguration::remainder);

    /** How triggers count together. */
    public enum Logic {
        /** The sensor tells a value when all triggers hold. */
        AND,
        /** The sensor tells a value when one trigger holds. */
        OR
    }

    /** Checks the range. */
    public EnvironmentalConfiguration {
        CODES.check(code, remainder);
    }

    /** Returns a configuration. */
    public static EnvironmentalConfiguration of(Logic logic) {
        return new EnvironmentalConfiguration(CODES.code(logic), Remainder.NONE);
    }

    /** Returns the logic, or empty when the standard reserves its code. */
    public Optional<Logic> logic() {
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
