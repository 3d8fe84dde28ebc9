package org.openiomt.ble.profile.alert;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Alert Level, characteristic {@code 0x2A06} of the Immediate Alert Service (what a client writes to make a device
 * ring) and of the Link Loss Service (how the device rings when the link is lost).
 *
 * <pre>
 * field       type   octets  present when  meaning
 * alertLevel  uint8  1       always        0 none, 1 mild, 2 high; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #level()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/immediate-alert-service-1-0/">IAS 1.0, 3.1; LLS 1.0.1, 3.1</a>
 */
public record AlertLevel(int code, Remainder remainder) implements Described {
    private static final Codes<Level> CODES = Codes.of("alertLevel", Level.class, 0);

    /** Reads and writes it. */
    public static final Codec<AlertLevel> CODEC = CODES.codec(AlertLevel::new, AlertLevel::code, AlertLevel::remainder);

    /** How loud, in the order of the codes. */
    public enum Level {
        /** No alert. */
        NONE,
        /** A mild alert. */
        MILD,
        /** A high alert. */
        HIGH
    }

    /** Checks the range. */
    public AlertLevel {
        CODES.check(code, remainder);
    }

    /** Returns a level. */
    public static AlertLevel of(Level level) {
        return new AlertLevel(CODES.code(level), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Level> level() {
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
