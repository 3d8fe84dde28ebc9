package org.openiomt.ble.profile.insulin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Command Control Point, characteristic {@code 0x2B25} of the Insulin Delivery Service: what changes the therapy, and the
 * answers. Long answers come through {@link CommandData}.
 *
 * <pre>
 * field    type    octets  present when  meaning
 * opCode   uint16  2       always        see {@link CommandCode}; others kept raw
 * operand  by the op code, see {@link CommandBody}
 * </pre>
 *
 * @param opCode what is asked or answered
 * @param body the operand, which suits the op code
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.6</a>
 */
public record CommandMessage(Coded<CommandCode> opCode, CommandBody body, E2eCheck check, Remainder remainder)
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<CommandMessage> CODEC = codec(InsulinContext.NOT_KNOWN);

    /**
     * How a command went: requestOpCode uint16, responseCode uint8.
     *
     * @param request what is answered
     * @param result how it went
     */
    public record Response(Coded<CommandCode> request, Coded<InsulinResult> result) implements CommandBody {
        static Response read(FieldReader in) {
            return new Response(
                    in.code16("requestOpCode", CommandCode.class), in.code8("responseCode", InsulinResult.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code16("requestOpCode", request);
            out.code8("responseCode", result);
        }
    }

    /**
     * Starts, pauses or stops the therapy: therapyControlState uint8.
     *
     * @param state the state that shall be
     */
    public record Therapy(Coded<TherapyControlState> state) implements CommandBody {
        static Therapy read(FieldReader in) {
            return new Therapy(in.code8("therapyControlState", TherapyControlState.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("therapyControlState", state);
        }
    }

    /**
     * Names an annunciation or a bolus: id uint16.
     *
     * @param id the pump's number of it, 0 to 65,535
     */
    public record Instance(int id) implements CommandBody {
        /** Checks the range. */
        public Instance {
            Bits.requireUnsigned("id", id, Short.SIZE);
        }

        static Instance read(FieldReader in) {
            return new Instance(in.uint16("id"));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint16("id", id);
        }
    }

    /**
     * Names a template: template uint8.
     *
     * @param number its number, 0 to 255
     */
    public record Template(int number) implements CommandBody {
        /** Checks the range. */
        public Template {
            Bits.requireUnsigned("template", number, Byte.SIZE);
        }

        static Template read(FieldReader in) {
            return new Template(in.uint8("template"));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", number);
        }
    }

    /**
     * Names several templates: count uint8, template uint8 each. A count beyond the octets that came is refused.
     *
     * @param numbers their numbers, 0 to 255 each
     */
    public record Templates(List<Integer> numbers) implements CommandBody {
        /** Copies the list. */
        public Templates {
            numbers = List.copyOf(numbers);
            Bits.requireUnsigned("count", numbers.size(), Byte.SIZE);
            numbers.forEach(number -> Bits.requireUnsigned("template", number, Byte.SIZE));
        }

        static Templates read(FieldReader in) {
            return new Templates(in.list(in.uint8("count"), each -> each.uint8("template")));
        }

        @Override
        public void write(FieldWriter out) {
            out.octets().uint8("count", numbers.size());
            numbers.forEach(number -> out.octets().uint8("template", number));
            out.fields().put("templates", numbers);
        }
    }

    /**
     * Blocks of a profile; a profile that is longer takes several messages.
     *
     * <pre>
     * field       type                 octets      present when   meaning
     * flags       uint8                1           always         bit 0 last blocks, 1 second block, 2 third block
     * template    uint8                1           always         the number of the profile
     * firstBlock  uint8                1           always         the number of the first block here
     * blocks      {@link TimeBlock}    4 | 6 each  always         1 to 3 values, or 1 to 2 ranges
     * </pre>
     *
     * @param isLast whether the profile is complete with these
     * @param template the number of the profile, 0 to 255
     * @param firstBlock the number of the first block, 0 to 255
     * @param blocks one to three; ranges at most two
     */
    public record WriteBlocks(boolean isLast, int template, int firstBlock, List<TimeBlock> blocks)
            implements CommandBody {
        private static final int LAST = 0x01;

        /** Copies the list. */
        public WriteBlocks {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("firstBlock", firstBlock, Byte.SIZE);
            blocks = ProfileBlocks.copy(blocks);
        }

        static WriteBlocks read(FieldReader in, boolean isRange) {
            int flags = in.flags(LAST | ProfileBlocks.more(isRange) << 1);
            return new WriteBlocks(
                    (flags & LAST) != 0,
                    in.uint8("template"),
                    in.uint8("firstBlock"),
                    ProfileBlocks.read(in, flags >> 1, isRange));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((isLast ? LAST : 0) | ProfileBlocks.flags(blocks) << 1);
            out.uint8("template", template);
            out.uint8("firstBlock", firstBlock);
            out.list("blocks", blocks);
        }

        @Override
        public long knownFlags() {
            return LAST | ProfileBlocks.more(ProfileBlocks.isRange(blocks)) << 1;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "WriteBlocks[]";
        }
    }

    /**
     * Blocks were taken: flags uint8 with bit 0 for a profile that is complete and sound, template uint8, firstBlock uint8.
     *
     * @param isComplete whether the whole profile was written
     * @param template the number of the profile, 0 to 255
     * @param firstBlock the number of the first block, 0 to 255
     */
    public record Wrote(boolean isComplete, int template, int firstBlock) implements CommandBody {
        private static final int COMPLETE = 0x01;

        /** Checks the ranges. */
        public Wrote {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("firstBlock", firstBlock, Byte.SIZE);
        }

        static Wrote read(FieldReader in) {
            int flags = in.flags(COMPLETE);
            return new Wrote((flags & COMPLETE) != 0, in.uint8("template"), in.uint8("firstBlock"));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(isComplete ? COMPLETE : 0);
            out.uint8("template", template);
            out.uint8("firstBlock", firstBlock);
        }

        @Override
        public long knownFlags() {
            return COMPLETE;
        }
    }

    /**
     * Sets a temporary basal rate.
     *
     * <pre>
     * field     type                   octets  present when  meaning
     * flags     uint8                  1       always        bit 0 template, 1 context, 2 replaces the one that runs
     * rate      {@link TemporaryRate}  5       always
     * template  uint8                  1       flags bit 0   the number of its template
     * context   uint8                  1       flags bit 1   see {@link DeliveryContext}
     * </pre>
     *
     * @param isChange whether it replaces the one that runs
     * @param rate the rate
     * @param template the number of its template, 0 to 255
     * @param context who sets it
     */
    public record SetTemporaryRate(
            boolean isChange, TemporaryRate rate, OptionalInt template, Optional<Coded<DeliveryContext>> context)
            implements CommandBody {
        private static final int TEMPLATE = 0x01;
        private static final int CONTEXT = 0x02;
        private static final int CHANGE = 0x04;
        private static final int KNOWN = TEMPLATE | CONTEXT | CHANGE;

        /** Checks the range. */
        public SetTemporaryRate {
            Objects.requireNonNull(rate, "rate");
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Objects.requireNonNull(context, "context");
        }

        static SetTemporaryRate read(FieldReader in) {
            int flags = in.flags(KNOWN);
            return new SetTemporaryRate(
                    (flags & CHANGE) != 0,
                    TemporaryRate.read(in),
                    in.uint8If(flags & TEMPLATE, "template"),
                    in.code8If(flags & CONTEXT, "context", DeliveryContext.class));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags((template.isPresent() ? TEMPLATE : 0)
                    | (context.isPresent() ? CONTEXT : 0)
                    | (isChange ? CHANGE : 0));
            rate.write(out);
            out.uint8("template", template);
            out.code8("context", context);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "SetTemporaryRate[]";
        }
    }

    /**
     * Sets a bolus: flags uint8, a {@link Bolus}, {@link BolusDetails}.
     *
     * @param bolus what it delivers
     * @param details how it is set
     */
    public record SetBolus(Bolus bolus, BolusDetails details) implements CommandBody {
        /** Checks that both are there. */
        public SetBolus {
            Objects.requireNonNull(bolus, "bolus");
            Objects.requireNonNull(details, "details");
        }

        static SetBolus read(FieldReader in) {
            int flags = in.flags(BolusDetails.KNOWN);
            return new SetBolus(Bolus.read(in), BolusDetails.read(in, flags));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(details.flags());
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
            return "SetBolus[]";
        }
    }

    /**
     * Which boluses can be set now: flags uint8.
     *
     * @param kinds which
     */
    public record AvailableBoluses(Set<Kind> kinds) implements CommandBody {
        /** A kind of bolus, by its bit. */
        public enum Kind implements Bit {
            /** At once. */
            FAST(0),
            /** Over a time. */
            EXTENDED(1),
            /** A part at once and the rest over a time. */
            MULTIWAVE(2);

            private final int bit;

            Kind(int bit) {
                this.bit = bit;
            }

            @Override
            public long mask() {
                return 1L << bit;
            }
        }

        /** Copies the set. */
        public AvailableBoluses {
            kinds = Bits.copy(Kind.class, kinds);
        }

        static AvailableBoluses read(FieldReader in) {
            return new AvailableBoluses(Bits.set(Kind.class, in.flags((int) Bits.known(Kind.class))));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(Bits.mask(kinds));
        }

        @Override
        public long knownFlags() {
            return Bits.known(Kind.class);
        }
    }

    /**
     * A template of a bolus.
     *
     * <pre>
     * field         type           octets  present when  meaning
     * template      uint8          1       always        its number
     * flags         uint8          1       always        bit 0 delay, 1 correction, 2 meal
     * bolus         {@link Bolus}  7       always
     * delayMinutes  uint16         2       flags bit 0   min before it begins
     * </pre>
     *
     * @param number its number, 0 to 255
     * @param bolus what it delivers
     * @param delayMinutes min before it begins, 0 to 65,535
     * @param reasons what it is for
     */
    public record BolusTemplate(int number, Bolus bolus, OptionalInt delayMinutes, Set<BolusDetails.Reason> reasons)
            implements CommandBody {
        /** How far the bits of the reasons lie lower here than in {@link BolusDetails}. */
        static final int REASON_SHIFT = 2;

        private static final int DELAY = 0x01;
        private static final int KNOWN = 0x07;

        /** Copies the set. */
        public BolusTemplate {
            Bits.requireUnsigned("template", number, Byte.SIZE);
            Objects.requireNonNull(bolus, "bolus");
            Bits.requireUnsigned("delayMinutes", delayMinutes, Short.SIZE);
            reasons = Bits.copy(BolusDetails.Reason.class, reasons);
        }

        static BolusTemplate read(FieldReader in) {
            int number = in.uint8("template");
            int flags = in.flags(KNOWN);
            return new BolusTemplate(
                    number,
                    Bolus.read(in),
                    in.uint16If(flags & DELAY, "delayMinutes"),
                    Bits.set(BolusDetails.Reason.class, (long) flags << REASON_SHIFT));
        }

        @Override
        public void write(FieldWriter out) {
            out.uint8("template", number);
            out.flags((delayMinutes.isPresent() ? DELAY : 0) | Bits.mask(reasons) >> REASON_SHIFT);
            bolus.write(out);
            out.uint16("delayMinutes", delayMinutes);
        }

        @Override
        public long knownFlags() {
            return KNOWN;
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "BolusTemplate[]";
        }
    }

    /** Checks that operand and op code suit each other. */
    public CommandMessage {
        Objects.requireNonNull(check, "check");
        layout(opCode).requireSuited(opCode, body);
        if (body instanceof WriteBlocks written
                && ProfileBlocks.isRange(written.blocks) != opCode.is(CommandCode.WRITE_TARGET_RANGE_PROFILE)) {
            throw new IllegalArgumentException(opCode + " needs other blocks");
        }
        Bits.requireUnknown(remainder, body.knownFlags());
    }

    /** Returns a message without tail; a protected pump needs one with a counter. */
    public static CommandMessage of(CommandCode opCode, CommandBody body) {
        return new CommandMessage(Coded.of(opCode), body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<CommandMessage> codec(InsulinContext context) {
        return InsulinCodec.of(context, CommandMessage::read);
    }

    private static Layout<? extends CommandBody> layout(Coded<CommandCode> opCode) {
        return opCode.known()
                .filter(code -> !code.isData())
                .<Layout<? extends CommandBody>>map(CommandCode::layout)
                .orElse(Layout.NONE);
    }

    private static CommandMessage read(FieldReader in) {
        int at = in.octets().offset();
        Coded<CommandCode> opCode = in.code16("opCode", CommandCode.class);
        CommandBody body = layout(opCode).read(in);
        if (opCode.known().filter(CommandCode::isData).isPresent()) {
            in.octets().unforeseen("opCode", at, opCode + " belongs to the command data");
        }
        E2e.End end = in.end();
        return new CommandMessage(opCode, body, end.check(), end.remainder());
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
