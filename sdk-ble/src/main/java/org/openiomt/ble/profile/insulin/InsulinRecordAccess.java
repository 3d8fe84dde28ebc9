package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Record Access Control Point, characteristic {@code 0x2B27} of the Insulin Delivery Service: asks for events of the
 * history. It does what the record access control point of other services does, in other codes.
 *
 * <pre>
 * field          type    octets  present when                     meaning
 * opCode         uint8   1       always                           see {@link OpCode}; others kept raw
 * operator       uint8   1       always                           see {@link Operator}; others kept raw
 * filter         uint8   1       report, delete or count          see {@link Filter}; others kept raw
 * minimum        uint32  4       operator "at least" or "within"  the first event that fits
 * maximum        uint32  4       operator "at most" or "within"   the last event that fits
 * count          uint32  4       count answer                     how many there are
 * requestOpCode  uint8   1       response                         what is answered
 * responseCode   uint8   1       response                         see {@link Result}; others kept raw
 * </pre>
 *
 * @param opCode what is asked or answered
 * @param operator which events
 * @param body the operand, which suits both
 * @param check what counter and check sum say
 * @param remainder octets before the counter; the operand of an unknown op code
 * @see <a href="https://www.bluetooth.com/specifications/specs/insulin-delivery-service-1-0-1/">IDS, 3.8</a>
 */
public record InsulinRecordAccess(
        Coded<OpCode> opCode, Coded<Operator> operator, Body body, E2eCheck check, Remainder remainder)
        implements InsulinValue {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<InsulinRecordAccess> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int WIDTH = 32;

    /** What a record access message asks or answers. */
    public enum OpCode implements InsulinCode {
        /** How a request went. */
        RESPONSE(0x0F),
        /** Send records. */
        REPORT(0x33),
        /** Delete records. */
        DELETE(0x3C),
        /** Stop what is running. */
        ABORT(0x55),
        /** Count records. */
        COUNT(0x5A),
        /** How many there are. */
        COUNT_ANSWER(0x66);

        private final int code;

        OpCode(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Which records. */
    public enum Operator implements InsulinCode {
        /** None. */
        NULL(0x0F),
        /** Every record. */
        ALL(0x33),
        /** Up to and with a maximum. */
        AT_MOST(0x3C),
        /** From and with a minimum. */
        AT_LEAST(0x55),
        /** From a minimum to a maximum, with both. */
        WITHIN(0x5A),
        /** The oldest. */
        FIRST(0x66),
        /** The newest. */
        LAST(0x69);

        private final int code;

        Operator(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Among which events. */
    public enum Filter implements InsulinCode {
        /** All events. */
        SEQUENCE_NUMBER(0x0F),
        /** Reference time events. */
        REFERENCE_TIMES(0x33),
        /** All but reference time events. */
        OTHERS(0x3C);

        private final int code;

        Filter(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** How a record access procedure went. */
    public enum Result implements InsulinCode {
        /** It did what was asked. */
        SUCCESS(0xF0),
        /** It does not know the op code. */
        OP_CODE_NOT_SUPPORTED(0x02),
        /** The operator is wrong for this op code. */
        INVALID_OPERATOR(0x03),
        /** It does not know the operator. */
        OPERATOR_NOT_SUPPORTED(0x04),
        /** The operand is wrong for this operator. */
        INVALID_OPERAND(0x05),
        /** No record fits the request; a good answer. */
        NO_RECORDS_FOUND(0x06),
        /** It could not stop what was running. */
        ABORT_UNSUCCESSFUL(0x07),
        /** It could not end what it had begun. */
        PROCEDURE_NOT_COMPLETED(0x08),
        /** It does not know the filter. */
        OPERAND_NOT_SUPPORTED(0x09),
        /** It cannot do that now. */
        PROCEDURE_NOT_APPLICABLE(0x0A);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What follows op code and operator. */
    public sealed interface Body extends InsulinBody permits Count, Empty, Response, Selection {}

    /**
     * Which events.
     *
     * @param filter among which
     * @param minimum the first sequence number, 0 to 4,294,967,295
     * @param maximum the last sequence number, 0 to 4,294,967,295
     */
    public record Selection(Coded<Filter> filter, OptionalLong minimum, OptionalLong maximum) implements Body {
        /** Checks the ranges. */
        public Selection {
            Objects.requireNonNull(filter, "filter");
            minimum.ifPresent(number -> Bits.requireUnsigned("minimum", number, WIDTH));
            maximum.ifPresent(number -> Bits.requireUnsigned("maximum", number, WIDTH));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("filter", filter);
            minimum.ifPresent(number -> out.uint32("minimum", number));
            maximum.ifPresent(number -> out.uint32("maximum", number));
        }
    }

    /**
     * How many events there are.
     *
     * @param count 0 to 4,294,967,295
     */
    public record Count(long count) implements Body {
        /** Checks the range. */
        public Count {
            Bits.requireUnsigned("count", count, WIDTH);
        }

        @Override
        public void write(FieldWriter out) {
            out.uint32("count", count);
        }
    }

    /**
     * How a request went.
     *
     * @param request what is answered
     * @param result how it went
     */
    public record Response(Coded<OpCode> request, Coded<Result> result) implements Body {
        @Override
        public void write(FieldWriter out) {
            out.code8("requestOpCode", request);
            out.code8("responseCode", result);
        }
    }

    /** Checks that the parts suit each other. */
    public InsulinRecordAccess {
        Objects.requireNonNull(check, "check");
        boolean isSuited = opCode.known().map(InsulinRecordAccess::operand).orElse(Empty.class) == body.getClass()
                && (!(body instanceof Selection selection)
                        || (selection.minimum.isPresent() == hasMinimum(operator)
                                && selection.maximum.isPresent() == hasMaximum(operator)));
        if (!isSuited) {
            throw new IllegalArgumentException("the operand does not suit " + opCode + " and " + operator);
        }
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Asks for every event from a sequence number, 0 to 4,294,967,295; a protected pump needs a counter with it. */
    public static InsulinRecordAccess reportFrom(long number) {
        return of(
                OpCode.REPORT,
                Operator.AT_LEAST,
                new Selection(Coded.of(Filter.SEQUENCE_NUMBER), OptionalLong.of(number), OptionalLong.empty()));
    }

    /** Asks for every event. */
    public static InsulinRecordAccess reportAll() {
        return of(
                OpCode.REPORT,
                Operator.ALL,
                new Selection(Coded.of(Filter.SEQUENCE_NUMBER), OptionalLong.empty(), OptionalLong.empty()));
    }

    /** Asks to stop what is running. */
    public static InsulinRecordAccess abort() {
        return of(OpCode.ABORT, Operator.NULL, new Empty());
    }

    /** Returns a message without tail; a protected pump needs one with a counter. */
    public static InsulinRecordAccess of(OpCode opCode, Operator operator, Body body) {
        return new InsulinRecordAccess(Coded.of(opCode), Coded.of(operator), body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<InsulinRecordAccess> codec(InsulinContext context) {
        return InsulinCodec.of(context, InsulinRecordAccess::read);
    }

    private static Class<? extends Body> operand(OpCode code) {
        return switch (code) {
            case REPORT, DELETE, COUNT -> Selection.class;
            case ABORT -> Empty.class;
            case COUNT_ANSWER -> Count.class;
            case RESPONSE -> Response.class;
        };
    }

    private static boolean hasMinimum(Coded<Operator> operator) {
        return operator.is(Operator.AT_LEAST) || operator.is(Operator.WITHIN);
    }

    private static boolean hasMaximum(Coded<Operator> operator) {
        return operator.is(Operator.AT_MOST) || operator.is(Operator.WITHIN);
    }

    private static InsulinRecordAccess read(FieldReader in) {
        Coded<OpCode> opCode = in.code8("opCode", OpCode.class);
        Coded<Operator> operator = in.code8("operator", Operator.class);
        Body body = opCode.known().isPresent() ? readBody(in, opCode.known().get(), operator) : new Empty();
        E2e.End end = in.end();
        return new InsulinRecordAccess(opCode, operator, body, end.check(), end.remainder());
    }

    private static Body readBody(FieldReader in, OpCode code, Coded<Operator> operator) {
        return switch (code) {
            case REPORT, DELETE, COUNT ->
                new Selection(
                        in.code8("filter", Filter.class),
                        hasMinimum(operator) ? OptionalLong.of(in.octets().uint32("minimum")) : OptionalLong.empty(),
                        hasMaximum(operator) ? OptionalLong.of(in.octets().uint32("maximum")) : OptionalLong.empty());
            case ABORT -> new Empty();
            case COUNT_ANSWER -> new Count(in.octets().uint32("count"));
            case RESPONSE ->
                new Response(in.code8("requestOpCode", OpCode.class), in.code8("responseCode", Result.class));
        };
    }

    @Override
    public void write(FieldWriter out) {
        out.code8("opCode", opCode);
        out.code8("operator", operator);
        body.write(out);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
