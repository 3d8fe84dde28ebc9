package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/**
 * A block of a profile over the day.
 *
 * <pre>
 * field            type    octets  present when          meaning
 * durationMinutes  uint16  2       always                min
 * value            SFLOAT  2       always                basal rate IU/h; or mg/dL per IU; or g of carbohydrate per IU; or
 *                                                        the lower end of a target range, mg/dL
 * upper            SFLOAT  2       target glucose range  the upper end, mg/dL
 * </pre>
 *
 * @param durationMinutes min, 0 to 65,535
 * @param value in the unit of the profile; the lower end of a range
 * @param upper the upper end of a range, mg/dL
 */
public record TimeBlock(int durationMinutes, MedicalFloat value, Optional<MedicalFloat> upper) implements InsulinBody {
    /** Checks the range. */
    public TimeBlock {
        Bits.requireUnsigned("durationMinutes", durationMinutes, Short.SIZE);
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(upper, "upper");
    }

    static TimeBlock readValue(FieldReader in) {
        return new TimeBlock(in.uint16("durationMinutes"), in.amount("value"), Optional.empty());
    }

    static TimeBlock readRange(FieldReader in) {
        return new TimeBlock(in.uint16("durationMinutes"), in.amount("value"), Optional.of(in.amount("upper")));
    }

    @Override
    public void write(FieldWriter out) {
        out.uint16("durationMinutes", durationMinutes);
        out.amount("value", value);
        upper.ifPresent(end -> out.amount("upper", end));
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "TimeBlock[]";
    }
}
