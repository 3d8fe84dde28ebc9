package org.openiomt.ble.profile.weight;

import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;

/** The units of one value of a scale, which also say how fine its numbers are. */
public enum UnitSystem {
    /** Kilograms in steps of 0.005 and metres in steps of 0.001. */
    SI("0.005 kg", "0.001 m"),
    /** Pounds in steps of 0.01 and inches in steps of 0.1. */
    IMPERIAL("0.01 lb", "0.1 in");

    private final String massStep;
    private final String heightStep;

    UnitSystem(String massStep, String heightStep) {
        this.massStep = massStep;
        this.heightStep = heightStep;
    }

    /** Returns {@code kg} or {@code lb}. */
    public String weightUnit() {
        return mass("weight").unit();
    }

    /** Returns {@code m} or {@code in}. */
    public String heightUnit() {
        return height("height").unit();
    }

    /** Returns how a mass stands in its octets. */
    Scalar mass(String field) {
        return Scalar.of(IntegerForm.UINT16, field, massStep);
    }

    /** Returns how a height stands in its octets. */
    Scalar height(String field) {
        return Scalar.of(IntegerForm.UINT16, field, heightStep);
    }
}
