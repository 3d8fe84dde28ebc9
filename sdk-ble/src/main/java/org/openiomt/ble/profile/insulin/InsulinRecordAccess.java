package org.openiomt.ble.profile.insulin;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordFilter;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordOpCode;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordOperator;
import org.openiomt.ble.profile.insulin.InsulinCodes.RecordResult;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * IDD Record Access Control Point, characteristic {@code 0x2B27} of the Insulin Delivery Service: asks for events of the
 * history. It does what the record access control point of other services does, in other codes.
 *
 * <pre>
 * field          type    octets  present when                     meaning
 * opCode         uint8   1       always                           see {@link RecordOpCode}; others kept raw
 * operator       uint8   1       always                           see {@link RecordOperator}; others kept raw
 * filter         uint8   1       report, delete or count          see {@link RecordFilter}; others kept raw
 * minimum        uint32  4       operator "at least" or "within"  the first event that fits
 * maximum        uint32  4       operator "at most" or "within"   the last event that fits
 * count          uint32  4       count answer                     how many there are
 * requestOpCode  uint8   1       response                         what is answered
 * responseCode   uint8   1       response                         see {@link RecordResult}; others kept raw
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
        Coded<RecordOpCode> opCode, Coded<RecordOperator> operator, Body body, E2eCheck check, Remainder remainder)
        implements InsulinValue, InsulinBody {

    /** Reads and writes it when the feature characteristic was not read; see {@link InsulinContext#NOT_KNOWN}. */
    public static final Codec<InsulinRecordAccess> CODEC = codec(InsulinContext.NOT_KNOWN);

    private static final int WIDTH = 32;

    /** What follows op code and operator. */
    public sealed interface Body extends InsulinBody {}

    /** Nothing follows. */
    public record Empty() implements Body {
        @Override
        public void write(FieldWriter out) {
            // op code and operator say it all
        }
    }

    /**
     * Which events.
     *
     * @param filter among which
     * @param minimum the first sequence number, 0 to 4,294,967,295
     * @param maximum the last sequence number, 0 to 4,294,967,295
     */
    public record Selection(Coded<RecordFilter> filter, OptionalLong minimum, OptionalLong maximum) implements Body {
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
    public record Response(Coded<RecordOpCode> request, Coded<RecordResult> result) implements Body {
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
                RecordOpCode.REPORT,
                RecordOperator.AT_LEAST,
                new Selection(Coded.of(RecordFilter.SEQUENCE_NUMBER), OptionalLong.of(number), OptionalLong.empty()));
    }

    /** Asks for every event. */
    public static InsulinRecordAccess reportAll() {
        return of(
                RecordOpCode.REPORT,
                RecordOperator.ALL,
                new Selection(Coded.of(RecordFilter.SEQUENCE_NUMBER), OptionalLong.empty(), OptionalLong.empty()));
    }

    /** Asks to stop what is running. */
    public static InsulinRecordAccess abort() {
        return of(RecordOpCode.ABORT, RecordOperator.NULL, new Empty());
    }

    /** Returns a message without tail; a protected pump needs one with a counter. */
    public static InsulinRecordAccess of(RecordOpCode opCode, RecordOperator operator, Body body) {
        return new InsulinRecordAccess(Coded.of(opCode), Coded.of(operator), body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a pump. */
    public static Codec<InsulinRecordAccess> codec(InsulinContext context) {
        return InsulinCodec.of(context, InsulinRecordAccess::read);
    }

    private static Class<? extends Body> operand(RecordOpCode code) {
        return switch (code) {
            case REPORT, DELETE, COUNT -> Selection.class;
            case ABORT -> Empty.class;
            case COUNT_ANSWER -> Count.class;
            case RESPONSE -> Response.class;
        };
    }

    private static boolean hasMinimum(Coded<RecordOperator> operator) {
        return operator.is(RecordOperator.AT_LEAST) || operator.is(RecordOperator.WITHIN);
    }

    private static boolean hasMaximum(Coded<RecordOperator> operator) {
        return operator.is(RecordOperator.AT_MOST) || operator.is(RecordOperator.WITHIN);
    }

    private static InsulinRecordAccess read(FieldReader in) {
        Coded<RecordOpCode> opCode = in.code8("opCode", RecordOpCode.class);
        Coded<RecordOperator> operator = in.code8("operator", RecordOperator.class);
        Body body = opCode.known().isPresent() ? readBody(in, opCode.known().get(), operator) : new Empty();
        E2e.End end = in.end();
        return new InsulinRecordAccess(opCode, operator, body, end.check(), end.remainder());
    }

    private static Body readBody(FieldReader in, RecordOpCode code, Coded<RecordOperator> operator) {
        return switch (code) {
            case REPORT, DELETE, COUNT ->
                new Selection(
                        in.code8("filter", RecordFilter.class),
                        hasMinimum(operator) ? OptionalLong.of(in.octets().uint32("minimum")) : OptionalLong.empty(),
                        hasMaximum(operator) ? OptionalLong.of(in.octets().uint32("maximum")) : OptionalLong.empty());
            case ABORT -> new Empty();
            case COUNT_ANSWER -> new Count(in.octets().uint32("count"));
            case RESPONSE ->
                new Response(
                        in.code8("requestOpCode", RecordOpCode.class), in.code8("responseCode", RecordResult.class));
        };
    }

    @Override
    public void write(FieldWriter out) {
        out.code8("opCode", opCode);
        out.code8("operator", operator);
        body.write(out);
    }

    @Override
    public InsulinBody content() {
        return this;
    }

    @Override
    public Map<String, Object> fields() {
        return InsulinCodec.fields(this);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
