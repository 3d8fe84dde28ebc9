package org.openiomt.ble.profile.bloodpressure;

import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;

/**
 * The Measurement Status field of a cuff: what disturbed the measurement or was noticed during it.
 *
 * <pre>
 * bit   meaning
 * 0     the body moved
 * 1     the cuff is too loose
 * 2     an irregular pulse was detected
 * 3, 4  pulse rate: 0 within its range, 1 above, 2 below, 3 reserved (kept and reported; strict refuses)
 * 5     the measuring position is improper
 * 6-15  reserved (kept and reported; strict refuses)
 * </pre>
 *
 * @param bits the field as sent, 0 to 65,535
 */
public record BloodPressureStatus(int bits) {
    /** The width of the field. */
    public static final int WIDTH = 16;

    private static final int BODY_MOVED = 0x01;
    private static final int CUFF_LOOSE = 0x02;
    private static final int IRREGULAR_PULSE = 0x04;
    private static final int PULSE_RANGE_SHIFT = 3;
    private static final int PULSE_RANGE = 0x03;
    private static final int POSITION_IMPROPER = 0x20;
    private static final int KNOWN = 0x3F;

    /** Where the pulse rate lies relative to the range that the device measures. */
    public enum PulseRange {
        /** Within the range. */
        WITHIN,
        /** Above the upper limit. */
        ABOVE,
        /** Below the lower limit. */
        BELOW,
        /** The reserved code. */
        RESERVED
    }

    /** Checks the range. */
    public BloodPressureStatus {
        Bits.requireUnsigned("status", bits, WIDTH);
    }

    static BloodPressureStatus read(ByteReader in) {
        int at = in.offset();
        BloodPressureStatus status = new BloodPressureStatus(in.uint16("status"));
        in.unknownBits("status", at, status.bits, KNOWN);
        if (status.pulseRange() == PulseRange.RESERVED) {
            in.unforeseen("status", at, "reserved pulse rate range 3");
        }
        return status;
    }

    /** Whether the body moved during the measurement. */
    public boolean isBodyMoved() {
        return (bits & BODY_MOVED) != 0;
    }

    /** Whether the cuff is too loose. */
    public boolean isCuffTooLoose() {
        return (bits & CUFF_LOOSE) != 0;
    }

    /** Whether an irregular pulse was detected. */
    public boolean isPulseIrregular() {
        return (bits & IRREGULAR_PULSE) != 0;
    }

    /** Returns where the pulse rate lies. */
    public PulseRange pulseRange() {
        return switch (bits >> PULSE_RANGE_SHIFT & PULSE_RANGE) {
            case 0 -> PulseRange.WITHIN;
            case 1 -> PulseRange.ABOVE;
            case 2 -> PulseRange.BELOW;
            default -> PulseRange.RESERVED;
        };
    }

    /** Whether the measuring position is improper. */
    public boolean isPositionImproper() {
        return (bits & POSITION_IMPROPER) != 0;
    }

    /** Hides the findings. */
    @Override
    public String toString() {
        return "BloodPressureStatus[]";
    }
}
