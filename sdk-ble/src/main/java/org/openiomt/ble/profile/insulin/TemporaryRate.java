package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A temporary basal rate.
 *
 * <pre>
 * field            type    octets  meaning
 * tbrType          uint8   1       see {@link Type}; others kept raw
 * adjustment       SFLOAT  2       IU/h when absolute, a factor without unit when relative
 * durationMinutes  uint16  2       min
 * </pre>
 *
 * @param type how it is meant
 * @param adjustment IU/h when absolute, a factor without unit when relative
 * @param durationMinutes min as programmed, 0 to 65,535
 */
public record TemporaryRate(Coded<Type> type, MedicalFloat adjustment, int durationMinutes) implements InsulinBody {
    /** How a temporary basal rate is meant. */
    public enum Type implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** As a rate in IU/h. */
        ABSOLUTE(0x33),
        /** As a factor of the basal rate. */
        RELATIVE(0x3C);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Checks the range. */
    public TemporaryRate {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(adjustment, "adjustment");
        Bits.requireUnsigned("durationMinutes", durationMinutes, Short.SIZE);
    }

    static TemporaryRate read(FieldReader in) {
        return new TemporaryRate(
                in.code8("tbrType", Type.class), in.amount("adjustment"), in.uint16("durationMinutes"));
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
