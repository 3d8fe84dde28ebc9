package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Day of Week, characteristic {@code 0x2A09}, and a field of clock readings.
 *
 * <pre>
 * field      type   octets  present when  meaning
 * dayOfWeek  uint8  1       always        0 not known, 1 Monday to 7 Sunday; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #day()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record DayOfWeek(int code, Remainder remainder) implements Described {
    static final Codes<Day> CODES = Codes.of("dayOfWeek", Day.class, 0);

    /** Reads and writes it. */
    public static final Codec<DayOfWeek> CODEC = CODES.codec(DayOfWeek::new, DayOfWeek::code, DayOfWeek::remainder);

    /** A day, in the order of the codes. */
    public enum Day {
        /** The device does not know. */
        UNKNOWN,
        /** Code 1. */
        MONDAY,
        /** Code 2. */
        TUESDAY,
        /** Code 3. */
        WEDNESDAY,
        /** Code 4. */
        THURSDAY,
        /** Code 5. */
        FRIDAY,
        /** Code 6. */
        SATURDAY,
        /** Code 7. */
        SUNDAY
    }

    /** Checks the range. */
    public DayOfWeek {
        CODES.check(code, remainder);
    }

    /** Returns a day. */
    public static DayOfWeek of(Day day) {
        return new DayOfWeek(CODES.code(day), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Day> day() {
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
