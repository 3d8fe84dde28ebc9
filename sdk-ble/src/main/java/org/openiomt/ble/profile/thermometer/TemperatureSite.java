package org.openiomt.ble.profile.thermometer;

import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;

/**
 * Where on the body a temperature was taken, the field of the Temperature Type. Code 0 and codes above 9 are reserved: kept
 * and reported; strict refuses them.
 *
 * @param code the code as sent, 0 to 255
 */
public record TemperatureSite(int code) {
    /** Armpit. */
    public static final TemperatureSite ARMPIT = new TemperatureSite(1);

    /** Body, in general. */
    public static final TemperatureSite BODY = new TemperatureSite(2);

    /** Ear, usually the lobe. */
    public static final TemperatureSite EAR = new TemperatureSite(3);

    /** Finger. */
    public static final TemperatureSite FINGER = new TemperatureSite(4);

    /** Gastrointestinal tract. */
    public static final TemperatureSite GASTROINTESTINAL = new TemperatureSite(5);

    /** Mouth. */
    public static final TemperatureSite MOUTH = new TemperatureSite(6);

    /** Rectum. */
    public static final TemperatureSite RECTUM = new TemperatureSite(7);

    /** Toe. */
    public static final TemperatureSite TOE = new TemperatureSite(8);

    /** Tympanum, the ear drum. */
    public static final TemperatureSite TYMPANUM = new TemperatureSite(9);

    /** Checks the range. */
    public TemperatureSite {
        Bits.requireUnsigned("site", code, 8);
    }

    static TemperatureSite read(ByteReader in) {
        int at = in.offset();
        TemperatureSite site = new TemperatureSite(in.uint8("site"));
        if (!site.isKnown()) {
            in.unforeseen("site", at, "reserved code " + site.code);
        }
        return site;
    }

    /** Whether the code is none of the reserved ones. */
    public boolean isKnown() {
        return code >= ARMPIT.code && code <= TYMPANUM.code;
    }
}
