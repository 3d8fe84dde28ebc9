package org.openiomt.core.model;

import java.util.Objects;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A number with its unit, at the resolution of the device.
 *
 * @param value the number or a special value
 * @param unit an MDC unit (partition 4)
 */
public record Quantity(MedicalFloat value, Code unit) {
    /** Checks that both are there. */
    public Quantity {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(unit, "unit");
    }

    /** Returns a quantity. */
    public static Quantity of(MedicalFloat value, Code unit) {
        return new Quantity(value, unit);
    }

    /** Hides the number. */
    @Override
    public String toString() {
        return "Quantity[unit=" + unit + "]";
    }
}
