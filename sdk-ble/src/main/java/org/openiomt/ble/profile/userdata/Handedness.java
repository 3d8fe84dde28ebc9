package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Handedness, characteristic {@code 0x2B4A} of the User Data Service.
 *
 * <pre>
 * field       type   octets  present when  meaning
 * handedness  uint8  1       always        0 left, 1 right, 2 both, 3 not specified; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #meaning()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record Handedness(int code, Remainder remainder) implements Described {
    private static final Codes<Meaning> CODES = Codes.of("handedness", Meaning.class, 0);

    /** Reads and writes it. */
    public static final Codec<Handedness> CODEC = CODES.codec(Handedness::new, Handedness::code, Handedness::remainder);

    /** What a code means, in the order of the codes. */
    public enum Meaning {
        /** Code 0. */
        LEFT_HANDED,
        /** Code 1. */
        RIGHT_HANDED,
        /** Both hands alike. */
        AMBIDEXTROUS,
        /** The person does not say. */
        UNSPECIFIED
    }

    /** Checks the range. */
    public Handedness {
        CODES.check(code, remainder);
    }

    /** Returns a handedness. */
    public static Handedness of(Meaning meaning) {
        return new Handedness(CODES.code(meaning), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Meaning> meaning() {
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
