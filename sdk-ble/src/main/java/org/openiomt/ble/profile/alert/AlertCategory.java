package org.openiomt.ble.profile.alert;

import java.util.Arrays;
import java.util.Optional;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;

/**
 * What an alert is about. On the wire it is a code of one octet (10 to 250 are reserved, 251 to 255 left to services) or a bit of
 * {@link AlertCategories}.
 */
public enum AlertCategory implements Bit {
    /** A text or a notification of another kind. */
    SIMPLE_ALERT(0),
    /** An e-mail. */
    EMAIL(1),
    /** News. */
    NEWS(2),
    /** A call that comes in. */
    CALL(3),
    /** A call that was not taken. */
    MISSED_CALL(4),
    /** A short message. */
    SMS_MMS(5),
    /** A voice mail. */
    VOICE_MAIL(6),
    /** An entry of a calendar. */
    SCHEDULE(7),
    /** Something that needs attention at once. */
    HIGH_PRIORITIZED_ALERT(8),
    /** A message of a chat. */
    INSTANT_MESSAGE(9);

    /** The code that stands for all categories in a command. */
    public static final int ALL = 0xFF;

    private static final int FIRST_OF_SERVICES = 251;

    private final int code;

    AlertCategory(int code) {
        this.code = code;
    }

    /** Returns the code on the wire, 0 to 9. */
    public int code() {
        return code;
    }

    @Override
    public long mask() {
        return 1L << code;
    }

    /** Returns the category of a code, or empty when it is reserved or left to services. */
    public static Optional<AlertCategory> of(int code) {
        return Arrays.stream(values()).filter(category -> category.code == code).findFirst();
    }

    /** Reads a code and reports a reserved one. */
    static int read(ByteReader in) {
        int at = in.offset();
        int code = in.uint8("category");
        if (of(code).isEmpty() && code < FIRST_OF_SERVICES) {
            in.unforeseen("category", at, "reserved code " + code);
        }
        return code;
    }

    static void check(int code) {
        Bits.requireUnsigned("category", code, Byte.SIZE);
    }

    static Fields describe(Fields fields, int code) {
        return fields.put("categoryCode", code).put("category", of(code));
    }
}
