package org.openiomt.ble.profile.location;

/** What a sensor says about its position; two bits, in the order of their value. */
public enum PositionStatus {
    /** There is no position. */
    NO_POSITION(0),
    /** The position is sound. */
    POSITION_OK(1),
    /** The position is estimated. */
    ESTIMATED(2),
    /** The position is the last one that was known. */
    LAST_KNOWN(3);

    private static final int MASK = 3;

    private final int bits;

    PositionStatus(int bits) {
        this.bits = bits;
    }

    static int mask(int shift) {
        return MASK << shift;
    }

    static PositionStatus from(int flags, int shift) {
        return values()[flags >> shift & MASK];
    }

    int flags(int shift) {
        return bits << shift;
    }
}
