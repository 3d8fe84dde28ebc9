package org.openiomt.ble.profile.glucose;

import org.openiomt.ble.profile.Bit;

/** What a glucose meter can do: the bits of the feature field. Bits 11 to 15 are reserved. */
public enum GlucoseFeature implements Bit {
    /** It notices a low battery during a measurement. */
    LOW_BATTERY_DETECTION(0),
    /** It notices a faulty sensor. */
    MALFUNCTION_DETECTION(1),
    /** It notices a sample that is too small. */
    SAMPLE_SIZE_DETECTION(2),
    /** It notices a strip that is not inserted as it should be. */
    STRIP_INSERTION_DETECTION(3),
    /** It notices a strip of the wrong type. */
    STRIP_TYPE_DETECTION(4),
    /** It notices results above or below its range. */
    RESULT_RANGE_DETECTION(5),
    /** It notices that it is too hot or too cold. */
    TEMPERATURE_RANGE_DETECTION(6),
    /** It notices that the strip was pulled too soon. */
    READ_INTERRUPT_DETECTION(7),
    /** It reports general faults. */
    GENERAL_FAULT_DETECTION(8),
    /** It reports faults of its clock. */
    TIME_FAULT_DETECTION(9),
    /** It keeps more than one bond. */
    MULTIPLE_BONDS(10);

    private final int bit;

    GlucoseFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
