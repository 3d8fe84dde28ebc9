package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/** What the history tells of a bolus. Amounts are SFLOAT in IU. */
public sealed interface BolusHistory extends HistoryData {

    /**
     * What a bolus calculator recommended, or what the person made of it.
     *
     * @param mealFastUnits IU at once for the meal
     * @param mealExtendedUnits IU over a time for the meal
     * @param correctionFastUnits IU at once for the correction
     * @param correctionExtendedUnits IU over a time for the correction
     */
    record Calculated(
            MedicalFloat mealFastUnits,
            MedicalFloat mealExtendedUnits,
            MedicalFloat correctionFastUnits,
            MedicalFloat correctionExtendedUnits)
            implements BolusHistory {
        static Calculated read(FieldReader in) {
            return new Calculated(
                    in.amount("mealFastUnits"),
                    in.amount("mealExtendedUnits"),
                    in.amount("correctionFastUnits"),
                    in.amount("correctionExtendedUnits"));
        }

        @Override
        public void write(FieldWriter out) {
            out.amount("mealFastUnits", mealFastUnits);
            out.amount("mealExtendedUnits", mealExtendedUnits);
            out.amount("correctionFastUnits", correctionFastUnits);
            out.amount("correctionExtendedUnits", correctionExtendedUnits);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Calculated[]";
        }
    }

    /**
     * A bolus that was set, or that was delivered: bolusId uint16, then a {@link Bolus}.
     *
     * @param bolusId the pump's number of it, 0 to 65,535
     * @param bolus what was set, or delivered
     */
    record BolusAmounts(int bolusId, Bolus bolus) implements BolusHistory {
        /** Checks the range. */
        public BolusAmounts {
            Bits.requireUnsigned("bolusId", bolusId, Short.SIZE);
            Objects.requireNonNull(bolus, "bolus");
        }

        static BolusAmounts read(FieldReader in) {
            return new BolusAmounts(in.uint16("bolusId"), Bolus.read(in));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint16("bolusId", bolusId);
            bolus.write(out);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "BolusAmounts[]";
        }
    }

    /**
     * How a bolus was set: flags uint8, then {@link BolusDetails}.
     *
     * @param details how
     */
    record Programmed(BolusDetails details) implements BolusHistory {
        /** Checks that they are there. */
        public Programmed {
            Objects.requireNonNull(details, "details");
        }

        static Programmed read(FieldReader in) {
            return new Programmed(BolusDetails.read(in, in.flags(BolusDetails.KNOWN)));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(details.flags());
            details.write(out);
        }

        @Override
        public long knownFlags() {
            return BolusDetails.KNOWN;
        }
    }

    /**
     * How a bolus was delivered: flags uint8, startOffsetSeconds uint32, activationType uint8 (flags bit 0), endReason uint8 (bit
     * 1), annunciationId uint16 (bit 2).
     *
     * @param startOffsetSeconds s from the event that set it to its begin, 0 to 4,294,967,295
     * @param activationType who decided on it
     * @param endReason why it ended
     * @param annunciationId the annunciation that belongs to it, 0 to 65,535
     */
    record Delivered(
            long startOffsetSeconds,
            Optional<Coded<BolusDetails.ActivationType>> activationType,
            Optional<Coded<EndReason>> endReason,
            OptionalInt annunciationId)
            implements BolusHistory {
        private static final int ACTIVATION = 0x01;
        private static final int END = 0x02;
        private static final int ANNUNCIATION = 0x04;
        private static final int KNOWN = ACTIVATION | END | ANNUNCIATION;

        /** Checks the ranges. */
        public Delivered {
            Bits.requireUnsigned("startOffsetSeconds", startOffsetSeconds, Integer.SIZE);
            Objects.requireNonNull(activationType, "activationType");
            Objects.requireNonNull(endReason, "endReason");
            Bits.requireUnsigned("annunciationId", annunciationId, Short.SIZE);
        }

        static Delivered read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new Delivered(
                    in.octets().uint32("startOffsetSeconds"),
                    in.code8If(flags & ACTIVATION, "activationType", BolusDetails.ActivationType.class),
                    in.code8If(flags & END, "endReason", EndReason.class),
                    in.uint16If(flags & ANNUNCIATION, "annunciationId"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((activationType.isPresent() ? ACTIVATION : 0)
                    | (endReason.isPresent() ? END : 0)
                    | (annunciationId.isPresent() ? ANNUNCIATION : 0));
            out.uint32("startOffsetSeconds", startOffsetSeconds);
            out.code8("activationType", activationType);
            out.code8("endReason", endReason);
            out.uint16("annunciationId", annunciationId);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }
    }
}
