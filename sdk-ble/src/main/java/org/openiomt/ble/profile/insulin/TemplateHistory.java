package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/** What the history tells of profiles, templates and limits. Amounts are SFLOAT in IU. */
public sealed interface TemplateHistory extends HistoryData {

    /** What kind of profile template was activated. */
    enum ProfileTemplateType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** Basal rates. */
        BASAL_RATE(0x33),
        /** Insulin sensitivity factors. */
        INSULIN_SENSITIVITY(0x3C),
        /** Insulin to carbohydrate ratios. */
        INSULIN_TO_CARBOHYDRATE(0x55),
        /** Target glucose ranges. */
        TARGET_GLUCOSE_RANGE(0x5A);

        private final int code;

        ProfileTemplateType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /**
     * A profile was activated: templateType, oldTemplate, newTemplate uint8 each.
     *
     * @param type which kind
     * @param oldTemplate the number of the profile before, 0 to 255
     * @param newTemplate the number of the profile from now on, 0 to 255
     */
    record TemplateActivated(Coded<ProfileTemplateType> type, int oldTemplate, int newTemplate)
            implements TemplateHistory {
        /** Checks the ranges. */
        public TemplateActivated {
            Bits.requireUnsigned("oldTemplate", oldTemplate, Byte.SIZE);
            Bits.requireUnsigned("newTemplate", newTemplate, Byte.SIZE);
        }

        static TemplateActivated read(FieldReader in) {
            return new TemplateActivated(
                    in.code8("templateType", ProfileTemplateType.class),
                    in.uint8("oldTemplate"),
                    in.uint8("newTemplate"));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("templateType", type);
            out.uint8("oldTemplate", oldTemplate);
            out.uint8("newTemplate", newTemplate);
        }
    }

    /**
     * A block of a profile changed: template uint8, blockNumber uint8, then a {@link TimeBlock}.
     *
     * @param template the number of the profile, 0 to 255
     * @param number the number of the block, 0 to 255
     * @param block what it holds now; with an upper end for a target glucose range
     */
    record BlockChanged(int template, int number, TimeBlock block) implements TemplateHistory {
        /** Checks the ranges. */
        public BlockChanged {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("blockNumber", number, Byte.SIZE);
            Objects.requireNonNull(block, "block");
        }

        static BlockChanged read(FieldReader in, Function<FieldReader, TimeBlock> block) {
            return new BlockChanged(in.uint8("template"), in.uint8("blockNumber"), block.apply(in));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", template);
            out.uint8("blockNumber", number);
            block.write(out);
        }
    }

    /**
     * A template of a bolus changed: template uint8, then a {@link Bolus}.
     *
     * @param template its number, 0 to 255
     * @param bolus what it delivers
     */
    record BolusTemplateChanged(int template, Bolus bolus) implements TemplateHistory {
        /** Checks the range. */
        public BolusTemplateChanged {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Objects.requireNonNull(bolus, "bolus");
        }

        static BolusTemplateChanged read(FieldReader in) {
            return new BolusTemplateChanged(in.uint8("template"), Bolus.read(in));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", template);
            bolus.write(out);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "BolusTemplateChanged[]";
        }
    }

    /**
     * How long a bolus of the template of the event before waits: flags uint8 with bit 1 for a correction and bit 2 for a meal,
     * delayMinutes uint16 (flags bit 0).
     *
     * @param delayMinutes min, 0 to 65,535
     * @param reasons what the bolus is for
     */
    record TemplateDelay(OptionalInt delayMinutes, Set<BolusDetails.Reason> reasons) implements TemplateHistory {
        private static final int DELAY = 0x01;
        private static final int KNOWN = 0x07;

        /** Copies the set. */
        public TemplateDelay {
            Bits.requireUnsigned("delayMinutes", delayMinutes, Short.SIZE);
            reasons = Bits.copy(BolusDetails.Reason.class, reasons);
        }

        static TemplateDelay read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new TemplateDelay(
                    in.uint16If(flags & DELAY, "delayMinutes"),
                    Bits.set(BolusDetails.Reason.class, (long) flags << CommandMessage.BolusTemplate.REASON_SHIFT));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((delayMinutes.isPresent() ? DELAY : 0)
                    | Bits.mask(reasons) >> CommandMessage.BolusTemplate.REASON_SHIFT);
            out.uint16("delayMinutes", delayMinutes);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }
    }

    /**
     * The most that a bolus may be changed: oldUnits, newUnits.
     *
     * @param oldUnits IU before
     * @param newUnits IU from now on
     */
    record MaximumChanged(MedicalFloat oldUnits, MedicalFloat newUnits) implements TemplateHistory {
        static MaximumChanged read(FieldReader in) {
            return new MaximumChanged(in.amount("oldUnits"), in.amount("newUnits"));
        }

        @Override
        public void write(FieldWriter out) {
            out.amount("oldUnits", oldUnits);
            out.amount("newUnits", newUnits);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "MaximumChanged[]";
        }
    }
}
