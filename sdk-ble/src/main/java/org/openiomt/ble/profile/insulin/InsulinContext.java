package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.E2eContext;

/**
 * What is known about an insulin pump before one of its values is read.
 *
 * @param e2e whether values end in a counter and a check sum
 * @param amounts how amounts and rates are written
 */
public record InsulinContext(E2eContext e2e, AmountForm amounts) {
    /** The feature characteristic was not read; amounts are as the standard says. */
    public static final InsulinContext NOT_KNOWN = of(E2eContext.NOT_KNOWN);

    /** How amounts and rates are written. */
    public enum AmountForm {
        /** In 2 octets, as the standard says. */
        SFLOAT,
        /** In 4 octets, as one pump does. */
        FLOAT
    }

    /** Checks that both are there. */
    public InsulinContext {
        Objects.requireNonNull(e2e, "e2e");
        Objects.requireNonNull(amounts, "amounts");
    }

    /** Returns the context of a pump that writes amounts as the standard says. */
    public static InsulinContext of(E2eContext e2e) {
        return new InsulinContext(e2e, AmountForm.SFLOAT);
    }
}
