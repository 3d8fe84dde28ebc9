package org.openiomt.ble.profile.objecttransfer;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Object Action Control Point, characteristic {@code 0x2AC5} of the Object Transfer Service: what a client writes and what a
 * server indicates. The content of objects goes over a channel of its own.
 *
 * <pre>
 * field          type    octets      present when     meaning
 * opCode         uint8   1           always           1 create, 2 delete, 3 check sum, 4 execute, 5 read, 6 write, 7 abort,
 *                                                     0x60 response; others kept with the octets behind them
 * size           uint32  4           op code 1        octets to allocate
 * type           UUID    2 or 16     op code 1        see {@link ObjectType}
 * parameter      octets  to the end  op code 4        as the kind of object says; may be none
 * offset         uint32  4           op code 3, 5, 6  the first octet
 * length         uint32  4           op code 3, 5, 6  how many octets
 * mode           uint8   1           op code 6        bit 1 cut the object behind what is written; others kept
 * requestOpCode  uint8   1           response         what is answered
 * resultCode     uint8   1           response         see {@link ObjectActionResult}; others kept
 * checksum       uint32  4           response to 3 with success  CRC-32 of the octets asked for
 * answer         octets  to the end  response to 4 with success  as the kind of object says; may be none
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.3</a>
 */
public sealed interface ObjectActionMessage extends Described {
    /** Op code: make an object. */
    int CREATE = 1;

    /** Op code: delete the current object. */
    int DELETE = 2;

    /** Op code: compute a check sum. */
    int CALCULATE_CHECKSUM = 3;

    /** Op code: run the current object. */
    int EXECUTE = 4;

    /** Op code: send content. */
    int READ = 5;

    /** Op code: take content. */
    int WRITE = 6;

    /** Op code: stop what is running. */
    int ABORT = 7;

    /** Op code of the answer. */
    int RESPONSE = 0x60;

    /** Reads and writes it. */
    Codec<ObjectActionMessage> CODEC = Codec.of(ObjectActionMessage::read, ObjectActionMessage::write);

    /** Returns what it asks for or answers, 0 to 255. */
    int opCode();

    /**
     * A request without a parameter, or an op code that the standard reserves, whose parameter is kept.
     *
     * @param opCode {@link #DELETE}, {@link #ABORT}, 0 or 8 to 255 without {@link #RESPONSE}
     * @param remainder the octets behind it
     */
    record Plain(int opCode, Remainder remainder) implements ObjectActionMessage {
        /** Checks the op code. */
        public Plain {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (opCode == RESPONSE || (opCode >= CREATE && opCode <= WRITE && opCode != DELETE)) {
                throw new IllegalArgumentException("op code " + opCode + " has parameters");
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Asks to delete the current object. */
        public static Plain delete() {
            return new Plain(DELETE, Remainder.NONE);
        }

        /** Asks to stop what is running. */
        public static Plain abort() {
            return new Plain(ABORT, Remainder.NONE);
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
     * Asks to make an object, which becomes the current one.
     *
     * @param size octets to allocate, 0 to 4,294,967,295
     * @param type its kind, with the octets behind it
     */
    record Create(long size, ObjectType type) implements ObjectActionMessage {
        /** Checks the range. */
        public Create {
            Bits.requireUnsigned("size", size, Integer.SIZE);
            Objects.requireNonNull(type, "type");
        }

        @Override
        public int opCode() {
            return CREATE;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("opCode", CREATE)
                    .put("size", size)
                    .put("type", type.text())
                    .trailing(type.remainder())
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Asks to run the current object.
     *
     * @param parameter as the kind of object says
     */
    record Execute(Opaque parameter) implements ObjectActionMessage {
        /** Checks that it is there. */
        public Execute {
            Objects.requireNonNull(parameter, "parameter");
        }

        @Override
        public int opCode() {
            return EXECUTE;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("opCode", EXECUTE)
                    .octets("parameter", parameter.octets())
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Asks for a part of the current object.
     *
     * @param opCode {@link #CALCULATE_CHECKSUM}, {@link #READ} or {@link #WRITE}
     * @param offset the first octet, 0 to 4,294,967,295
     * @param length how many octets, 0 to 4,294,967,295
     * @param mode how to write, 0 to 255; there exactly when the op code is {@link #WRITE}
     * @param remainder trailing octets
     */
    record Part(int opCode, long offset, long length, OptionalInt mode, Remainder remainder)
            implements ObjectActionMessage {
        private static final int TRUNCATE = 0x02;

        /** Checks that the parts suit each other. */
        public Part {
            if (opCode != CALCULATE_CHECKSUM && opCode != READ && opCode != WRITE) {
                throw new IllegalArgumentException("op code " + opCode + " is about no part of an object");
            }
            Bits.requireUnsigned("offset", offset, Integer.SIZE);
            Bits.requireUnsigned("length", length, Integer.SIZE);
            Bits.requireUnsigned("mode", mode, Byte.SIZE);
            if (mode.isPresent() != (opCode == WRITE)) {
                throw new IllegalArgumentException("a mode is for writing, and writing needs one");
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Asks for the check sum of a part. */
        public static Part checksum(long offset, long length) {
            return new Part(CALCULATE_CHECKSUM, offset, length, OptionalInt.empty(), Remainder.NONE);
        }

        /** Asks for the content of a part. */
        public static Part read(long offset, long length) {
            return new Part(READ, offset, length, OptionalInt.empty(), Remainder.NONE);
        }

        /** Asks to take content, and leaves what is behind it. */
        public static Part write(long offset, long length) {
            return new Part(WRITE, offset, length, OptionalInt.of(0), Remainder.NONE);
        }

        /** Asks to take content, and to cut the object behind it. */
        public static Part writeAndTruncate(long offset, long length) {
            return new Part(WRITE, offset, length, OptionalInt.of(TRUNCATE), Remainder.NONE);
        }

        private static Part read(ByteReader in, int opCode) {
            long offset = in.uint32("offset");
            long length = in.uint32("length");
            OptionalInt mode = OptionalInt.empty();
            if (opCode == WRITE) {
                int at = in.offset();
                mode = OptionalInt.of(in.uint8("mode"));
                in.unknownBits("mode", at, mode.getAsInt(), TRUNCATE);
            }
            return new Part(opCode, offset, length, mode, in.remainder(0));
        }

        private void writeTo(ByteWriter out) {
            out.uint32("offset", offset);
            out.uint32("length", length);
            mode.ifPresent(bits -> out.uint8("mode", bits));
            remainder.writeTo(out);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields =
                    Fields.start().put("opCode", opCode).put("offset", offset).put("length", length);
            mode.ifPresent(bits -> fields.bits("mode", bits, Byte.SIZE));
            return fields.trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How the server ends an action.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param resultCode how it ended, 0 to 255; see {@link ObjectActionResult#of}
     * @param checksum the CRC-32; there exactly when {@link #CALCULATE_CHECKSUM} had success
     * @param answer what running the object gave; empty unless {@link #EXECUTE} had success
     * @param remainder trailing octets
     */
    record Response(int requestOpCode, int resultCode, OptionalLong checksum, Opaque answer, Remainder remainder)
            implements ObjectActionMessage {
        private static final Opaque NONE = Opaque.of(new byte[0]);

        /** Checks that the parts suit each other. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("resultCode", resultCode, Byte.SIZE);
            checksum.ifPresent(crc -> Bits.requireUnsigned("checksum", crc, Integer.SIZE));
            if (checksum.isPresent() != is(CALCULATE_CHECKSUM, requestOpCode, resultCode)) {
                throw new IllegalArgumentException(
                        "a check sum is the answer to the request for one, if it had success");
            }
            boolean isExecuted = is(EXECUTE, requestOpCode, resultCode);
            if (!isExecuted && !answer.equals(NONE)) {
                throw new IllegalArgumentException("only an object that was run gives an answer");
            }
            Bits.requireUnknown(remainder, ~0L);
            if (isExecuted && !remainder.isEmpty()) {
                throw new IllegalArgumentException("an answer goes on to the end");
            }
        }

        /** Answers a request without giving a check sum or an answer. */
        public static Response of(int requestOpCode, ObjectActionResult result) {
            return new Response(requestOpCode, result.code(), OptionalLong.empty(), NONE, Remainder.NONE);
        }

        @Override
        public int opCode() {
            return RESPONSE;
        }

        private static boolean is(int opCode, int requestOpCode, int resultCode) {
            return requestOpCode == opCode && resultCode == ObjectActionResult.SUCCESS.code();
        }

        private static Response read(ByteReader in) {
            int at = in.offset();
            int request = in.uint8("requestOpCode");
            if (request < CREATE || request > ABORT) {
                in.unforeseen("requestOpCode", at, "unknown code " + request);
            }
            int result = in.uint8("resultCode");
            if (ObjectActionResult.of(result).isEmpty()) {
                in.unforeseen("resultCode", at + 1, "unknown code " + result);
            }
            return new Response(
                    request,
                    result,
                    is(CALCULATE_CHECKSUM, request, result)
                            ? OptionalLong.of(in.uint32("checksum"))
                            : OptionalLong.empty(),
                    is(EXECUTE, request, result) ? Opaque.of(in.octets("answer", in.remaining())) : NONE,
                    in.remainder(0));
        }

        private void writeTo(ByteWriter out) {
            out.uint8("requestOpCode", requestOpCode);
            out.uint8("resultCode", resultCode);
            checksum.ifPresent(crc -> out.uint32("checksum", crc));
            out.octets(answer.octets());
            remainder.writeTo(out);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = Fields.start()
                    .put("opCode", RESPONSE)
                    .put("requestOpCode", requestOpCode)
                    .put("resultCode", resultCode)
                    .put("result", ObjectActionResult.of(resultCode));
            checksum.ifPresent(crc -> fields.bits("checksum", crc, Integer.SIZE));
            if (!answer.equals(NONE)) {
                fields.octets("answer", answer.octets());
            }
            return fields.trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    private static ObjectActionMessage read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        return switch (opCode) {
            case CREATE -> new Create(in.uint32("size"), ObjectType.read(in));
            case CALCULATE_CHECKSUM, READ, WRITE -> Part.read(in, opCode);
            case EXECUTE -> new Execute(Opaque.of(in.octets("parameter", in.remaining())));
            case RESPONSE -> Response.read(in);
            default -> {
                if (opCode != DELETE && opCode != ABORT) {
                    in.unforeseen("opCode", at, "unknown code " + opCode);
                }
                yield new Plain(opCode, in.remainder(0));
            }
        };
    }

    private static void write(ObjectActionMessage message, ByteWriter out) {
        out.uint8("opCode", message.opCode());
        if (message instanceof Create create) {
            out.uint32("size", create.size);
            create.type.writeTo(out);
        } else if (message instanceof Part part) {
            part.writeTo(out);
        } else if (message instanceof Execute execute) {
            out.octets(execute.parameter.octets());
        } else if (message instanceof Response response) {
            response.writeTo(out);
        } else if (message instanceof Plain plain) {
            plain.remainder.writeTo(out);
        } else {
            throw new AssertionError(message);
        }
    }
}
