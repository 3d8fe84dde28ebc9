package org.openiomt.ble.profile.pulseoximeter;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;

/**
 * What an oximeter says about one measurement: the bits of the Measurement Status field. Bits 0 to 4 are reserved.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/pulse-oximeter-service-1-0-1/">PLXS, 3.2.1</a>
 */
public enum OximeterStatus implements Bit {
    /** The measurement still goes on. */
    MEASUREMENT_ONGOING(5),
    /** The value is an early estimate. */
    EARLY_ESTIMATE(6),
    /** A person has confirmed the value. */
    VALIDATED(7),
    /** The value meets all of the device's own demands. */
    FULLY_QUALIFIED(8),
    /** The value comes from the device's memory. */
    FROM_STORAGE(9),
    /** The value is made for a demonstration. */
    DEMONSTRATION(10),
    /** The value is made for a test. */
    TEST(11),
    /** The device calibrates itself. */
    CALIBRATION_ONGOING(12),
    /** There is no value. */
    UNAVAILABLE(13),
    /** The value may be wrong. */
    QUESTIONABLE(14),
    /** The value is no measurement. */
    INVALID(15);

    /** The width of the field. */
    public static final int WIDTH = 16;

    private static final long KNOWN = Bits.known(OximeterStatus.class);

    private final int bit;

    OximeterStatus(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }

    /** Reads the field; reserved bits are kept and reported, strict refuses them. */
    static int read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint16("measurementStatus");
        in.unknownBits("measurementStatus", at, bits, KNOWN);
        return bits;
    }
}
