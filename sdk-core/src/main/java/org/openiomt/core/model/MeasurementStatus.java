package org.openiomt.core.model;

/** What a device says about the validity of a measurement (ISO/IEEE 11073-20601, MeasurementStatus). None set: valid. */
public enum MeasurementStatus {
    /** The value is no measurement. */
    INVALID(0),
    /** The value may be wrong. */
    QUESTIONABLE(1),
    /** There is no value. */
    NOT_AVAILABLE(2),
    /** The device calibrates itself. */
    CALIBRATION_ONGOING(3),
    /** The value is made for a test. */
    TEST_DATA(4),
    /** The value is made for a demonstration. */
    DEMO_DATA(5),
    /** A person has confirmed the value. */
    VALIDATED_DATA(8),
    /** The value is early and will be followed by a better one. */
    EARLY_INDICATION(9),
    /** The measurement still goes on. */
    MEASUREMENT_ONGOING(10);

    private final int bit;

    MeasurementStatus(int bit) {
        this.bit = bit;
    }

    /** Returns the bit of the 16-bit string, counted from the most significant, as the standard does. */
    public int bit() {
        return bit;
    }
}
