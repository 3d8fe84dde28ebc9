package org.openiomt.ble.profile.reconnection;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Reconnection Configuration Control Point, characteristic {@code 0x2B1F}: what a client writes and what a device indicates.
 *
 * <pre>
 * field          type                          octets  present when     meaning
 * opCode         uint8                         1       always           see {@link Body}; others kept with what follows
 * parameters     see {@link ConnectionParameters}  16  op code 2, 15, 17
 * choice         uint8                         1       op code 3, 6     which stored set of parameters
 *                                                      op code 9        the advertising configuration less 1
 *                                                      op code 10 - 12  0 no, 255 yes; others kept
 * timer          uint32                        4       op code 7, 16    its unit is unverified; 0xFFFFFFFE switched off
 * minTimer       uint32                        4       op code 16
 * maxTimer       uint32                        4       op code 16
 * requestOpCode  uint8                         1       op code 14, 15   what is answered
 * resultCode     uint8                         1       op code 14       see {@link ReconnectionResult}; others kept
 * failed         uint8                         1       an answer to 2 with result 5 or 6  bit n: parameter n
 * crc            uint16                        2       the features' bit 0  check sum of the octets before it
 * </pre>
 *
 * @param body what it says
 * @param check what the check sum says
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/reconnection-configuration-service-1-0-1/">RCS 1.0.1, 3.3</a>
 */
public record ReconnectionMessage(Body body, E2eCheck check, Remainder remainder) implements Described {
    /** Reads and writes it where it is not known whether the device has check sums. */
    public static final Codec<ReconnectionMessage> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int YES = 0xFF;

    /** What a message says. */
    public sealed interface Body {
        /** Op code: disconnect when ready. */
        int ENABLE_DISCONNECT = 0;

        /** Op code: tell the parameters in use. */
        int GET_ACTUAL_PARAMETERS = 1;

        /** Op code: take parameters. */
        int PROPOSE_SETTINGS = 2;

        /** Op code: use a stored set. */
        int ACTIVATE_STORED_SETTINGS = 3;

        /** Op code: tell the greatest values. */
        int GET_MAX_VALUES = 4;

        /** Op code: tell the smallest values. */
        int GET_MIN_VALUES = 5;

        /** Op code: tell a stored set. */
        int GET_STORED_VALUES = 6;

        /** Op code: set the time in which only known clients are heard. */
        int SET_FILTER_TIMER = 7;

        /** Op code: tell that time. */
        int GET_FILTER_TIMER = 8;

        /** Op code: choose how to advertise. */
        int SET_ADVERTISEMENT_CONFIGURATION = 9;

        /** Op code: insist on LE Secure Connections, or not. */
        int UPGRADE_TO_LESC_ONLY = 10;

        /** Op code: ask for out-of-band data at the next pairing, or not. */
        int SWITCH_OOB_PAIRING = 11;

        /** Op code: limit access, or not. */
        int LIMITED_ACCESS = 12;

        /** Op code of the general answer. */
        int PROCEDURE_RESPONSE = 14;

        /** Op code of an answer with parameters. */
        int PARAMETER_RESPONSE = 15;

        /** Op code of an answer with times. */
        int TIMER_RESPONSE = 16;

        /** Op code: what a client should ask for. */
        int CLIENT_PARAMETERS = 17;

        /** Returns what it asks for or answers, 0 to 255. */
        int opCode();
    }

    /**
     * A request without a parameter, or an op code that the standard reserves, whose parameter is in the remainder.
     *
     * @param opCode 0, 1, 4, 5, 8, or a reserved one
     */
    public record Plain(int opCode) implements Body {
        /** Checks the op code. */
        public Plain {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (kind(opCode) != Kind.PLAIN && kind(opCode) != Kind.UNKNOWN) {
                throw new IllegalArgumentException("op code " + opCode + " has parameters");
            }
        }
    }

    /**
     * A request with one octet.
     *
     * @param opCode 3, 6, 9, 10, 11 or 12
     * @param code the octet, 0 to 255
     */
    public record Choice(int opCode, int code) implements Body {
        /** Checks the op code. */
        public Choice {
            require(opCode, Kind.CHOICE);
            Bits.requireUnsigned("choice", code, Byte.SIZE);
        }

        /** Returns a request to switch something on. */
        public static Choice on(int opCode) {
            return new Choice(opCode, YES);
        }

        /** Returns a request to switch something off. */
        public static Choice off(int opCode) {
            return new Choice(opCode, 0);
        }

        private boolean isForeseen() {
            return switch (opCode) {
                case SET_ADVERTISEMENT_CONFIGURATION -> code < 4;
                case UPGRADE_TO_LESC_ONLY, SWITCH_OOB_PAIRING, LIMITED_ACCESS -> code == 0 || code == YES;
                default -> true;
            };
        }
    }

    /**
     * Parameters that a client proposes, or that it should ask for.
     *
     * @param opCode {@link Body#PROPOSE_SETTINGS} or {@link Body#CLIENT_PARAMETERS}
     * @param parameters the parameters
     */
    public record Proposal(int opCode, ConnectionParameters parameters) implements Body {
        /** Checks the op code. */
        public Proposal {
            require(opCode, Kind.PROPOSAL);
            Objects.requireNonNull(parameters, "parameters");
        }
    }

    /**
     * Parameters that a device answers.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param parameters the parameters
     */
    public record ParameterAnswer(int requestOpCode, ConnectionParameters parameters) implements Body {
        /** Checks the range. */
        public ParameterAnswer {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Objects.requireNonNull(parameters, "parameters");
        }

        @Override
        public int opCode() {
            return PARAMETER_RESPONSE;
        }
    }

    /**
     * Sets the time in which only known clients are heard.
     *
     * @param timer 0 to 4,294,967,295
     */
    public record SetTimer(long timer) implements Body {
        /** Checks the range. */
        public SetTimer {
            Bits.requireUnsigned("timer", timer, Integer.SIZE);
        }

        @Override
        public int opCode() {
            return SET_FILTER_TIMER;
        }
    }

    /**
     * The time in which only known clients are heard.
     *
     * @param timer 0 to 4,294,967,295
     * @param min the least that it can be, 0 to 4,294,967,295
     * @param max the most that it can be, 0 to 4,294,967,295
     */
    public record TimerAnswer(long timer, long min, long max) implements Body {
        /** Checks the ranges. */
        public TimerAnswer {
            Bits.requireUnsigned("timer", timer, Integer.SIZE);
            Bits.requireUnsigned("minTimer", min, Integer.SIZE);
            Bits.requireUnsigned("maxTimer", max, Integer.SIZE);
        }

        @Override
        public int opCode() {
            return TIMER_RESPONSE;
        }
    }

    /**
     * How a procedure ended.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param resultCode how it ended, 0 to 255; see {@link ReconnectionResult#of}
     * @param failed the parameters at fault, 0 to 255; there exactly when {@link Body#PROPOSE_SETTINGS} had result 5 or 6
     */
    public record Response(int requestOpCode, int resultCode, OptionalInt failed) implements Body {
        /** Checks that the parts suit each other. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("resultCode", resultCode, Byte.SIZE);
            Bits.requireUnsigned("failed", failed, Byte.SIZE);
            if (failed.isPresent() != hasFailed(requestOpCode, resultCode)) {
                throw new IllegalArgumentException(
                        "a proposal that does not fit has parameters at fault, nothing else has");
            }
        }

        private static boolean hasFailed(int requestOpCode, int resultCode) {
            return requestOpCode == PROPOSE_SETTINGS
                    && (resultCode == ReconnectionResult.OUT_OF_RANGE.code()
                            || resultCode == ReconnectionResult.INVALID_COMBINATION.code());
        }

        @Override
        public int opCode() {
            return PROCEDURE_RESPONSE;
        }
    }

    private enum Kind {
        PLAIN,
        CHOICE,
        PROPOSAL,
        SET_TIMER,
        RESPONSE,
        PARAMETER_ANSWER,
        TIMER_ANSWER,
        UNKNOWN
    }

    /** Checks that all are there. */
    public ReconnectionMessage {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the codec for a device whose features were read, see {@link ReconnectionFeatures#context()}. */
    public static Codec<ReconnectionMessage> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static Kind kind(int opCode) {
        return switch (opCode) {
            case Body.ENABLE_DISCONNECT,
                    Body.GET_ACTUAL_PARAMETERS,
                    Body.GET_MAX_VALUES,
                    Body.GET_MIN_VALUES,
                    Body.GET_FILTER_TIMER -> Kind.PLAIN;
            case Body.ACTIVATE_STORED_SETTINGS,
                    Body.GET_STORED_VALUES,
                    Body.SET_ADVERTISEMENT_CONFIGURATION,
                    Body.UPGRADE_TO_LESC_ONLY,
                    Body.SWITCH_OOB_PAIRING,
                    Body.LIMITED_ACCESS -> Kind.CHOICE;
            case Body.PROPOSE_SETTINGS, Body.CLIENT_PARAMETERS -> Kind.PROPOSAL;
            case Body.SET_FILTER_TIMER -> Kind.SET_TIMER;
            case Body.PROCEDURE_RESPONSE -> Kind.RESPONSE;
            case Body.PARAMETER_RESPONSE -> Kind.PARAMETER_ANSWER;
            case Body.TIMER_RESPONSE -> Kind.TIMER_ANSWER;
            default -> Kind.UNKNOWN;
        };
    }

    private static void require(int opCode, Kind kind) {
        if (kind(opCode) != kind) {
            throw new IllegalArgumentException("op code " + opCode + " has other parameters");
        }
    }

    private static ReconnectionMessage read(ByteReader whole, E2eContext context) {
        E2e e2e = E2e.open(whole, context, E2eLayout.CRC);
        Body body = readBody(e2e.body());
        E2e.End end = e2e.end(0);
        return new ReconnectionMessage(body, end.check(), end.remainder());
    }

    private static Body readBody(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        return switch (kind(opCode)) {
            case PLAIN -> new Plain(opCode);
            case CHOICE -> readChoice(in, opCode);
            case PROPOSAL -> new Proposal(opCode, ConnectionParameters.read(in));
            case SET_TIMER -> new SetTimer(in.uint32("timer"));
            case RESPONSE -> readResponse(in);
            case PARAMETER_ANSWER -> new ParameterAnswer(readRequest(in), ConnectionParameters.read(in));
            case TIMER_ANSWER -> new TimerAnswer(in.uint32("timer"), in.uint32("minTimer"), in.uint32("maxTimer"));
            case UNKNOWN -> {
                in.unforeseen("opCode", at, "unknown code " + opCode);
                yield new Plain(opCode);
            }
        };
    }

    private static Choice readChoice(ByteReader in, int opCode) {
        int at = in.offset();
        Choice choice = new Choice(opCode, in.uint8("choice"));
        if (!choice.isForeseen()) {
            in.unforeseen("choice", at, "unknown code " + choice.code);
        }
        return choice;
    }

    private static int readRequest(ByteReader in) {
        int at = in.offset();
        int request = in.uint8("requestOpCode");
        if (request > Body.LIMITED_ACCESS) {
            in.unforeseen("requestOpCode", at, "unknown code " + request);
        }
        return request;
    }

    private static Response readResponse(ByteReader in) {
        int request = readRequest(in);
        int at = in.offset();
        int result = in.uint8("resultCode");
        if (ReconnectionResult.of(result).isEmpty()) {
            in.unforeseen("resultCode", at, "unknown code " + result);
        }
        return new Response(
                request,
                result,
                Response.hasFailed(request, result) ? OptionalInt.of(in.uint8("failed")) : OptionalInt.empty());
    }

    private static void write(ReconnectionMessage value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint8("opCode", value.body.opCode());
        if (value.body instanceof Choice choice) {
            out.uint8("choice", choice.code);
        } else if (value.body instanceof Proposal proposal) {
            proposal.parameters.writeTo(out);
        } else if (value.body instanceof ParameterAnswer answer) {
            out.uint8("requestOpCode", answer.requestOpCode);
            answer.parameters.writeTo(out);
        } else if (value.body instanceof SetTimer timer) {
            out.uint32("timer", timer.timer);
        } else if (value.body instanceof TimerAnswer answer) {
            out.uint32("timer", answer.timer);
            out.uint32("minTimer", answer.min);
            out.uint32("maxTimer", answer.max);
        } else if (value.body instanceof Response response) {
            out.uint8("requestOpCode", response.requestOpCode);
            out.uint8("resultCode", response.resultCode);
            response.failed.ifPresent(failed -> out.uint8("failed", failed));
        } else if (!(value.body instanceof Plain)) {
            throw new AssertionError(value.body);
        }
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("opCode", body.opCode());
        if (body instanceof Choice choice) {
            fields.put("choice", choice.code);
        } else if (body instanceof Proposal proposal) {
            proposal.parameters.describe(fields);
        } else if (body instanceof ParameterAnswer answer) {
            fields.put("requestOpCode", answer.requestOpCode);
            answer.parameters.describe(fields);
        } else if (body instanceof SetTimer timer) {
            fields.put("timer", timer.timer);
        } else if (body instanceof TimerAnswer answer) {
            fields.put("timer", answer.timer).put("minTimer", answer.min).put("maxTimer", answer.max);
        } else if (body instanceof Response response) {
            fields.put("requestOpCode", response.requestOpCode)
                    .put("resultCode", response.resultCode)
                    .put("result", ReconnectionResult.of(response.resultCode));
            response.failed.ifPresent(failed -> fields.bits("failed", failed, Byte.SIZE));
        }
        return E2e.describe(fields.trailing(remainder), check, CODEC.encode(this))
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
