package org.openiomt.ble.profile.controlpoint;

import java.util.Objects;
import org.openiomt.ble.profile.IntegerForm;

/**
 * A whole number whose width the sources dispute, with the form that it had on the wire.
 *
 * @param value the number
 * @param form how it stands on the wire
 */
public record SizedNumber(long value, IntegerForm form) {
    /** Checks that the number fits. */
    public SizedNumber {
        Objects.requireNonNull(form, "form");
        form.require("value", value);
    }

    /** Hides the number. */
    @Override
    public String toString() {
        return "SizedNumber[" + form + "]";
    }
}
