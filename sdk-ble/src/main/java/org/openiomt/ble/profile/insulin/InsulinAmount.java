package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.core.wire.MedicalFloat;

/**
 * An amount of insulin: amountUnits SFLOAT. The code before it says whether it is left, shall be primed, or is a limit.
 *
 * @param units IU
 */
public record InsulinAmount(MedicalFloat units) implements CommandBody, HistoryData {
    /** Checks that it is there. */
    public InsulinAmount {
        Objects.requireNonNull(units, "amountUnits");
    }

    static InsulinAmount read(FieldReader in) {
        return new InsulinAmount(in.amount("amountUnits"));
    }

    @Override
    public void write(FieldWriter out) {
        out.amount("amountUnits", units);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "InsulinAmount[]";
    }
}
