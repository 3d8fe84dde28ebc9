package org.openiomt.ble.profile.continuousglucose;

import java.util.Arrays;
import java.util.Optional;

/** The op codes of the CGM Specific Ops Control Point, with the operand that each carries. */
public enum SpecificOpsCode {
    /** How often the sensor shall send values. */
    SET_COMMUNICATION_INTERVAL(0x01, Operand.INTERVAL),
    /** Asks how often the sensor sends values. */
    GET_COMMUNICATION_INTERVAL(0x02, Operand.NONE),
    /** How often the sensor sends values. */
    COMMUNICATION_INTERVAL(0x03, Operand.INTERVAL),
    /** A blood glucose value to calibrate with. */
    SET_CALIBRATION(0x04, Operand.CALIBRATION),
    /** Asks for a calibration by its number. */
    GET_CALIBRATION(0x05, Operand.RECORD_NUMBER),
    /** A calibration and how it went. */
    CALIBRATION(0x06, Operand.CALIBRATION),
    /** The patient's high level shall be. */
    SET_PATIENT_HIGH_LEVEL(0x07, Operand.LEVEL),
    /** Asks for the patient's high level. */
    GET_PATIENT_HIGH_LEVEL(0x08, Operand.NONE),
    /** The patient's high level is. */
    PATIENT_HIGH_LEVEL(0x09, Operand.LEVEL),
    /** The patient's low level shall be. */
    SET_PATIENT_LOW_LEVEL(0x0A, Operand.LEVEL),
    /** Asks for the patient's low level. */
    GET_PATIENT_LOW_LEVEL(0x0B, Operand.NONE),
    /** The patient's low level is. */
    PATIENT_LOW_LEVEL(0x0C, Operand.LEVEL),
    /** The hypoglycaemia level shall be. */
    SET_HYPO_LEVEL(0x0D, Operand.LEVEL),
    /** Asks for the hypoglycaemia level. */
    GET_HYPO_LEVEL(0x0E, Operand.NONE),
    /** The hypoglycaemia level is. */
    HYPO_LEVEL(0x0F, Operand.LEVEL),
    /** The hyperglycaemia level shall be. */
    SET_HYPER_LEVEL(0x10, Operand.LEVEL),
    /** Asks for the hyperglycaemia level. */
    GET_HYPER_LEVEL(0x11, Operand.NONE),
    /** The hyperglycaemia level is. */
    HYPER_LEVEL(0x12, Operand.LEVEL),
    /** The level for falling too fast shall be, mg/dL per minute. */
    SET_RATE_OF_DECREASE_LEVEL(0x13, Operand.LEVEL),
    /** Asks for the level for falling too fast. */
    GET_RATE_OF_DECREASE_LEVEL(0x14, Operand.NONE),
    /** The level for falling too fast is, mg/dL per minute. */
    RATE_OF_DECREASE_LEVEL(0x15, Operand.LEVEL),
    /** The level for rising too fast shall be, mg/dL per minute. */
    SET_RATE_OF_INCREASE_LEVEL(0x16, Operand.LEVEL),
    /** Asks for the level for rising too fast. */
    GET_RATE_OF_INCREASE_LEVEL(0x17, Operand.NONE),
    /** The level for rising too fast is, mg/dL per minute. */
    RATE_OF_INCREASE_LEVEL(0x18, Operand.LEVEL),
    /** Ends the alert of the device's own kind. */
    RESET_DEVICE_SPECIFIC_ALERT(0x19, Operand.NONE),
    /** Begins a session. */
    START_SESSION(0x1A, Operand.NONE),
    /** Ends the session. */
    STOP_SESSION(0x1B, Operand.NONE),
    /** How a request went. */
    RESPONSE(0x1C, Operand.RESPONSE);

    /** What follows an op code. */
    enum Operand {
        NONE,
        INTERVAL,
        CALIBRATION,
        RECORD_NUMBER,
        LEVEL,
        RESPONSE
    }

    private final int code;
    private final Operand operand;

    SpecificOpsCode(int code, Operand operand) {
        this.code = code;
        this.operand = operand;
    }

    /** Returns the op code on the wire, 1 to 28. */
    public int code() {
        return code;
    }

    /** Returns what follows it. */
    Operand operand() {
        return operand;
    }

    /** Returns the constant of a code, or empty when the standard reserves it. */
    public static Optional<SpecificOpsCode> of(int code) {
        return Arrays.stream(values()).filter(constant -> constant.code == code).findFirst();
    }
}
