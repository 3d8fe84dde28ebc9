package org.openiomt.ble.profile;

import java.util.Map;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/** The value of a characteristic that is one number with a fixed unit. Records of the services implement it. */
public interface ScalarValue extends Described {
    /** Returns how it stands in its octets. */
    Scalar scalar();

    /** Returns the number in {@link #unit()} at the resolution of the octets; NaN when the device does not know it. */
    MedicalFloat value();

    /** Returns trailing octets. */
    Remainder remainder();

    /** Returns the unit as UCUM text, or words in braces where UCUM has none; {@code 1} for a bare number. */
    default String unit() {
        return scalar().unit();
    }

    /** Whether it is a number that the standard foresees; false when the device does not know it. */
    default boolean isInRange() {
        return scalar().isInRange(value());
    }

    @Override
    default Map<String, Object> fields() {
        return scalar().fields(value(), remainder());
    }
}
