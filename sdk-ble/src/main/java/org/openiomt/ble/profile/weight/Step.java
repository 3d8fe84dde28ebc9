package org.openiomt.ble.profile.weight;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A whole number on the wire that counts steps of a fixed size: {@code digits} x 10<sup>{@code exponent}</sup>.
 *
 * @param digits the digits of one step
 * @param exponent the power of ten of one step, the resolution of the value
 */
record Step(int digits, int exponent) {

    MedicalFloat times(int count) {
        return MedicalFloat.of((long) count * digits, exponent);
    }

    /** Returns the same value with the digits that the wire gives it. */
    MedicalFloat atResolution(String field, MedicalFloat value, int maxCount) {
        return times(count(field, value, maxCount));
    }

    /**
     * Returns how many steps a value has.
     *
     * @throws IllegalArgumentException when it is special, between two steps, below 0 or above {@code maxCount} steps
     */
    int count(String field, MedicalFloat value, int maxCount) {
        if (value.isFinite()) {
            BigDecimal step = BigDecimal.valueOf(digits, -exponent);
            BigDecimal[] parts = value.toBigDecimal().divideAndRemainder(step);
            BigInteger count = parts[0].toBigInteger();
            if (parts[1].signum() == 0 && count.signum() >= 0 && count.bitLength() < Integer.SIZE) {
                if (count.intValue() <= maxCount) {
                    return count.intValue();
                }
            }
        }
        throw new IllegalArgumentException(
                field + ": expected a multiple of " + times(1) + " from 0 to " + times(maxCount));
    }
}
