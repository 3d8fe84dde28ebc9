package org.openiomt.ble.profile.insulin;

import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.insulin.InsulinStatus.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.core.wire.MedicalFloat;

/** What the history tells of the pump as a whole. Amounts are SFLOAT in IU. */
public sealed interface PumpStateHistory extends HistoryData {

    /** Why a priming ended. */
    enum PrimingEnd implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The person stopped it. */
        ABORTED_BY_USER(0x33),
        /** The amount was delivered. */
        PROGRAMMED_AMOUNT_REACHED(0x3C),
        /** A fault ended it. */
        ERROR_ABORT(0x55);

        private final int code;

        PrimingEnd(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /**
     * The therapy started, paused or stopped: oldState and newState uint8.
     *
     * @param oldState before
     * @param newState from now on
     */
    record TherapyChanged(Coded<TherapyControlState> oldState, Coded<TherapyControlState> newState)
            implements PumpStateHistory {
        static TherapyChanged read(FieldReader in) {
            return new TherapyChanged(
                    in.code8("oldState", TherapyControlState.class), in.code8("newState", TherapyControlState.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("oldState", oldState);
            out.code8("newState", newState);
        }
    }

    /**
     * The pump does something else: oldState and newState uint8.
     *
     * @param oldState before
     * @param newState from now on
     */
    record OperationChanged(Coded<OperationalState> oldState, Coded<OperationalState> newState)
            implements PumpStateHistory {
        static OperationChanged read(FieldReader in) {
            return new OperationChanged(
                    in.code8("oldState", OperationalState.class), in.code8("newState", OperationalState.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("oldState", oldState);
            out.code8("newState", newState);
        }
    }

    /**
     * Priming ended: flags uint8, deliveredUnits, endReason uint8, annunciationId uint16 (flags bit 0).
     *
     * @param deliveredUnits IU
     * @param endReason why it ended
     * @param annunciationId the annunciation that belongs to it, 0 to 65,535
     */
    record Primed(MedicalFloat deliveredUnits, Coded<PrimingEnd> endReason, OptionalInt annunciationId)
            implements PumpStateHistory {
        private static final int ANNUNCIATION = 0x01;

        /** Checks the range. */
        public Primed {
            Bits.requireUnsigned("annunciationId", annunciationId, Short.SIZE);
        }

        static Primed read(FieldReader in) {
            int flags = in.flags(ANNUNCIATION);
            return new Primed(
                    in.amount("deliveredUnits"),
                    in.code8("endReason", PrimingEnd.class),
                    in.uint16If(flags & ANNUNCIATION, "annunciationId"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(annunciationId.isPresent() ? ANNUNCIATION : 0);
            out.amount("deliveredUnits", deliveredUnits);
            out.code8("endReason", endReason);
            out.uint16("annunciationId", annunciationId);
        }

        @Override
        public long knownFlags() {
            return ANNUNCIATION;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Primed[]";
        }
    }

    /**
     * What was delivered on a day: flags uint8 with bit 0 for a clock that was set on it, bolusUnits, basalUnits, year uint16, month
     * uint8, day uint8.
     *
     * @param isClockChanged whether the clock was set on that day
     * @param bolusUnits IU by boluses
     * @param basalUnits IU by basal rates
     * @param year 0 when not known, else as sent
     * @param month 0 when not known, else as sent
     * @param day 0 when not known, else as sent
     */
    record DailyTotal(
            boolean isClockChanged, MedicalFloat bolusUnits, MedicalFloat basalUnits, int year, int month, int day)
            implements PumpStateHistory {
        private static final int CLOCK_CHANGED = 0x01;

        /** Checks the ranges. */
        public DailyTotal {
            Bits.requireUnsigned("year", year, Short.SIZE);
            Bits.requireUnsigned("month", month, Byte.SIZE);
            Bits.requireUnsigned("day", day, Byte.SIZE);
        }

        static DailyTotal read(FieldReader in) {
            return new DailyTotal(
                    (in.flags(CLOCK_CHANGED) & CLOCK_CHANGED) != 0,
                    in.amount("bolusUnits"),
                    in.amount("basalUnits"),
                    in.uint16("year"),
                    in.uint8("month"),
                    in.uint8("day"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(isClockChanged ? CLOCK_CHANGED : 0);
            out.amount("bolusUnits", bolusUnits);
            out.amount("basalUnits", basalUnits);
            out.uint16("year", year);
            out.uint8("month", month);
            out.uint8("day", day);
        }

        @Override
        public long knownFlags() {
            return CLOCK_CHANGED;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "DailyTotal[]";
        }
    }
}
