package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Gender, characteristic {@code 0x2A8C} of the User Data Service.
 *
 * <pre>
 * field   type   octets  present when  meaning
 * gender  uint8  1       always        0 male, 1 female, 2 not specified; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #meaning()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record Gender(int code, Remainder remainder) implements Described {
    private static final Codes<Meaning> CODES = Codes.of("gender", Meaning.class, 0);

    /** Reads and writes it. */
    public static final Codec<Gender> CODEC = CODES.codec(Gender::new, Gender::code, Gender::remainder);

    /** What a code means, in the order of the codes. */
    public enum Meaning {
        /** Code 0. */
        MALE,
        /** Code 1. */
        FEMALE,
        /** The person does not say. */
        UNSPECIFIED
    }

    /** Checks the range. */
    public Gender {
        CODES.check(code, remainder);
    }

    /** Returns a gender. */
    public static Gender of(Meaning meaning) {
        return new Gender(CODES.code(meaning), Remainder.NONE);
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
