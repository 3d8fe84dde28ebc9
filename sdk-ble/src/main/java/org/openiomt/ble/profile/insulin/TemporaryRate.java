package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.insulin.InsulinCodes.TbrType;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A temporary basal rate.
 *
 * <pre>
 * field            type    octets  meaning
 * tbrType          uint8   1       see {@link TbrType}; others kept raw
 * adjustment       SFLOAT  2       IU/h when absolute, a factor without unit when relative
 * durationMinutes  uint16  2       min
 * </pre>
 *
 * @param type how it is meant
 * @param adjustment IU/h when absolute, a factor without unit when relative
 * @param durationMinutes min as programmed, 0 to 65,535
 */
public record TemporaryRate(Coded<TbrType> type, MedicalFloat adjustment, int durationMinutes) implements InsulinBody {
    /** Checks the range. */
    public TemporaryRate {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(adjustment, "adjustment");
        Bits.requireUnsigned("durationMinutes", durationMinutes, Short.SIZE);
    }

    static TemporaryRate read(FieldReader in) {
        return new TemporaryRate(
                in.code8("tbrType", TbrType.class), in.amount("adjustment"), in.uint16("durationMinutes"));
    }

    @Override
    public void write(FieldWriter out) {
        out.code8("tbrType", type);
        out.amount("adjustment", adjustment);
        out.uint16("durationMinutes", durationMinutes);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "TemporaryRate[]";
    }
}
