package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * User Control Point, characteristic {@code 0x2A9F} of the User Data Service: what a client writes and what a server
 * indicates.
 *
 * <pre>
 * field          type    octets  present when               meaning
 * opCode         uint8   1       always                     1 register a new user, 2 consent, 3 delete the user's data,
 *                                                           4 list all users, 5 delete a user, 0x20 response
 * userIndex      uint8   1       op code 2 or 5             the server's number of the user
 * consentCode    uint16  2       op code 1 or 2             0 to 9999; more is reserved, kept and reported
 * requestOpCode  uint8   1       op code 0x20               what is answered
 * responseCode   uint8   1       op code 0x20               1 done; see {@link Outcome}; others kept as a raw code
 * parameter      uint8   1       done, and answers 1, 4, 5  1, 5: index of the user; 4: number of users; the answers to
 *                                                           4 and 5 may come without it
 * </pre>
 *
 * Unknown op codes are kept with what follows them and reported; strict refuses them. A consent code is a secret of the user:
 * {@code toString} hides it.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3.3</a>
 */
public sealed interface UserControlMessage extends Described {
    /** Reads and writes it. */
    Codec<UserControlMessage> CODEC = Codec.of(UserControlMessage::read, UserControlMessage::write);

    /** Op code of {@link Register}. */
    int REGISTER = 0x01;

    /** Op code of {@link Consent}. */
    int CONSENT = 0x02;

    /** Op code of {@link DeleteData}. */
    int DELETE_DATA = 0x03;

    /** Op code of {@link ListUsers}. */
    int LIST_USERS = 0x04;

    /** Op code of {@link DeleteUser}. */
    int DELETE_USER = 0x05;

    /** Op code of {@link Response}. */
    int RESPONSE = 0x20;

    /** The largest consent code that the standard foresees. */
    int MAX_CONSENT_CODE = 9999;

    /** How a server ends a procedure, in the order of the response codes from 1. */
    enum Outcome {
        /** It did what was asked. */
        SUCCESS,
        /** It does not know the op code. */
        OP_CODE_NOT_SUPPORTED,
        /** A parameter is wrong. */
        INVALID_PARAMETER,
        /** It could not do it. */
        OPERATION_FAILED,
        /** The user has not consented, or the code is wrong. */
        USER_NOT_AUTHORIZED
    }

    /** Returns what it asks for or answers, 0 to 255. */
    int opCode();

    /** Returns trailing octets. */
    Remainder remainder();

    /**
     * Asks for a new user, whose index the answer gives.
     *
     * @param consentCode the code with which the user will consent, 0 to 65,535; see {@link #MAX_CONSENT_CODE}
     * @param remainder trailing octets
     */
    record Register(int consentCode, Remainder remainder) implements UserControlMessage {
        /** Checks the range. */
        public Register {
            Bits.requireUnsigned("consentCode", consentCode, Short.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Returns a request without a tail. */
        public static Register of(int consentCode) {
            return new Register(consentCode, Remainder.NONE);
        }

        @Override
        public int opCode() {
            return REGISTER;
        }

        @Override
        public Map<String, Object> fields() {
            return start(this)
                    .put("consentCode", consentCode)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Lets this client read and write the data of a user.
     *
     * @param userIndex the server's number of the user, 0 to 255
     * @param consentCode the code that the user was registered with, 0 to 65,535
     * @param remainder trailing octets
     */
    record Consent(int userIndex, int consentCode, Remainder remainder) implements UserControlMessage {
        /** Checks the ranges. */
        public Consent {
            Bits.requireUnsigned("userIndex", userIndex, Byte.SIZE);
            Bits.requireUnsigned("consentCode", consentCode, Short.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Returns a request without a tail. */
        public static Consent of(int userIndex, int consentCode) {
            return new Consent(userIndex, consentCode, Remainder.NONE);
        }

        @Override
        public int opCode() {
            return CONSENT;
        }

        @Override
        public Map<String, Object> fields() {
            return start(this)
                    .put("userIndex", userIndex)
                    .put("consentCode", consentCode)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * Asks to delete the data of the user who has consented.
     *
     * @param remainder trailing octets
     */
    record DeleteData(Remainder remainder) implements UserControlMessage {
        /** Checks the tail. */
        public DeleteData {
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public int opCode() {
            return DELETE_DATA;
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

    /**
     * Asks for every {@link RegisteredUser}.
     *
     * @param remainder trailing octets
     */
    record ListUsers(Remainder remainder) implements UserControlMessage {
        /** Checks the tail. */
        public ListUsers {
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public int opCode() {
            return LIST_USERS;
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

    /**
     * Asks to delete a user.
     *
     * @param userIndex the server's number of the user, 0 to 255
     * @param remainder trailing octets
     */
    record DeleteUser(int userIndex, Remainder remainder) implements UserControlMessage {
        /** Checks the range. */
        public DeleteUser {
            Bits.requireUnsigned("userIndex", userIndex, Byte.SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Returns a request without a tail. */
        public static DeleteUser of(int userIndex) {
            return new DeleteUser(userIndex, Remainder.NONE);
        }

        @Override
        public int opCode() {
            return DELETE_USER;
        }

        @Override
        public Map<String, Object> fields() {
            return start(this).put("userIndex", userIndex).trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How a server ends a procedure.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param responseCode how it ended, 0 to 255; see {@link #outcome()}
     * @param parameter the index of a user, or the number of users
     * @param remainder trailing octets
     */
    record Response(int requestOpCode, int responseCode, OptionalInt parameter, Remainder remainder)
            implements UserControlMessage {
        private static final Codes<Outcome> CODES = Codes.of("responseCode", Outcome.class, 1);

        /** Checks the ranges, and that only answers with a parameter have one. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            CODES.check(responseCode, remainder);
            Bits.requireUnsigned("parameter", parameter, Byte.SIZE);
            if (parameter.isPresent() && !mayHaveParameter(requestOpCode, responseCode)) {
                throw new IllegalArgumentException("the answer has no parameter");
            }
            if (parameter.isEmpty() && mustHaveParameter(requestOpCode, responseCode)) {
                throw new IllegalArgumentException("the answer needs the index of the user");
            }
        }

        /** Answers a request without a parameter. */
        public static Response of(int requestOpCode, Outcome outcome) {
            return new Response(requestOpCode, CODES.code(outcome), OptionalInt.empty(), Remainder.NONE);
        }

        /** Answers that a request is done, with the index of a user or the number of users. */
        public static Response done(int requestOpCode, int parameter) {
            return new Response(requestOpCode, CODES.code(Outcome.SUCCESS), OptionalInt.of(parameter), Remainder.NONE);
        }

        /** Returns how it ended, or empty when the standard reserves the code. */
        public Optional<Outcome> outcome() {
            return CODES.meaning(responseCode);
        }

        @Override
        public int opCode() {
            return RESPONSE;
        }

        private static boolean mayHaveParameter(int requestOpCode, int responseCode) {
            return responseCode == CODES.code(Outcome.SUCCESS)
                    && (requestOpCode == REGISTER || requestOpCode == LIST_USERS || requestOpCode == DELETE_USER);
        }

        private static boolean mustHaveParameter(int requestOpCode, int responseCode) {
            return responseCode == CODES.code(Outcome.SUCCESS) && requestOpCode == REGISTER;
        }

        private static Response read(ByteReader in) {
            int request = in.uint8("requestOpCode");
            int code = CODES.read(in);
            boolean isThere =
                    mustHaveParameter(request, code) || (mayHaveParameter(request, code) && in.remaining() > 0);
            OptionalInt parameter = isThere ? OptionalInt.of(in.uint8("parameter")) : OptionalInt.empty();
            return new Response(request, code, parameter, in.remainder(0));
        }

        @Override
        public Map<String, Object> fields() {
            return start(this)
                    .put("requestOpCode", requestOpCode)
                    .put("responseCode", responseCode)
                    .put("outcome", outcome())
                    .put("parameter", parameter)
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
     * @param opCode none of the known ones, 0 to 255
     * @param remainder the octets after it
     */
    record Unknown(int opCode, Remainder remainder) implements UserControlMessage {
        /** Checks the range. */
        public Unknown {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if ((opCode >= REGISTER && opCode <= DELETE_USER) || opCode == RESPONSE) {
                throw new IllegalArgumentException("a known op code: " + opCode);
            }
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

    private static UserControlMessage read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        return switch (opCode) {
            case REGISTER -> new Register(readConsentCode(in), in.remainder(0));
            case CONSENT -> new Consent(in.uint8("userIndex"), readConsentCode(in), in.remainder(0));
            case DELETE_DATA -> new DeleteData(in.remainder(0));
            case LIST_USERS -> new ListUsers(in.remainder(0));
            case DELETE_USER -> new DeleteUser(in.uint8("userIndex"), in.remainder(0));
            case RESPONSE -> Response.read(in);
            default -> {
                in.unforeseen("opCode", at, "reserved code " + opCode);
                yield new Unknown(opCode, in.kept("operand", in.remaining()));
            }
        };
    }

    private static int readConsentCode(ByteReader in) {
        int at = in.offset();
        int code = in.uint16("consentCode");
        if (code > MAX_CONSENT_CODE) {
            in.unforeseen("consentCode", at, "expected 0 to 9999");
        }
        return code;
    }

    private static void write(UserControlMessage message, ByteWriter out) {
        out.uint8("opCode", message.opCode());
        if (message instanceof Register register) {
            out.uint16("consentCode", register.consentCode);
        } else if (message instanceof Consent consent) {
            out.uint8("userIndex", consent.userIndex);
            out.uint16("consentCode", consent.consentCode);
        } else if (message instanceof DeleteUser user) {
            out.uint8("userIndex", user.userIndex);
        } else if (message instanceof Response response) {
            out.uint8("requestOpCode", response.requestOpCode);
            out.uint8("responseCode", response.responseCode);
            response.parameter.ifPresent(parameter -> out.uint8("parameter", parameter));
        }
        message.remainder().writeTo(out);
    }

    private static Fields start(UserControlMessage message) {
        return Fields.start().put("opCode", message.opCode());
    }
}
