package org.openiomt.ble.profile.continuousglucose;

import org.openiomt.ble.profile.Bit;

/** What a continuous glucose sensor can do: the bits of the feature field. Bits 17 to 23 are reserved. */
public enum CgmFeature implements Bit {
    /** It can be calibrated. */
    CALIBRATION(0),
    /** It warns at the high and low levels of the patient. */
    PATIENT_HIGH_LOW_ALERTS(1),
    /** It warns of hypoglycaemia. */
    HYPO_ALERTS(2),
    /** It warns of hyperglycaemia. */
    HYPER_ALERTS(3),
    /** It warns when glucose rises or falls too fast. */
    RATE_ALERTS(4),
    /** It has an alert of its own kind. */
    DEVICE_SPECIFIC_ALERT(5),
    /** It notices a faulty sensor. */
    SENSOR_MALFUNCTION_DETECTION(6),
    /** It notices that the sensor is too hot or too cold. */
    SENSOR_TEMPERATURE_DETECTION(7),
    /** It notices results above or below its range. */
    RESULT_RANGE_DETECTION(8),
    /** It notices a low battery. */
    LOW_BATTERY_DETECTION(9),
    /** It notices a sensor of the wrong type. */
    SENSOR_TYPE_DETECTION(10),
    /** It reports general faults. */
    GENERAL_FAULT_DETECTION(11),
    /** All its values end in a check sum. */
    E2E_CRC(12),
    /** It keeps more than one bond. */
    MULTIPLE_BONDS(13),
    /** It can hold more than one session. */
    MULTIPLE_SESSIONS(14),
    /** It reports the trend of glucose. */
    TREND(15),
    /** It reports the quality of its values. */
    QUALITY(16);

    private final int bit;

    CgmFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
