package org.openiomt.ble.profile.pulseoximeter;

import org.openiomt.ble.profile.Bit;

/** What an oximeter can do: the bits of the features field. Bits 8 to 15 are reserved. */
public enum OximeterFeature implements Bit {
    /** It sends the measurement status, and says here which bits of it. */
    MEASUREMENT_STATUS(0),
    /** It sends the device and sensor status, and says here which bits of it. */
    DEVICE_SENSOR_STATUS(1),
    /** It stores spot-check measurements. */
    STORAGE(2),
    /** It sends the time of spot-check measurements. */
    TIME_STAMP(3),
    /** It sends values averaged over a shorter time. */
    FAST(4),
    /** It sends values averaged over a longer time. */
    SLOW(5),
    /** It sends the pulse amplitude index. */
    PULSE_AMPLITUDE_INDEX(6),
    /** It keeps more than one bond. */
    MULTIPLE_BONDS(7);

    private final int bit;

    OximeterFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
