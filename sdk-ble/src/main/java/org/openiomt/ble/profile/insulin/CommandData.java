package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Command Data, characteristic {@code 0x2B26} of the Insulin Delivery Service: answers to commands that take several
 * notifications. The control point says when the last has come.
 *
 * <pre>
 * field    type    octets  present when  meaning
 * opCode   uint16  2       always        see {@link CommandCode}; others kept raw
 * operand  by the op code, {@link Blocks} or {@link TemplateStatus}
 * </pre>
 *
 * @param opCode what is answered
 * @param body the operand, which suits the op code
 * @param check what counter and check sum say
 * @param remainder unknown flags, and octets before the counter
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.7</a>
 */
public record CommandData(Coded<CommandCode> opCode, CommandBody body, E2eCheck check, Remainder remainder)
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<CommandData> CODEC = codec(InsulinContext.NOT_KNOWN);

    /** What kind of template it is. */
    public enum TemplateType implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** Basal rates. */
        BASAL_RATE_PROFILE(0x33),
        /** A temporary basal rate. */
        TBR(0x3C),
        /** A bolus. */
        BOLUS(0x55),
        /** Insulin sensitivity factors. */
        INSULIN_SENSITIVITY_PROFILE(0x5A),
        /** Insulin to carbohydrate ratios. */
        INSULIN_TO_CARBOHYDRATE_PROFILE(0x66),
        /** Target glucose ranges. */
        TARGET_GLUCOSE_RANGE_PROFILE(0x96);

        private final int code;

        TemplateType(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /**
     * Blocks of a profile.
     *
     * <pre>
     * field       type               octets      present when  meaning
     * flags       uint8              1           always        bit 0 second block, 1 third block
     * template    uint8              1           always        the number of the profile
     * firstBlock  uint8              1           always        the number of the first block here
     * blocks      {@link TimeBlock}  4 | 6 each  always        1 to 3 values, or 1 to 2 ranges
     * </pre>
     *
     * @param template the number of the profile, 0 to 255
     * @param firstBlock the number of the first block, 0 to 255
     * @param blocks one to three; ranges at most two
     */
    public record Blocks(int template, int firstBlock, List<TimeBlock> blocks) implements CommandBody {
        /** Copies the list. */
        public Blocks {
            Bits.requireUnsigned("template", template, Byte.SIZE);
            Bits.requireUnsigned("firstBlock", firstBlock, Byte.SIZE);
            blocks = ProfileBlocks.copy(blocks);
        }

        static Blocks read(FieldReader in, boolean isRange) {
            int flags = in.flags(ProfileBlocks.more(isRange));
            return new Blocks(in.uint8("template"), in.uint8("firstBlock"), ProfileBlocks.read(in, flags, isRange));
        }

        @Override
        public void write(FieldWriter out) {
            out.flags(ProfileBlocks.flags(blocks));
            out.uint8("template", template);
            out.uint8("firstBlock", firstBlock);
            out.list("blocks", blocks);
        }

        @Override
        public long knownFlags() {
            return ProfileBlocks.more(ProfileBlocks.isRange(blocks));
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Blocks[]";
        }
    }

    /**
     * Which templates of one kind there are.
     *
     * <pre>
     * field          type   octets          present when  meaning
     * templateType   uint8  1               always        see {@link TemplateType}; others kept raw
     * firstTemplate  uint8  1               always        the number of the first
     * count          uint8  1               always        how many there are
     * maxBlocks      uint8  1               always        the most blocks that a profile may have
     * states         uint2  (count + 3)/4   always        bit 0 configurable, bit 1 configured; first in the lowest bits
     * </pre>
     *
     * A count beyond the octets that came is refused.
     *
     * @param type which kind
     * @param firstTemplate the number of the first, 0 to 255
     * @param maxBlocks the most blocks that a profile may have, 0 to 255
     * @param states one for each template, at most 255
     * @param padding the bits after the last state, as sent
     */
    public record TemplateStatus(
            Coded<TemplateType> type, int firstTemplate, int maxBlocks, List<State> states, int padding)
            implements CommandBody {
        private static final int PER_OCTET = 4;
        private static final int STATE_BITS = 2;
        private static final int STATE_MASK = 3;
        private static final int OCTET = 0xFF;

        /** What can be said of a template; two bits, in the order of their value. */
        public enum State {
            /** It is fixed and empty. */
            NEITHER(0),
            /** It can be changed and is empty. */
            CONFIGURABLE(1),
            /** It is fixed and holds something. */
            CONFIGURED(2),
            /** It can be changed and holds something. */
            CONFIGURABLE_AND_CONFIGURED(3);

            private final int bits;

            State(int bits) {
                this.bits = bits;
            }
        }

        /** Copies the list. */
        public TemplateStatus {
            Objects.requireNonNull(type, "type");
            Bits.requireUnsigned("firstTemplate", firstTemplate, Byte.SIZE);
            Bits.requireUnsigned("maxBlocks", maxBlocks, Byte.SIZE);
            states = List.copyOf(states);
            Bits.requireUnsigned("count", states.size(), Byte.SIZE);
            int free = shift(PER_OCTET - states.size() % PER_OCTET);
            Bits.requireUnsigned("padding", padding, free);
        }

        static TemplateStatus read(FieldReader in) {
            Coded<TemplateType> type = in.code8("templateType", TemplateType.class);
            int first = in.uint8("firstTemplate");
            int count = in.uint8("count");
            int maxBlocks = in.uint8("maxBlocks");
            ByteReader octets = in.octets();
            byte[] packed = octets.octets("states", (count + PER_OCTET - 1) / PER_OCTET);
            List<State> states = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                states.add(State.values()[packed[i / PER_OCTET] >> shift(i) & STATE_MASK]);
            }
            int padding = count % PER_OCTET == 0 ? 0 : (packed[packed.length - 1] & OCTET) >> shift(count);
            if (padding != 0) {
                octets.unforeseen("states", octets.offset() - 1, "bits after the last state");
            }
            return new TemplateStatus(type, first, maxBlocks, states, padding);
        }

        private static int shift(int index) {
            return (index % PER_OCTET) * STATE_BITS;
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("templateType", type);
            out.uint8("firstTemplate", firstTemplate);
            out.uint8("count", states.size());
            out.uint8("maxBlocks", maxBlocks);
            byte[] packed = new byte[(states.size() + PER_OCTET - 1) / PER_OCTET];
            for (int i = 0; i < states.size(); i++) {
                packed[i / PER_OCTET] |= (byte) (states.get(i).bits << shift(i));
            }
            if (padding != 0) {
                packed[packed.length - 1] |= (byte) (padding << shift(states.size()));
            }
            out.octets().octets(packed);
            out.fields().put("states", states);
        }
    }

    /** Checks that operand and op code suit each other. */
    public CommandData {
        Objects.requireNonNull(check, "check");
        layout(opCode).requireSuited(opCode, body);
        if (body instanceof Blocks sent
                && ProfileBlocks.isRange(sent.blocks) != opCode.is(CommandCode.TARGET_RANGE_PROFILE)) {
            throw new IllegalArgumentException(opCode + " needs other blocks");
        }
        Bits.requireUnknown(remainder, body.knownFlags());
    }

    /** Returns a message without tail; a protected pump needs one with a counter. */
    public static CommandData of(CommandCode opCode, CommandBody body) {
        return new CommandData(Coded.of(opCode), body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<CommandData> codec(InsulinContext context) {
        return InsulinCodec.of(context, CommandData::read);
    }

    private static Layout<? extends CommandBody> layout(Coded<CommandCode> opCode) {
        return opCode.known()
                .filter(CommandCode::isData)
                .<Layout<? extends CommandBody>>map(CommandCode::layout)
                .orElse(Layout.NONE);
    }

    private static CommandData read(FieldReader in) {
        int at = in.octets().offset();
        Coded<CommandCode> opCode = in.code16("opCode", CommandCode.class);
        if (opCode.known().filter(code -> !code.isData()).isPresent()) {
            in.octets().unforeseen("opCode", at, opCode + " belongs to the control point");
        }
        CommandBody body = layout(opCode).read(in);
        E2e.End end = in.end();
        return new CommandData(opCode, body, end.check(), end.remainder());
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
