package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Time Update Control Point, characteristic {@code 0x2A16} of the Reference Time Update Service: what a client
 * writes.
 *
 * <pre>
 * field    type   octets  present when  meaning
 * command  uint8  1       always        1 get a reference update, 2 cancel it; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #command()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/reference-time-update-service-1-0/">RTUS 1.0, 3.1</a>
 */
public record TimeUpdateControlPoint(int code, Remainder remainder) implements Described {
    private static final Codes<Command> CODES = Codes.of("command", Command.class, 1);

    /** Reads and writes it. */
    public static final Codec<TimeUpdateControlPoint> CODEC =
            CODES.codec(TimeUpdateControlPoint::new, TimeUpdateControlPoint::code, TimeUpdateControlPoint::remainder);

    /** What to do, in the order of the codes. */
    public enum Command {
        /** Ask the source for the time. */
        GET_REFERENCE_UPDATE,
        /** Stop asking. */
        CANCEL_REFERENCE_UPDATE
    }

    /** Checks the range. */
    public TimeUpdateControlPoint {
        CODES.check(code, remainder);
    }

    /** Returns a command. */
    public static TimeUpdateControlPoint of(Command command) {
        return new TimeUpdateControlPoint(CODES.code(command), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Command> command() {
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
