package org.openiomt.ble.profile.recordaccess;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * Record Access Control Point, characteristic {@code 0x2A52}: what a client writes and what a server indicates.
 *
 * <pre>
 * field          type             octets   present when         meaning
 * opCode         uint8            1        always               1 report, 2 delete, 3 abort, 4 count, 5 count answer,
 *                                                               6 response, 7 combined report, 8 its answer
 * operator       uint8            1        always               0 null, 1 all, 2 at most, 3 at least, 4 within, 5 first,
 *                                                               6 last
 * filter         see {@link RecordFilter}  request with 2 .. 4
 * count          uint8|16|32      1, 2, 4  op code 5 or 8       how many records; 3 octets are refused
 * requestOpCode  uint8            1        op code 6            what is answered
 * responseCode   uint8            1        op code 6            see {@link ResponseCode}
 * </pre>
 *
 * Unknown op codes, operators and response codes, and operators that do not suit their op code, are kept and reported;
 * strict refuses them.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/glucose-service-1-0-1/">GLS, 3.4</a>
 */
public sealed interface RecordAccessMessage extends Described {
    /** Op code: send records. */
    int REPORT = 1;

    /** Op code: delete records. */
    int DELETE = 2;

    /** Op code: stop what is running. */
    int ABORT = 3;

    /** Op code: count records. */
    int COUNT = 4;

    /** Op code of the answer to {@link #COUNT}. */
    int COUNT_ANSWER = 5;

    /** Op code of the answer to all else. */
    int RESPONSE = 6;

    /** Op code: send records and count them. */
    int COMBINED_REPORT = 7;

    /** Op code of the answer to {@link #COMBINED_REPORT}. */
    int COMBINED_ANSWER = 8;

    /** Operator: none. */
    int NULL = 0;

    /** Operator: every record. */
    int ALL = 1;

    /** Operator: up to and with a maximum. */
    int AT_MOST = 2;

    /** Operator: from and with a minimum. */
    int AT_LEAST = 3;

    /** Operator: from a minimum to a maximum, with both. */
    int WITHIN = 4;

    /** Operator: the oldest record. */
    int FIRST = 5;

    /** Operator: the newest record. */
    int LAST = 6;

    /** Reads and writes it. */
    Codec<RecordAccessMessage> CODEC = Codec.of(in -> read(in, IntegerForm.UINT16), RecordAccessMessage::write);

    /** Reads and writes it where the numbers of records have 4 octets, as in the Generic Health Sensor Service. */
    Codec<RecordAccessMessage> LONG_NUMBERS_CODEC =
            Codec.of(in -> read(in, IntegerForm.UINT32), RecordAccessMessage::write);

    /** Returns what it asks for or answers, 0 to 255. */
    int opCode();

    /** Returns which records it is about, 0 to 255. */
    int operator();

    /**
     * What a client writes.
     *
     * @param opCode {@link #REPORT}, {@link #DELETE}, {@link #ABORT}, {@link #COUNT} or {@link #COMBINED_REPORT}
     * @param operator which records
     * @param filter the bounds; there exactly when the operator is 2, 3 or 4
     * @param remainder trailing octets
     */
    record Request(int opCode, int operator, Optional<RecordFilter> filter, Remainder remainder)
            implements RecordAccessMessage {
        /** Checks that the parts suit each other. */
        public Request {
            if (!isRequest(opCode)) {
                throw new IllegalArgumentException("not the op code of a request: " + opCode);
            }
            Bits.requireUnsigned("operator", operator, Byte.SIZE);
            boolean hasFilter = operator >= AT_MOST && operator <= WITHIN;
            if (filter.isPresent() != hasFilter || filter.stream().anyMatch(f -> !f.suits(operator))) {
                throw new IllegalArgumentException("the filter does not suit operator " + operator);
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Asks for every record. */
        public static Request reportAll() {
            return of(REPORT, ALL);
        }

        /** Asks for every record from {@code number}, 0 to 65,535. */
        public static Request reportFrom(int number) {
            return from(REPORT, number);
        }

        /** Asks for the newest record. */
        public static Request reportLast() {
            return of(REPORT, LAST);
        }

        /** Asks how many records there are. */
        public static Request countAll() {
            return of(COUNT, ALL);
        }

        /** Asks how many records there are from {@code number}, 0 to 65,535. */
        public static Request countFrom(int number) {
            return from(COUNT, number);
        }

        /** Asks to delete every record. */
        public static Request deleteAll() {
            return of(DELETE, ALL);
        }

        /** Asks to delete the records up to and with {@code number}, 0 to 65,535. */
        public static Request deleteUpTo(int number) {
            RecordFilter filter = new RecordFilter.ByNumber(OptionalInt.empty(), OptionalInt.of(number));
            return new Request(DELETE, AT_MOST, Optional.of(filter), Remainder.NONE);
        }

        /** Asks to stop what is running. */
        public static Request abort() {
            return of(ABORT, NULL);
        }

        private static Request of(int opCode, int operator) {
            return new Request(opCode, operator, Optional.empty(), Remainder.NONE);
        }

        private static Request from(int opCode, int number) {
            RecordFilter filter = new RecordFilter.ByNumber(OptionalInt.of(number), OptionalInt.empty());
            return new Request(opCode, AT_LEAST, Optional.of(filter), Remainder.NONE);
        }

        private static Request read(ByteReader in, int opCode, int operator, IntegerForm numbers) {
            boolean isSuited = opCode == ABORT ? operator == NULL : operator >= ALL && operator <= LAST;
            requireForeseen(in, "operator", 1, operator, isSuited);
            Optional<RecordFilter> filter =
                    hasFilter(operator) ? Optional.of(RecordFilterCodec.read(in, operator, numbers)) : Optional.empty();
            return new Request(opCode, operator, filter, in.remainder(0));
        }

        private void writeTo(ByteWriter out) {
            filter.ifPresent(bounds -> RecordFilterCodec.write(bounds, out));
            remainder.writeTo(out);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = start(this);
            filter.ifPresent(bounds -> RecordFilterCodec.describe(bounds, fields));
            return fields.trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How many records a server has or has sent.
     *
     * @param opCode {@link #COUNT_ANSWER} or {@link #COMBINED_ANSWER}
     * @param operator {@link #NULL} from a sound server
     * @param count how many, 0 to 4,294,967,295
     * @param octets the octets of the count on the wire: 1, 2 or 4
     */
    record Count(int opCode, int operator, long count, int octets) implements RecordAccessMessage {
        /** Checks that the count fits its octets. */
        public Count {
            if (!isCount(opCode)) {
                throw new IllegalArgumentException("not the op code of a count: " + opCode);
            }
            Bits.requireUnsigned("operator", operator, Byte.SIZE);
            if (octets != 1 && octets != 2 && octets != 4) {
                throw new IllegalArgumentException("a count has 1, 2 or 4 octets, but got " + octets);
            }
            Bits.requireUnsigned("count", count, Byte.SIZE * octets);
        }

        /** Answers {@link #COUNT} in two octets, as the Glucose Service does. */
        public static Count of(int count) {
            return new Count(COUNT_ANSWER, NULL, count, Short.BYTES);
        }

        private static Count read(ByteReader in, int opCode, int operator) {
            requireForeseen(in, "operator", 1, operator, operator == NULL);
            int octets = in.remaining();
            if (octets == 3 || octets > Integer.BYTES) {
                throw new DecodeException("count", in.offset(), "expected 1, 2 or 4 octets, but got " + octets);
            }
            return new Count(opCode, operator, in.unsigned("count", Math.max(1, octets)), octets);
        }

        private void writeTo(ByteWriter out) {
            out.unsigned("count", count, octets);
        }

        @Override
        public Map<String, Object> fields() {
            return start(this).put("count", count).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How a server ends a procedure.
     *
     * @param operator {@link #NULL} from a sound server
     * @param requestOpCode what is answered, 0 to 255
     * @param responseCode how it ended, 0 to 255; see {@link ResponseCode#of}
     * @param remainder trailing octets
     */
    record Response(int operator, int requestOpCode, int responseCode, Remainder remainder)
            implements RecordAccessMessage {
        /** Checks the ranges. */
        public Response {
            Bits.requireUnsigned("operator", operator, Byte.SIZE);
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("responseCode", responseCode, Byte.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Answers a request. */
        public static Response of(int requestOpCode, ResponseCode code) {
            return new Response(NULL, requestOpCode, code.code(), Remainder.NONE);
        }

        @Override
        public int opCode() {
            return RESPONSE;
        }

        private static Response read(ByteReader in, int operator) {
            requireForeseen(in, "operator", 1, operator, operator == NULL);
            int requestOpCode = in.uint8("requestOpCode");
            int at = in.offset();
            int code = in.uint8("responseCode");
            requireForeseen(in, "responseCode", at, code, ResponseCode.of(code).isPresent());
            return new Response(operator, requestOpCode, code, in.remainder(0));
        }

        private void writeTo(ByteWriter out) {
            out.uint8("requestOpCode", requestOpCode);
            out.uint8("responseCode", responseCode);
            remainder.writeTo(out);
        }

        @Override
        public Map<String, Object> fields() {
            return start(this)
                    .put("requestOpCode", requestOpCode)
                    .put("responseCode", responseCode)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A message with an op code that the standard reserves.
     *
     * @param opCode 0, or 9 to 255
     * @param operator as sent
     * @param remainder the octets after them
     */
    record Unknown(int opCode, int operator, Remainder remainder) implements RecordAccessMessage {
        /** Checks the ranges. */
        public Unknown {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (isKnown(opCode)) {
                throw new IllegalArgumentException("a known op code: " + opCode);
            }
            Bits.requireUnsigned("operator", operator, Byte.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return start(this).trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    private static RecordAccessMessage read(ByteReader in, IntegerForm numbers) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        requireForeseen(in, "opCode", at, opCode, isKnown(opCode));
        int operator = in.uint8("operator");
        if (isRequest(opCode)) {
            return Request.read(in, opCode, operator, numbers);
        }
        if (isCount(opCode)) {
            return Count.read(in, opCode, operator);
        }
        return opCode == RESPONSE
                ? Response.read(in, operator)
                : new Unknown(opCode, operator, in.kept("operand", in.remaining()));
    }

    private static void write(RecordAccessMessage message, ByteWriter out) {
        out.uint8("opCode", message.opCode());
        out.uint8("operator", message.operator());
        if (message instanceof Request request) {
            request.writeTo(out);
        } else if (message instanceof Count count) {
            count.writeTo(out);
        } else if (message instanceof Response response) {
            response.writeTo(out);
        } else if (message instanceof Unknown unknown) {
            unknown.remainder.writeTo(out);
        } else {
            throw new AssertionError(message);
        }
    }

    private static boolean isRequest(int opCode) {
        return (opCode >= REPORT && opCode <= COUNT) || opCode == COMBINED_REPORT;
    }

    private static boolean isCount(int opCode) {
        return opCode == COUNT_ANSWER || opCode == COMBINED_ANSWER;
    }

    private static boolean isKnown(int opCode) {
        return opCode >= REPORT && opCode <= COMBINED_ANSWER;
    }

    private static boolean hasFilter(int operator) {
        return operator >= AT_MOST && operator <= WITHIN;
    }

    private static void requireForeseen(ByteReader in, String field, int at, int code, boolean isForeseen) {
        if (!isForeseen) {
            in.unforeseen(field, at, "unknown or unsuited code " + code);
        }
    }

    private static Fields start(RecordAccessMessage message) {
        return Fields.start().put("opCode", message.opCode()).put("operator", message.operator());
    }
}
