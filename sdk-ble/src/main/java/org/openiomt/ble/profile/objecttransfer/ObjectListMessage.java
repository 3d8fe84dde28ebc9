package org.openiomt.ble.profile.objecttransfer;

import java.util.Map;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Object List Control Point, characteristic {@code 0x2AC6} of the Object Transfer Service: what a client writes and what a
 * server indicates. It chooses the current object.
 *
 * <pre>
 * field          type    octets  present when              meaning
 * opCode         uint8   1       always                    1 first, 2 last, 3 previous, 4 next, 5 go to, 6 order, 7 count,
 *                                                          8 clear marks, 0x70 response; others kept with what follows
 * id             uint48  6       op code 5                 see {@link ObjectId}
 * order          uint8   1       op code 6                 1 name, 2 type, 3 size, 4 created, 5 modified; plus 16 for
 *                                                          descending; others kept
 * requestOpCode  uint8   1       response                  what is answered
 * resultCode     uint8   1       response                  see {@link ObjectListResult}; others kept
 * objects        uint32  4       response to 7 with success  how many there are
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.4</a>
 */
public sealed interface ObjectListMessage extends Described {
    /** Op code: go to the first object. */
    int FIRST = 1;

    /** Op code: go to the last object. */
    int LAST = 2;

    /** Op code: go to the object before. */
    int PREVIOUS = 3;

    /** Op code: go to the object behind. */
    int NEXT = 4;

    /** Op code: go to an object by its number. */
    int GO_TO = 5;

    /** Op code: sort the objects. */
    int ORDER = 6;

    /** Op code: count the objects. */
    int REQUEST_NUMBER_OF_OBJECTS = 7;

    /** Op code: take all marks away. */
    int CLEAR_MARKING = 8;

    /** Op code of the answer. */
    int RESPONSE = 0x70;

    /** Reads and writes it. */
    Codec<ObjectListMessage> CODEC = Codec.of(ObjectListMessage::read, ObjectListMessage::write);

    /** Returns what it asks for or answers, 0 to 255. */
    int opCode();

    /**
     * A request without a parameter, or an op code that the standard reserves, whose parameter is kept.
     *
     * @param opCode any but {@link #GO_TO}, {@link #ORDER} and {@link #RESPONSE}
     * @param remainder the octets behind it
     */
    record Plain(int opCode, Remainder remainder) implements ObjectListMessage {
        /** Checks the op code. */
        public Plain {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (opCode == GO_TO || opCode == ORDER || opCode == RESPONSE) {
                throw new IllegalArgumentException("op code " + opCode + " has parameters");
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Returns a request without a parameter. */
        public static Plain of(int opCode) {
            return new Plain(opCode, Remainder.NONE);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().put("opCode", opCode).trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Asks to go to an object.
     *
     * @param id its number, 48 bits
     * @param remainder trailing octets
     */
    record GoTo(long id, Remainder remainder) implements ObjectListMessage {
        /** Checks the range. */
        public GoTo {
            ObjectId.requireId(id);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public int opCode() {
            return GO_TO;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("opCode", GO_TO)
                    .bits("id", id, 48)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Asks to sort the objects.
     *
     * @param order by what, 0 to 255
     * @param remainder trailing octets
     */
    record Order(int order, Remainder remainder) implements ObjectListMessage {
        /** Order: by name. */
        public static final int BY_NAME = 1;

        /** Order: by kind. */
        public static final int BY_TYPE = 2;

        /** Order: by size. */
        public static final int BY_SIZE = 3;

        /** Order: by the time when they were made. */
        public static final int BY_CREATION = 4;

        /** Order: by the time when they were changed. */
        public static final int BY_CHANGE = 5;

        /** Is added to an order to turn it round. */
        public static final int DESCENDING = 0x10;

        /** Checks the range. */
        public Order {
            Bits.requireUnsigned("order", order, Byte.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        private static Order read(ByteReader in) {
            int at = in.offset();
            int order = in.uint8("order");
            int by = order & ~DESCENDING;
            if (by < BY_NAME || by > BY_CHANGE) {
                in.unforeseen("order", at, "unknown code " + order);
            }
            return new Order(order, in.remainder(0));
        }

        @Override
        public int opCode() {
            return ORDER;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("opCode", ORDER)
                    .put("order", order)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How the server ends a request.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param resultCode how it ended, 0 to 255; see {@link ObjectListResult#of}
     * @param objects how many there are; there exactly when {@link #REQUEST_NUMBER_OF_OBJECTS} had success
     * @param remainder trailing octets
     */
    record Response(int requestOpCode, int resultCode, OptionalLong objects, Remainder remainder)
            implements ObjectListMessage {
        /** Checks that the parts suit each other. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("resultCode", resultCode, Byte.SIZE);
            objects.ifPresent(count -> Bits.requireUnsigned("objects", count, Integer.SIZE));
            if (objects.isPresent() != isCount(requestOpCode, resultCode)) {
                throw new IllegalArgumentException("a number is the answer to the request for one, if it had success");
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        private static boolean isCount(int requestOpCode, int resultCode) {
            return requestOpCode == REQUEST_NUMBER_OF_OBJECTS && resultCode == ObjectListResult.SUCCESS.code();
        }

        private static Response read(ByteReader in) {
            int at = in.offset();
            int request = in.uint8("requestOpCode");
            if (request < FIRST || request > CLEAR_MARKING) {
                in.unforeseen("requestOpCode", at, "unknown code " + request);
            }
            int result = in.uint8("resultCode");
            if (ObjectListResult.of(result).isEmpty()) {
                in.unforeseen("resultCode", at + 1, "unknown code " + result);
            }
            return new Response(
                    request,
                    result,
                    isCount(request, result) ? OptionalLong.of(in.uint32("objects")) : OptionalLong.empty(),
                    in.remainder(0));
        }

        @Override
        public int opCode() {
            return RESPONSE;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("opCode", RESPONSE)
                    .put("requestOpCode", requestOpCode)
                    .put("resultCode", resultCode)
                    .put("result", ObjectListResult.of(resultCode))
                    .put("objects", objects)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    private static ObjectListMessage read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        return switch (opCode) {
            case GO_TO -> new GoTo(ObjectId.read(in), in.remainder(0));
            case ORDER -> Order.read(in);
            case RESPONSE -> Response.read(in);
            default -> {
                if (opCode < FIRST || opCode > CLEAR_MARKING) {
                    in.unforeseen("opCode", at, "unknown code " + opCode);
                }
                yield new Plain(opCode, in.remainder(0));
            }
        };
    }

    private static void write(ObjectListMessage message, ByteWriter out) {
        out.uint8("opCode", message.opCode());
        if (message instanceof GoTo goTo) {
            ObjectId.write(goTo.id, out);
            goTo.remainder.writeTo(out);
        } else if (message instanceof Order order) {
            out.uint8("order", order.order);
            order.remainder.writeTo(out);
        } else if (message instanceof Response response) {
            out.uint8("requestOpCode", response.requestOpCode);
            out.uint8("resultCode", response.resultCode);
            response.objects.ifPresent(count -> out.uint32("objects", count));
            response.remainder.writeTo(out);
        } else if (message instanceof Plain plain) {
            plain.remainder.writeTo(out);
        } else {
            throw new AssertionError(message);
        }
    }
}
