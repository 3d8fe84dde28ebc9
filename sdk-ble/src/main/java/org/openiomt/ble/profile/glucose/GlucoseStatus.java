package org.openiomt.ble.profile.glucose;

import org.openiomt.ble.profile.Bit;

/**
 * What a meter says about itself at the time of a measurement: the bits of the Sensor Status Annunciation field. Bits 12 to
 * 15 are reserved.
 */
public enum GlucoseStatus implements Bit {
    /** The battery is low. */
    BATTERY_LOW(0),
    /** The sensor is faulty. */
    SENSOR_MALFUNCTION(1),
    /** There is not enough blood or control solution. */
    SAMPLE_TOO_SMALL(2),
    /** The strip is not inserted as it should be. */
    STRIP_INSERTION_ERROR(3),
    /** The strip is none for this device. */
    STRIP_TYPE_INCORRECT(4),
    /** The result is above what the device can process. */
    RESULT_TOO_HIGH(5),
    /** The result is below what the device can process. */
    RESULT_TOO_LOW(6),
    /** It is too hot for a valid result. */
    TEMPERATURE_TOO_HIGH(7),
    /** It is too cold for a valid result. */
    TEMPERATURE_TOO_LOW(8),
    /** The strip was pulled too soon. */
    READ_INTERRUPTED(9),
    /** The device is faulty. */
    GENERAL_FAULT(10),
    /** The time may be wrong. */
    TIME_FAULT(11);

    /** The width of the field. */
    public static final int WIDTH = 16;

    private final int bit;

    GlucoseStatus(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
