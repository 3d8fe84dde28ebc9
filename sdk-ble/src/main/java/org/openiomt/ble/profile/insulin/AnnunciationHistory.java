package org.openiomt.ble.profile.insulin;

import java.util.List;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;

/** What the history tells of annunciations. */
public sealed interface AnnunciationHistory extends HistoryData {

    /**
     * An annunciation changed: flags uint8, instanceId uint16, type uint16, status uint8, auxiliary1 and 2 uint16 (flags bits 0 and
     * 1).
     *
     * @param instanceId the pump's number of it, 0 to 65,535
     * @param type what it is about
     * @param status what became of it
     * @param auxiliary two numbers, present or not; what they mean is the manufacturer's
     */
    record AnnunciationChanged(
            int instanceId,
            Coded<AnnunciationState.Type> type,
            Coded<AnnunciationState.Status> status,
            List<OptionalInt> auxiliary)
            implements AnnunciationHistory {
        private static final int NUMBERS = 2;
        private static final int KNOWN = 0x03;

        /** Copies the list. */
        public AnnunciationChanged {
            Bits.requireUnsigned("instanceId", instanceId, Short.SIZE);
            auxiliary = AuxiliaryNumbers.copy(auxiliary, NUMBERS);
        }

        static AnnunciationChanged read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new AnnunciationChanged(
                    in.uint16("instanceId"),
                    in.code16("type", AnnunciationState.Type.class),
                    in.code8("status", AnnunciationState.Status.class),
                    AuxiliaryNumbers.read(in, flags, 1, NUMBERS));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(AuxiliaryNumbers.flags(auxiliary));
            out.uint16("instanceId", instanceId);
            out.code16("type", type);
            out.code8("status", status);
            AuxiliaryNumbers.write(out, 1, auxiliary);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }
    }

    /**
     * What the manufacturer adds to the annunciation of the event before: flags uint8, auxiliary3, 4 and 5 uint16 (flags bits 0, 1,
     * 2).
     *
     * @param auxiliary three numbers, present or not; what they mean is the manufacturer's
     */
    record Auxiliary(List<OptionalInt> auxiliary) implements AnnunciationHistory {
        private static final int NUMBERS = 3;
        private static final int FIRST = 3;
        private static final int KNOWN = 0x07;

        /** Copies the list. */
        public Auxiliary {
            auxiliary = AuxiliaryNumbers.copy(auxiliary, NUMBERS);
        }

        static Auxiliary read(FieldReader in) {
            return new Auxiliary(AuxiliaryNumbers.read(in, in.flags(KNOWN), FIRST, NUMBERS));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(AuxiliaryNumbers.flags(auxiliary));
            AuxiliaryNumbers.write(out, FIRST, auxiliary);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }
    }
}
