package org.openiomt.ble.profile.insulin;

/** What a {@link HistoryEvent} tells, by its type; an unknown type is {@link Empty} and keeps its octets in the remainder. */
public sealed interface HistoryData extends InsulinBody
        permits AnnunciationHistory,
                BasalRateHistory,
                BolusHistory,
                ClockHistory,
                Empty,
                InsulinAmount,
                PumpStateHistory,
                TemplateHistory,
                TemporaryRateTemplate {

    /** Why a bolus or a temporary basal rate ended. */
    enum EndReason implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** It has run its time. */
        PROGRAMMED_DURATION_OVER(0x33),
        /** Somebody canceled it. */
        CANCELED(0x3C),
        /** A fault ended it. */
        ERROR_ABORT(0x55);

        private final int code;

        EndReason(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }
}
