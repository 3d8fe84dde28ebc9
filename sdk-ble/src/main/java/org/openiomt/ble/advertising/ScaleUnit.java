package org.openiomt.ble.advertising;

import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.MedicalFloat;

/** The unit of a scale's advertisement, with the size of one step. */
public enum ScaleUnit {
    /** Kilograms in steps of 0.005. */
    KILOGRAM("weightKilogram", 5, -3),
    /** Pounds in steps of 0.01. */
    POUND("weightPound", 1, -2),
    /** Catties (500 g) in steps of 0.01. */
    CATTY("weightCatty", 1, -2);

    private final String field;
    private final int digits;
    private final int exponent;

    ScaleUnit(String field, int digits, int exponent) {
        this.field = field;
        this.digits = digits;
        this.exponent = exponent;
    }

    /** Returns the unit that two bits choose; pounds go before catties. */
    static ScaleUnit of(boolean isPound, boolean isCatty) {
        return isPound ? POUND : isCatty ? CATTY : KILOGRAM;
    }

    /** Returns a weight of {@code steps} at the resolution of the wire. */
    MedicalFloat weight(int steps) {
        return MedicalFloat.of((long) steps * digits, exponent);
    }

    /** Adds the weight, in as few digits as it needs. */
    Fields describe(Fields fields, int steps) {
        String shortest = weight(steps).toBigDecimal().stripTrailingZeros().toPlainString();
        return fields.put(field, shortest);
    }
}
