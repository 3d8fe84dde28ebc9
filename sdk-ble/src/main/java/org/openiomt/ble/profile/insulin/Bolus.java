package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/**
 * What a bolus delivers.
 *
 * <pre>
 * field            type    octets  meaning
 * bolusType        uint8   1       see {@link Type}; others kept raw
 * fastUnits        SFLOAT  2       IU at once; 0 for an extended bolus
 * extendedUnits    SFLOAT  2       IU over the duration; 0 for a fast bolus
 * durationMinutes  uint16  2       min; 0 for a fast bolus
 * </pre>
 *
 * @param type how it is delivered
 * @param fastUnits IU at once
 * @param extendedUnits IU over the duration
 * @param durationMinutes min, 0 to 65,535
 */
public record Bolus(Coded<Type> type, MedicalFloat fastUnits, MedicalFloat extendedUnits, int durationMinutes)
        implements InsulinBody {
    /** How a bolus is delivered. */
    public enum Type implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** At once. */
        FAST(0x33),
        /** Over a time. */
        EXTENDED(0x3C),
        /** A part at once and the rest over a time. */
        MULTIWAVE(0x55);

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
    public Bolus {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(fastUnits, "fastUnits");
        Objects.requireNonNull(extendedUnits, "extendedUnits");
        Bits.requireUnsigned("durationMinutes", durationMinutes, Short.SIZE);
    }

    static Bolus read(FieldReader in) {
        return new Bolus(
                in.code8("bolusType", Type.class),
                in.amount("fastUnits"),
                in.amount("extendedUnits"),
                in.uint16("durationMinutes"));
    }

    @Override
    public void write(FieldWriter out) {
        out.code8("bolusType", type);
        out.amount("fastUnits", fastUnits);
        out.amount("extendedUnits", extendedUnits);
        out.uint16("durationMinutes", durationMinutes);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "Bolus[]";
    }
}
