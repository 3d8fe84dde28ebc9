package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Sport Type for Aerobic and Anaerobic Thresholds, characteristic {@code 0x2A93} of the User Data Service: during
 * which exercise the thresholds were found.
 *
 * <pre>
 * field      type   octets  present when  meaning
 * sportType  uint8  1       always        0 not specified, 1 to 11 see {@link Sport}; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #sport()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record ThresholdSportType(int code, Remainder remainder) implements Described {
    private static final Codes<Sport> CODES = Codes.of("sportType", Sport.class, 0);

    /** Reads and writes it. */
    public static final Codec<ThresholdSportType> CODEC =
            CODES.codec(ThresholdSportType::new, ThresholdSportType::code, ThresholdSportType::remainder);

    /** The exercise, in the order of the codes. */
    public enum Sport {
        /** The device does not say. */
        UNSPECIFIED,
        /** Running on a treadmill. */
        RUNNING_TREADMILL,
        /** Cycling on an ergometer. */
        CYCLING_ERGOMETER,
        /** Rowing on an ergometer. */
        ROWING_ERGOMETER,
        /** On a cross trainer. */
        CROSS_TRAINING_ELLIPTICAL,
        /** Climbing. */
        CLIMBING,
        /** Skiing. */
        SKIING,
        /** Skating. */
        SKATING,
        /** With the arms. */
        ARM_EXERCISING,
        /** With the lower body. */
        LOWER_BODY_EXERCISING,
        /** With the upper body. */
        UPPER_BODY_EXERCISING,
        /** With the whole body. */
        WHOLE_BODY_EXERCISING
    }

    /** Checks the range. */
    public ThresholdSportType {
        CODES.check(code, remainder);
    }

    /** Returns a sport. */
    public static ThresholdSportType of(Sport sport) {
        return new ThresholdSportType(CODES.code(sport), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Sport> sport() {
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
