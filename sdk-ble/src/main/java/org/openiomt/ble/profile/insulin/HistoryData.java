package org.openiomt.ble.profile.insulin;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.insulin.InsulinCodes.AnnunciationStatus;
import org.openiomt.ble.profile.insulin.InsulinCodes.AnnunciationType;
import org.openiomt.ble.profile.insulin.InsulinCodes.BolusActivationType;
import org.openiomt.ble.profile.insulin.InsulinCodes.DeliveryContext;
import org.openiomt.ble.profile.insulin.InsulinCodes.EndReason;
import org.openiomt.ble.profile.insulin.InsulinCodes.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinCodes.PrimingEnd;
import org.openiomt.ble.profile.insulin.InsulinCodes.ProfileTemplateType;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordingReason;
import org.openiomt.ble.profile.insulin.InsulinCodes.TbrType;
import org.openiomt.ble.profile.insulin.InsulinCodes.TherapyControlState;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.MedicalFloat;

/** What a {@link HistoryEvent} tells, by its type. Amounts are SFLOAT in IU, rates SFLOAT in IU/h. */
public sealed interface HistoryData extends InsulinBody {

    /** An event that says all by its type; one of an unknown type keeps its octets in the remainder. */
    record Empty() implements HistoryData {
        @Override
        public void write(FieldWriter out) {
            // the type says it all
        }
    }

    /**
     * The clock of the pump: reason uint8, dateTime date-time, timeZone sint8 and dst uint8 as in a session start time.
     *
     * @param reason why it was recorded
     * @param dateTime local time
     * @param timeZoneQuarters quarters of an hour from UTC, -127 to 127; empty when not known (-128)
     * @param dstQuarters quarters of an hour of summer time, 0 to 254; empty when not known (255)
     */
    record ReferenceTime(
            Coded<RecordingReason> reason,
            DeviceDateTime dateTime,
            OptionalInt timeZoneQuarters,
            OptionalInt dstQuarters)
            implements HistoryData {
        private static final int SECONDS = 60;

        /** Checks the ranges. */
        public ReferenceTime {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(dateTime, "dateTime");
            if (timeZoneQuarters.isPresent() && Math.abs(timeZoneQuarters.getAsInt()) > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("timeZoneQuarters out of range -127..127");
            }
            if (dstQuarters.isPresent()
                    && (dstQuarters.getAsInt() < 0 || dstQuarters.getAsInt() >= DstOffset.UNKNOWN)) {
                throw new IllegalArgumentException("dstQuarters out of range 0..254");
            }
        }

        static ReferenceTime read(FieldReader in) {
            Coded<RecordingReason> reason = in.code8("reason", RecordingReason.class);
            DeviceDateTime time = in.dateTime("dateTime");
            int zone = TimeZone.readCode(in.octets());
            int dst = DstOffset.readCode(in.octets());
            return new ReferenceTime(
                    reason,
                    time,
                    zone == TimeZone.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(zone),
                    dst == DstOffset.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(dst));
        }

        /** Returns the offset of the local time from UTC, summer time included, when the pump knows both and they exist. */
        public Optional<ZoneOffset> offset() {
            OptionalInt zone = TimeZone.offsetMinutes(timeZoneQuarters.orElse(TimeZone.UNKNOWN));
            OptionalInt summer = DstOffset.offsetMinutes(dstQuarters.orElse(DstOffset.UNKNOWN));
            return zone.isPresent() && summer.isPresent()
                    ? Optional.of(ZoneOffset.ofTotalSeconds((zone.getAsInt() + summer.getAsInt()) * SECONDS))
                    : Optional.empty();
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("reason", reason);
            out.dateTime("dateTime", dateTime);
            out.quarters("timeZone", timeZoneQuarters, TimeZone.UNKNOWN);
            out.quarters("dst", dstQuarters, DstOffset.UNKNOWN);
        }
    }

    /**
     * The clock of the pump in another form: reason uint8, baseTime date-time, offsetMinutes sint16.
     *
     * @param reason why it was recorded
     * @param baseTime the pump's own clock
     * @param offsetMinutes min that are added for the time that the user sees, -32,768 to 32,767
     */
    record BaseOffset(Coded<RecordingReason> reason, DeviceDateTime baseTime, int offsetMinutes)
            implements HistoryData {
        /** Checks the range. */
        public BaseOffset {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(baseTime, "baseTime");
            if ((short) offsetMinutes != offsetMinutes) {
                throw new IllegalArgumentException("offsetMinutes out of range -32768..32767");
            }
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("reason", reason);
            out.dateTime("baseTime", baseTime);
            out.octets().int16("offsetMinutes", offsetMinutes);
            out.fields().put("offsetMinutes", offsetMinutes);
        }
    }

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
            implements HistoryData {
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
    record BolusAmounts(int bolusId, Bolus bolus) implements HistoryData {
        /** Checks the range. */
        public BolusAmounts {
            Bits.requireUnsigned("bolusId", bolusId, Short.SIZE);
            Objects.requireNonNull(bolus, "bolus");
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
    record Programmed(BolusDetails details) implements HistoryData {
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
            Optional<Coded<BolusActivationType>> activationType,
            Optional<Coded<EndReason>> endReason,
            OptionalInt annunciationId)
            implements HistoryData {
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
                    in.code8If(flags & ACTIVATION, "activationType", BolusActivationType.class),
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

    /**
     * The basal rate changed: flags uint8, oldUnitsPerHour, newUnitsPerHour, context uint8 (flags bit 0).
     *
     * @param oldUnitsPerHour IU/h before
     * @param newUnitsPerHour IU/h from now on
     * @param context who set it
     */
    record BasalRateChanged(
            MedicalFloat oldUnitsPerHour, MedicalFloat newUnitsPerHour, Optional<Coded<DeliveryContext>> context)
            implements HistoryData {
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
            implements HistoryData {
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
            Coded<TbrType> type,
            int effectiveMinutes,
            Coded<EndReason> endReason,
            OptionalInt template,
            OptionalInt annunciationId)
            implements HistoryData {
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
                    in.code8("tbrType", TbrType.class),
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

    /**
     * A profile was activated: templateType, oldTemplate, newTemplate uint8 each.
     *
     * @param type which kind
     * @param oldTemplate the number of the profile before, 0 to 255
     * @param newTemplate the number of the profile from now on, 0 to 255
     */
    record TemplateActivated(Coded<ProfileTemplateType> type, int oldTemplate, int newTemplate) implements HistoryData {
        /** Checks the ranges. */
        public TemplateActivated {
            Bits.requireUnsigned("oldTemplate", oldTemplate, Byte.SIZE);
            Bits.requireUnsigned("newTemplate", newTemplate, Byte.SIZE);
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
    record BlockChanged(int template, int number, TimeBlock block) implements HistoryData {
        /** Checks the ranges. */
        public BlockChanged {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("blockNumber", number, Byte.SIZE);
            Objects.requireNonNull(block, "block");
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", template);
            out.uint8("blockNumber", number);
            block.write(out);
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
            implements HistoryData {
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

    /**
     * The therapy started, paused or stopped: oldState and newState uint8.
     *
     * @param oldState before
     * @param newState from now on
     */
    record TherapyChanged(Coded<TherapyControlState> oldState, Coded<TherapyControlState> newState)
            implements HistoryData {
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
    record OperationChanged(Coded<OperationalState> oldState, Coded<OperationalState> newState) implements HistoryData {
        @Override
        public void write(FieldWriter out) {
            out.code8("oldState", oldState);
            out.code8("newState", newState);
        }
    }

    /**
     * What is left in the reservoir, or shall be primed: amountUnits.
     *
     * @param units IU
     */
    record Amount(MedicalFloat units) implements HistoryData {
        @Override
        public void write(FieldWriter out) {
            out.amount("amountUnits", units);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Amount[]";
        }
    }

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
            int instanceId, Coded<AnnunciationType> type, Coded<AnnunciationStatus> status, List<OptionalInt> auxiliary)
            implements HistoryData {
        private static final int NUMBERS = 2;
        private static final int KNOWN = 0x03;

        /** Copies the list. */
        public AnnunciationChanged {
            Bits.requireUnsigned("instanceId", instanceId, Short.SIZE);
            auxiliary = Auxiliary.copy(auxiliary, NUMBERS);
        }

        static AnnunciationChanged read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new AnnunciationChanged(
                    in.uint16("instanceId"),
                    in.code16("type", AnnunciationType.class),
                    in.code8("status", AnnunciationStatus.class),
                    Auxiliary.read(in, flags, 1, NUMBERS));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(Auxiliary.flags(auxiliary));
            out.uint16("instanceId", instanceId);
            out.code16("type", type);
            out.code8("status", status);
            Auxiliary.write(out, 1, auxiliary);
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
    record Auxiliary(List<OptionalInt> auxiliary) implements HistoryData {
        private static final int NUMBERS = 3;
        private static final int FIRST = 3;
        private static final int KNOWN = 0x07;

        /** Copies the list. */
        public Auxiliary {
            auxiliary = copy(auxiliary, NUMBERS);
        }

        static Auxiliary read(FieldReader in) {
            return new Auxiliary(read(in, in.flags(KNOWN), FIRST, NUMBERS));
        }

        private static List<OptionalInt> copy(List<OptionalInt> auxiliary, int count) {
            if (auxiliary.size() != count) {
                throw new IllegalArgumentException(
                        "expected " + count + " auxiliary numbers, but got " + auxiliary.size());
            }
            auxiliary.forEach(number -> Bits.requireUnsigned("auxiliary", number, Short.SIZE));
            return List.copyOf(auxiliary);
        }

        private static List<OptionalInt> read(FieldReader in, int flags, int first, int count) {
            List<OptionalInt> auxiliary = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                auxiliary.add(in.uint16If(flags & 1 << i, "auxiliary" + (first + i)));
            }
            return auxiliary;
        }

        private static int flags(List<OptionalInt> auxiliary) {
            int flags = 0;
            for (int i = 0; i < auxiliary.size(); i++) {
                flags |= auxiliary.get(i).isPresent() ? 1 << i : 0;
            }
            return flags;
        }

        private static void write(FieldWriter out, int first, List<OptionalInt> auxiliary) {
            for (int i = 0; i < auxiliary.size(); i++) {
                out.uint16("auxiliary" + (first + i), auxiliary.get(i));
            }
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(flags(auxiliary));
            write(out, FIRST, auxiliary);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
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
            implements HistoryData {
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
     * A template of a bolus changed: template uint8, then a {@link Bolus}.
     *
     * @param template its number, 0 to 255
     * @param bolus what it delivers
     */
    record BolusTemplateChanged(int template, Bolus bolus) implements HistoryData {
        /** Checks the range. */
        public BolusTemplateChanged {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Objects.requireNonNull(bolus, "bolus");
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
    record TemplateDelay(OptionalInt delayMinutes, Set<BolusDetails.Reason> reasons) implements HistoryData {
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
     * A template of a temporary basal rate changed: template uint8, then a {@link TemporaryRate}.
     *
     * @param template its number, 0 to 255
     * @param rate the rate
     */
    record TemporaryRateTemplateChanged(int template, TemporaryRate rate) implements HistoryData {
        /** Checks the range. */
        public TemporaryRateTemplateChanged {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Objects.requireNonNull(rate, "rate");
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", template);
            rate.write(out);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "TemporaryRateTemplateChanged[]";
        }
    }

    /**
     * The most that a bolus may be changed: oldUnits, newUnits.
     *
     * @param oldUnits IU before
     * @param newUnits IU from now on
     */
    record MaximumChanged(MedicalFloat oldUnits, MedicalFloat newUnits) implements HistoryData {
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
