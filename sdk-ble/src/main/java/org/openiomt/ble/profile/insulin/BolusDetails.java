package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;

/**
 * How a bolus was set.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * delayMinutes    uint16  2       flags bit 0   min before it begins
 * template        uint8   1       flags bit 1   the number of its template
 * activationType  uint8   1       flags bit 2   see {@link ActivationType}; others kept raw
 * </pre>
 *
 * Flags bit 3 says that it corrects a high glucose, bit 4 that it is for a meal.
 *
 * @param delayMinutes min before it begins, 0 to 65,535
 * @param template the number of its template, 0 to 255
 * @param activationType who decided on it
 * @param reasons what it is for
 */
public record BolusDetails(
        OptionalInt delayMinutes,
        OptionalInt template,
        Optional<Coded<ActivationType>> activationType,
        Set<Reason> reasons)
        implements InsulinBody {
    /** Nothing is said. */
    public static final BolusDetails NONE =
            new BolusDetails(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of());

    private static final int DELAY = 0x01;
    private static final int TEMPLATE = 0x02;
    private static final int ACTIVATION = 0x04;
    private static final int REASONS = 0x18;

    /** The flags that it knows. */
    static final int KNOWN = DELAY | TEMPLATE | ACTIVATION | REASONS;

    /** Who decided on a bolus. */
    public enum ActivationType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The person. */
        MANUAL(0x33),
        /** A calculator; the person confirmed. */
        RECOMMENDED(0x3C),
        /** A calculator; the person changed it. */
        MANUALLY_CHANGED_RECOMMENDED(0x55),
        /** A machine, without the person. */
        COMMANDED(0x5A);

        private final int code;

        ActivationType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What a bolus is for, by its bit. */
    public enum Reason implements Bit {
        /** It corrects a high glucose. */
        CORRECTION(3),
        /** It is for a meal. */
        MEAL(4);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Copies the set. */
    public BolusDetails {
        Bits.requireUnsigned("delayMinutes", delayMinutes, Short.SIZE);
        Bits.requireUnsigned("template", template, Byte.SIZE);
        Objects.requireNonNull(activationType, "activationType");
        reasons = Bits.copy(Reason.class, reasons);
    }

    static BolusDetails read(FieldReader in, int flags) {
        return new BolusDetails(
                in.uint16If(flags & DELAY, "delayMinutes"),
                in.uint8If(flags & TEMPLATE, "template"),
                in.code8If(flags & ACTIVATION, "activationType", ActivationType.class),
                Bits.set(Reason.class, flags));
    }

    int flags() {
        return (delayMinutes.isPresent() ? DELAY : 0)
                | (template.isPresent() ? TEMPLATE : 0)
                | (activationType.isPresent() ? ACTIVATION : 0)
                | (int) Bits.mask(reasons);
    }

    /** Writes what follows the flags. */
    @Override
    public void write(FieldWriter out) {
        out.uint16("delayMinutes", delayMinutes);
        out.uint8("template", template);
        out.code8("activationType", activationType);
    }
}
