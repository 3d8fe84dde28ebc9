package org.openiomt.ble.profile.insulin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Status Reader Control Point, characteristic {@code 0x2B24} of the Insulin Delivery Service: what a client asks of a pump
 * that changes nothing in the therapy, and the answers.
 *
 * <pre>
 * field    type    octets  present when  meaning
 * opCode   uint16  2       always        see {@link Op}; others kept raw
 * operand  by the op code, see the records of {@link Body}
 * </pre>
 *
 * @param opCode what is asked or answered
 * @param body the operand, which suits the op code
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.5</a>
 */
public record StatusReaderMessage(Coded<Op> opCode, Body body, E2eCheck check, Remainder remainder)
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<StatusReaderMessage> CODEC = codec(InsulinContext.NOT_KNOWN);

    /** The op codes. */
    @SuppressWarnings("ImmutableEnumChecker") // a Layout is a class and a method
    public enum Op implements InsulinCode {
        /** How a request went. */
        RESPONSE(0x0303, Response.class, Response::read),
        /** Clears bits of the status that changed. */
        RESET_STATUS(0x030C, Reset.class, Reset::read),
        /** Asks for the boluses that run. */
        GET_ACTIVE_BOLUS_IDS(0x0330, Empty.class, in -> new Empty()),
        /** The boluses that run. */
        ACTIVE_BOLUS_IDS(0x033F, BolusIds.class, BolusIds::read),
        /** Asks for a bolus that runs. */
        GET_ACTIVE_BOLUS_DELIVERY(0x0356, BolusQuery.class, BolusQuery::read),
        /** A bolus that runs. */
        ACTIVE_BOLUS_DELIVERY(0x0359, ActiveBolus.class, ActiveBolus::read),
        /** Asks for the basal rate. */
        GET_ACTIVE_BASAL_RATE_DELIVERY(0x0365, Empty.class, in -> new Empty()),
        /** The basal rate, and what changes it for a time. */
        ACTIVE_BASAL_RATE_DELIVERY(0x036A, ActiveBasalRate.class, ActiveBasalRate::read),
        /** Asks what was delivered since midnight. */
        GET_TOTAL_DAILY_INSULIN_STATUS(0x0395, Empty.class, in -> new Empty()),
        /** What was delivered since midnight. */
        TOTAL_DAILY_INSULIN_STATUS(0x039A, DailyInsulin.class, DailyInsulin::read),
        /** Asks for a counter of the pump. */
        GET_COUNTER(0x03A6, CounterQuery.class, CounterQuery::read),
        /** A counter of the pump. */
        COUNTER(0x03A9, Counter.class, Counter::read),
        /** Asks what was delivered since the sums began. */
        GET_DELIVERED_INSULIN(0x03C0, Empty.class, in -> new Empty()),
        /** What was delivered since the sums began. */
        DELIVERED_INSULIN(0x03CF, DeliveredInsulin.class, DeliveredInsulin::read),
        /** Asks for the insulin that still acts. */
        GET_INSULIN_ON_BOARD(0x03F3, Empty.class, in -> new Empty()),
        /** The insulin that still acts. */
        INSULIN_ON_BOARD(0x03FC, InsulinOnBoard.class, InsulinOnBoard::read);

        private final int code;
        private final Layout<? extends Body> layout;

        <B extends Body> Op(int code, Class<B> type, Function<FieldReader, B> reader) {
            this.code = code;
            this.layout = new Layout<>(type, reader);
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Which amount of a bolus is asked for. */
    public enum BolusValueSelection implements InsulinCode {
        /** What shall be delivered. */
        PROGRAMMED(0x0F),
        /** What is left. */
        REMAINING(0x33),
        /** What was delivered. */
        DELIVERED(0x3C);

        private final int code;

        BolusValueSelection(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Which counter of the pump is asked for. */
    public enum CounterType implements InsulinCode {
        /** How long the pump may be used. */
        LIFETIME(0x0F),
        /** How long it is warranted. */
        WARRANTY_TIME(0x33),
        /** How long it is lent. */
        LOANER_TIME(0x3C),
        /** How long the insulin in the reservoir may be used. */
        RESERVOIR_INSULIN_OPERATION_TIME(0x55);

        private final int code;

        CounterType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Which side of a counter is asked for. */
    public enum CounterValueSelection implements InsulinCode {
        /** What is left. */
        REMAINING(0x0F),
        /** What has passed. */
        ELAPSED(0x33);

        private final int code;

        CounterValueSelection(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What follows an op code. */
    public sealed interface Body extends InsulinBody
            permits ActiveBasalRate,
                    ActiveBolus,
                    BolusIds,
                    BolusQuery,
                    Counter,
                    CounterQuery,
                    DailyInsulin,
                    DeliveredInsulin,
                    Empty,
                    InsulinOnBoard,
                    Reset,
                    Response {}

    /**
     * How a request went: requestOpCode uint16, responseCode uint8.
     *
     * @param request what is answered
     * @param result how it went
     */
    public record Response(Coded<Op> request, Coded<InsulinResult> result) implements Body {
        static Response read(FieldReader in) {
            return new Response(in.code16("requestOpCode", Op.class), in.code8("responseCode", InsulinResult.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code16("requestOpCode", request);
            out.code8("responseCode", result);
        }
    }

    /**
     * Clears bits of {@link StatusChanged}: flags uint16.
     *
     * @param changes which
     */
    public record Reset(Set<StatusChanged.Change> changes) implements Body {
        /** Copies the set. */
        public Reset {
            changes = Bits.copy(StatusChanged.Change.class, changes);
        }

        static Reset read(FieldReader in) {
            return new Reset(Bits.set(StatusChanged.Change.class, in.flags16(Bits.known(StatusChanged.Change.class))));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags16(Bits.mask(changes));
        }

        @Override
        public long knownFlags() {
            return Bits.known(StatusChanged.Change.class);
        }
    }

    /**
     * The boluses that run: count uint8, bolusId uint16 each. A count beyond the octets that came is refused.
     *
     * @param ids the pump's numbers of them, at most 255
     */
    public record BolusIds(List<Integer> ids) implements Body {
        /** Copies the list. */
        public BolusIds {
            ids = List.copyOf(ids);
            Bits.requireUnsigned("count", ids.size(), Byte.SIZE);
            ids.forEach(id -> Bits.requireUnsigned("bolusId", id, Short.SIZE));
        }

        static BolusIds read(FieldReader in) {
            return new BolusIds(in.list(in.uint8("count"), each -> each.uint16("bolusId")));
        }

        @Override
        public void write(FieldWriter out) {
            out.octets().uint8("count", ids.size());
            ids.forEach(id -> out.octets().uint16("bolusId", id));
            out.fields().put("bolusIds", ids);
        }
    }

    /**
     * Asks for a bolus that runs: bolusId uint16, selection uint8.
     *
     * @param bolusId the pump's number of it, 0 to 65,535
     * @param selection which of its amounts
     */
    public record BolusQuery(int bolusId, Coded<BolusValueSelection> selection) implements Body {
        /** Checks the range. */
        public BolusQuery {
            Bits.requireUnsigned("bolusId", bolusId, Short.SIZE);
        }

        static BolusQuery read(FieldReader in) {
            return new BolusQuery(in.uint16("bolusId"), in.code8("selection", BolusValueSelection.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint16("bolusId", bolusId);
            out.code8("selection", selection);
        }
    }

    /**
     * A bolus that runs.
     *
     * <pre>
     * field           type         octets  present when  meaning
     * flags           uint8        1       always        bit 0 delay, 1 template, 2 activation, 3 correction, 4 meal
     * bolusId         uint16       2       always        the pump's number of it
     * bolus           {@link Bolus}  7     always
     * delayMinutes    uint16       2       flags bit 0   min
     * template        uint8        1       flags bit 1   the number of its template
     * activationType  uint8        1       flags bit 2   see {@link BolusDetails.ActivationType}
     * </pre>
     *
     * @param bolusId the pump's number of it, 0 to 65,535
     * @param bolus what it delivers, by the amount that was asked for
     * @param details how it was set
     */
    public record ActiveBolus(int bolusId, Bolus bolus, BolusDetails details) implements Body {
        /** Checks the range. */
        public ActiveBolus {
            Bits.requireUnsigned("bolusId", bolusId, Short.SIZE);
            Objects.requireNonNull(bolus, "bolus");
            Objects.requireNonNull(details, "details");
        }

        static ActiveBolus read(FieldReader in) {
            int flags = in.flags(BolusDetails.KNOWN);
            return new ActiveBolus(in.uint16("bolusId"), Bolus.read(in), BolusDetails.read(in, flags));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(details.flags());
            out.uint16("bolusId", bolusId);
            bolus.write(out);
            details.write(out);
        }

        @Override
        public long knownFlags() {
            return BolusDetails.KNOWN;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "ActiveBolus[]";
        }
    }

    /**
     * The basal rate.
     *
     * <pre>
     * field             type    octets  present when     meaning
     * flags             uint8   1       always           bit 0 TBR, 1 its template, 2 context
     * template          uint8   1       always           the number of the profile
     * rateUnitsPerHour  SFLOAT  2       always           IU/h by the profile, without TBR
     * tbr               {@link TemporaryRate}  5  flags bit 0
     * remainingMinutes  uint16  2       flags bit 0      min that are left of the TBR
     * tbrTemplate       uint8   1       flags bits 0, 1  the number of its template
     * context           uint8   1       flags bit 2      see {@link DeliveryContext}
     * </pre>
     *
     * @param template the number of the profile, 0 to 255
     * @param rateUnitsPerHour IU/h by the profile
     * @param tbr the temporary basal rate, while there is one
     * @param remainingMinutes min that are left of it; there when it is
     * @param tbrTemplate the number of its template
     * @param context who set the rate
     */
    public record ActiveBasalRate(
            int template,
            MedicalFloat rateUnitsPerHour,
            Optional<TemporaryRate> tbr,
            OptionalInt remainingMinutes,
            OptionalInt tbrTemplate,
            Optional<Coded<DeliveryContext>> context)
            implements Body {
        private static final int TBR = 0x01;
        private static final int TEMPLATE = 0x02;
        private static final int CONTEXT = 0x04;
        private static final int KNOWN = TBR | TEMPLATE | CONTEXT;

        /** Checks ranges, and that the parts suit each other. */
        public ActiveBasalRate {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Objects.requireNonNull(rateUnitsPerHour, "rateUnitsPerHour");
            Bits.requireUnsigned("remainingMinutes", remainingMinutes, Short.SIZE);
            Bits.requireUnsigned("tbrTemplate", tbrTemplate, Byte.SIZE);
            Objects.requireNonNull(context, "context");
            if (tbr.isPresent() != remainingMinutes.isPresent()) {
                throw new IllegalArgumentException("a temporary basal rate and its remaining time come together");
            }
        }

        static ActiveBasalRate read(FieldReader in) {
            int flags = in.flags(KNOWN);
            int template = in.uint8("template");
            MedicalFloat rate = in.amount("rateUnitsPerHour");
            boolean hasTbr = (flags & TBR) != 0;
            return new ActiveBasalRate(
                    template,
                    rate,
                    hasTbr ? Optional.of(TemporaryRate.read(in)) : Optional.empty(),
                    in.uint16If(flags & TBR, "remainingMinutes"),
                    in.uint8If(flags & TEMPLATE, "tbrTemplate"),
                    in.code8If(flags & CONTEXT, "context", DeliveryContext.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((tbr.isPresent() ? TBR : 0)
                    | (tbrTemplate.isPresent() ? TEMPLATE : 0)
                    | (context.isPresent() ? CONTEXT : 0));
            out.uint8("template", template);
            out.amount("rateUnitsPerHour", rateUnitsPerHour);
            tbr.ifPresent(rate -> rate.write(out));
            out.uint16("remainingMinutes", remainingMinutes);
            out.uint8("tbrTemplate", tbrTemplate);
            out.code8("context", context);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "ActiveBasalRate[]";
        }
    }

    /**
     * What was delivered since midnight: SFLOAT each.
     *
     * @param bolusUnits IU by boluses
     * @param basalUnits IU by basal rates
     * @param totalUnits IU of both
     */
    public record DailyInsulin(MedicalFloat bolusUnits, MedicalFloat basalUnits, MedicalFloat totalUnits)
            implements Body {
        static DailyInsulin read(FieldReader in) {
            return new DailyInsulin(in.amount("bolusUnits"), in.amount("basalUnits"), in.amount("totalUnits"));
        }

        @Override
        public void write(FieldWriter out) {
            out.amount("bolusUnits", bolusUnits);
            out.amount("basalUnits", basalUnits);
            out.amount("totalUnits", totalUnits);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "DailyInsulin[]";
        }
    }

    /**
     * Asks for a counter: counterType uint8, selection uint8.
     *
     * @param type which counter
     * @param selection which side of it
     */
    public record CounterQuery(Coded<CounterType> type, Coded<CounterValueSelection> selection) implements Body {
        static CounterQuery read(FieldReader in) {
            return new CounterQuery(
                    in.code8("counterType", CounterType.class), in.code8("selection", CounterValueSelection.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("counterType", type);
            out.code8("selection", selection);
        }
    }

    /**
     * A counter: counterType uint8, selection uint8, minutes sint32.
     *
     * @param type which counter
     * @param selection which side of it
     * @param minutes min; negative once the time is over
     */
    public record Counter(Coded<CounterType> type, Coded<CounterValueSelection> selection, int minutes)
            implements Body {
        static Counter read(FieldReader in) {
            return new Counter(
                    in.code8("counterType", CounterType.class),
                    in.code8("selection", CounterValueSelection.class),
                    in.octets().int32("minutes"));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("counterType", type);
            out.code8("selection", selection);
            out.octets().int32("minutes", minutes);
            out.fields().put("minutes", minutes);
        }
    }

    /**
     * What was delivered since the sums began: FLOAT of 4 octets each.
     *
     * @param bolusUnits IU by boluses
     * @param basalUnits IU by basal rates
     */
    public record DeliveredInsulin(MedicalFloat bolusUnits, MedicalFloat basalUnits) implements Body {
        static DeliveredInsulin read(FieldReader in) {
            return new DeliveredInsulin(
                    in.octets().float32("bolusUnits"), in.octets().float32("basalUnits"));
        }

        @Override
        public void write(FieldWriter out) {
            out.octets().float32("bolusUnits", bolusUnits);
            out.octets().float32("basalUnits", basalUnits);
            out.fields().put("bolusUnits", bolusUnits).put("basalUnits", basalUnits);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "DeliveredInsulin[]";
        }
    }

    /**
     * The insulin that still acts: flags uint8, insulinOnBoardUnits SFLOAT, remainingMinutes uint16 when flags bit 0 is set.
     *
     * @param units IU
     * @param remainingMinutes min until it acts no more, 0 to 65,535
     */
    public record InsulinOnBoard(MedicalFloat units, OptionalInt remainingMinutes) implements Body {
        private static final int REMAINING = 0x01;

        /** Checks the range. */
        public InsulinOnBoard {
            Objects.requireNonNull(units, "units");
            Bits.requireUnsigned("remainingMinutes", remainingMinutes, Short.SIZE);
        }

        static InsulinOnBoard read(FieldReader in) {
            int flags = in.flags(REMAINING);
            return new InsulinOnBoard(
                    in.amount("insulinOnBoardUnits"), in.uint16If(flags & REMAINING, "remainingMinutes"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(remainingMinutes.isPresent() ? REMAINING : 0);
            out.amount("insulinOnBoardUnits", units);
            out.uint16("remainingMinutes", remainingMinutes);
        }

        @Override
        public long knownFlags() {
            return REMAINING;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "InsulinOnBoard[]";
        }
    }

    /** Checks that operand and op code suit each other. */
    public StatusReaderMessage {
        Objects.requireNonNull(check, "check");
        layout(opCode).requireSuited(opCode, body);
        Bits.requireUnknown(remainder, body.knownFlags());
    }

    /** Returns a message without tail; a protected pump needs one with a counter. */
    public static StatusReaderMessage of(Op opCode, Body body) {
        return new StatusReaderMessage(Coded.of(opCode), body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<StatusReaderMessage> codec(InsulinContext context) {
        return InsulinCodec.of(context, StatusReaderMessage::read);
    }

    private static Layout<? extends Body> layout(Coded<Op> opCode) {
        return opCode.known().<Layout<? extends Body>>map(op -> op.layout).orElse(Layout.NONE);
    }

    private static StatusReaderMessage read(FieldReader in) {
        Coded<Op> opCode = in.code16("opCode", Op.class);
        Body body = layout(opCode).read(in);
        E2e.End end = in.end();
        return new StatusReaderMessage(opCode, body, end.check(), end.remainder());
    }

    @Override
    public void write(FieldWriter out) {
        out.code16("opCode", opCode);
        body.write(out);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
