package org.openiomt.ble.profile.continuousglucose;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;

/**
 * What a sensor says about itself and its value: the bits of the three octets status (0 to 7), calibration and temperature (8 to
 * 15) and warning (16 to 23). Bits 6, 7 and 15 are reserved.
 */
public enum CgmFinding implements Bit {
    /** The session has ended. */
    SESSION_STOPPED(0),
    /** The battery is low. */
    BATTERY_LOW(1),
    /** The sensor is none for this device. */
    SENSOR_TYPE_INCORRECT(2),
    /** The sensor is faulty. */
    SENSOR_MALFUNCTION(3),
    /** An alert of the device's own kind. */
    DEVICE_SPECIFIC_ALERT(4),
    /** The device is faulty. */
    GENERAL_FAULT(5),
    /** The clocks of sensor and collector must be set. */
    TIME_SYNCHRONISATION_REQUIRED(8),
    /** It must not be calibrated now. */
    CALIBRATION_NOT_ALLOWED(9),
    /** It should be calibrated. */
    CALIBRATION_RECOMMENDED(10),
    /** It must be calibrated. */
    CALIBRATION_REQUIRED(11),
    /** It is too hot for a valid result. */
    TEMPERATURE_TOO_HIGH(12),
    /** It is too cold for a valid result. */
    TEMPERATURE_TOO_LOW(13),
    /** A calibration is under way. */
    CALIBRATION_PENDING(14),
    /** The result is below the patient's low level. */
    BELOW_PATIENT_LOW(16),
    /** The result is above the patient's high level. */
    ABOVE_PATIENT_HIGH(17),
    /** The result is below the hypoglycaemia level. */
    BELOW_HYPO(18),
    /** The result is above the hyperglycaemia level. */
    ABOVE_HYPER(19),
    /** Glucose falls faster than the level. */
    FALLS_TOO_FAST(20),
    /** Glucose rises faster than the level. */
    RISES_TOO_FAST(21),
    /** The result is below what the device can process. */
    RESULT_TOO_LOW(22),
    /** The result is above what the device can process. */
    RESULT_TOO_HIGH(23);

    /** Where the bits of the octet for calibration and temperature begin. */
    static final int CALIBRATION_SHIFT = 8;

    /** Where the bits of the octet for warnings begin. */
    static final int WARNING_SHIFT = 16;

    private static final long KNOWN = Bits.known(CgmFinding.class);

    private final int bit;

    CgmFinding(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }

    /** Reads one of the three octets and reports bits that the standard reserves. */
    static int readOctet(ByteReader in, String field, int shift) {
        int at = in.offset();
        int bits = in.uint8(field);
        in.unknownBits(field, at, bits, KNOWN >> shift & 0xFF);
        return bits;
    }
}
