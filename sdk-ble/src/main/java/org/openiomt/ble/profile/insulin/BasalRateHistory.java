package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.MedicalFloat;

/** What the history tells of basal rates. Rates are SFLOAT in IU/h. */
public sealed interface BasalRateHistory extends HistoryData {

    /**
     * The basal rate changed: flags uint8, oldUnitsPerHour, newUnitsPerHour, context uint8 (flags bit 0).
     *
     * @param oldUnitsPerHour IU/h before
     * @param newUnitsPerHour IU/h from now on
     * @param context who set it
     */
    record BasalRateChanged(
            MedicalFloat oldUnitsPerHour, MedicalFloat newUnitsPerHour, Optional<Coded<DeliveryContext>> context)
            implements BasalRateHistory {
        private static final int CONTEXT = 0x01;

        static BasalRateChanged read(FieldReader in) {
            int flags = in.flags(CONTEXT);
            return new BasalRateChanged(
                    in.amount("oldUnitsPerHour"),
                    in.amount("newUnitsPerHour"),
                    in.code8If(flags & CONTEXT, "context", DeliveryContext.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(context.isPresent() ? CONTEXT : 0);
            out.amount("oldUnitsPerHour", oldUnitsPerHour);
            out.amount("newUnitsPerHour", newUnitsPerHour);
            out.code8("context", context);
        }

        @Override
        public long knownFlags() {
            return CONTEXT;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "BasalRateChanged[]";
        }
    }

    /**
     * A temporary basal rate started, or changed: flags uint8, a {@link TemporaryRate}, elapsedMinutes uint16 (when it changed),
     * template uint8 (flags bit 0).
     *
     * @param rate the rate
     * @param elapsedMinutes min that had passed, 0 to 65,535; there when it changed
     * @param template the number of its template, 0 to 255
     */
    record TemporaryRateSet(TemporaryRate rate, OptionalInt elapsedMinutes, OptionalInt template)
            implements BasalRateHistory {
        private static final int TEMPLATE = 0x01;

        /** Checks the ranges. */
        public TemporaryRateSet {
            Objects.requireNonNull(rate, "rate");
            Bits.requireUnsigned("elapsedMinutes", elapsedMinutes, Short.SIZE);
            Bits.requireUnsigned("template", template, Byte.SIZE);
        }

        static TemporaryRateSet read(FieldReader in, boolean isChange) {
            int flags = in.flags(TEMPLATE);
            return new TemporaryRateSet(
                    TemporaryRate.read(in),
                    in.uint16If(isChange ? 1 : 0, "elapsedMinutes"),
                    in.uint8If(flags & TEMPLATE, "template"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(template.isPresent() ? TEMPLATE : 0);
            rate.write(out);
            out.uint16("elapsedMinutes", elapsedMinutes);
            out.uint8("template", template);
        }

        @Override
        public long knownFlags() {
            return TEMPLATE;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "TemporaryRateSet[]";
        }
    }

    /**
     * A temporary basal rate ended: flags uint8, tbrType uint8, effectiveMinutes uint16, endReason uint8, template uint8 (flags bit
     * 0), annunciationId uint16 (bit 1).
     *
     * @param type how it was meant
     * @param effectiveMinutes min that it ran, 0 to 65,535
     * @param endReason why it ended
     * @param template the number of its template, 0 to 255
     * @param annunciationId the annunciation that belongs to it, 0 to 65,535
     */
    record TemporaryRateEnded(
            Coded<TemporaryRate.Type> type,
            int effectiveMinutes,
            Coded<EndReason> endReason,
            OptionalInt template,
            OptionalInt annunciationId)
            implements BasalRateHistory {
        private static final int TEMPLATE = 0x01;
        private static final int ANNUNCIATION = 0x02;
        private static final int KNOWN = TEMPLATE | ANNUNCIATION;

        /** Checks the ranges. */
        public TemporaryRateEnded {
            Bits.requireUnsigned("effectiveMinutes", effectiveMinutes, Short.SIZE);
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("annunciationId", annunciationId, Short.SIZE);
        }

        static TemporaryRateEnded read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new TemporaryRateEnded(
                    in.code8("tbrType", TemporaryRate.Type.class),
                    in.uint16("effectiveMinutes"),
                    in.code8("endReason", EndReason.class),
                    in.uint8If(flags & TEMPLATE, "template"),
                    in.uint16If(flags & ANNUNCIATION, "annunciationId"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((template.isPresent() ? TEMPLATE : 0) | (annunciationId.isPresent() ? ANNUNCIATION : 0));
            out.code8("tbrType", type);
            out.uint16("effectiveMinutes", effectiveMinutes);
            out.code8("endReason", endReason);
            out.uint8("template", template);
            out.uint16("annunciationId", annunciationId);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }
    }
}
