package org.openiomt.ble.profile.continuousglucose;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bit;
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
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * CGM Specific Ops Control Point, characteristic {@code 0x2AAC} of the Continuous Glucose Monitoring Service: what a client
 * writes and what the sensor indicates.
 *
 * <pre>
 * field            type    octets  present when                    meaning
 * opCode           uint8   1       always                          see {@link SpecificOpsCode}; others kept raw
 * intervalMinutes  uint8   1       op code 1, 3                    0 never, 255 as often as the sensor can
 * calibration      record  10      op code 4, 6                    see {@link Calibration}
 * recordNumber     uint16  2       op code 5                       which calibration; 65,535 the last
 * level            SFLOAT  2       op code 7, 9, 10, 12 .. 22, 24  mg/dL; mg/dL per minute from op code 19 on
 * requestOpCode    uint8   1       op code 28                      what is answered
 * responseCode     uint8   1       op code 28                      see {@link Result}; others kept raw
 * crc              uint16  2       {@link E2eContext}              over all octets before it
 * </pre>
 *
 * @param body what is asked or answered
 * @param check what the check sum says
 * @param remainder octets before the check sum
 * @see <a href="https://www.bluetooth.com/specifications/specs/continuous-glucose-monitoring-service-1-0-2/">CGMS, 3.7</a>
 */
public record SpecificOpsMessage(Body body, E2eCheck check, Remainder remainder) implements Described {
    /** Reads and writes it when the feature characteristic was not read; see {@link E2eContext#NOT_KNOWN}. */
    public static final Codec<SpecificOpsMessage> CODEC = codec(E2eContext.NOT_KNOWN);

    private static final int CODE_WIDTH = 8;

    /** What a message asks or answers. */
    public sealed interface Body {
        /** Returns the op code on the wire, 0 to 255. */
        int opCode();
    }

    /**
     * An op code alone.
     *
     * @param code one without operand
     */
    public record Plain(SpecificOpsCode code) implements Body {
        /** Checks that the code has no operand. */
        public Plain {
            require(code, SpecificOpsCode.Operand.NONE);
        }

        @Override
        public int opCode() {
            return code.code();
        }
    }

    /**
     * How often the sensor sends values.
     *
     * @param code whether it shall or does
     * @param minutes 1 to 254, {@link #NEVER} or {@link #FASTEST}
     */
    public record Interval(SpecificOpsCode code, int minutes) implements Body {
        /** The sensor sends nothing by itself. */
        public static final int NEVER = 0;

        /** The sensor sends as often as it can. */
        public static final int FASTEST = 255;

        /** Checks code and range. */
        public Interval {
            require(code, SpecificOpsCode.Operand.INTERVAL);
            Bits.requireUnsigned("intervalMinutes", minutes, Byte.SIZE);
        }

        @Override
        public int opCode() {
            return code.code();
        }
    }

    /**
     * A blood glucose value that the sensor is calibrated with.
     *
     * <pre>
     * field                         type    octets  meaning
     * glucoseMilligramPerDecilitre  SFLOAT  2       mg/dL
     * calibrationTimeMinutes        uint16  2       minutes since the session began
     * type                          uint4   1       low half: of what, coded as in the Glucose Service
     * sampleLocation                uint4           high half: from where
     * nextCalibrationMinutes        uint16  2       minutes since the session began; when the next one is due
     * recordNumber                  uint16  2       the sensor's number of this calibration
     * status                        uint8   1       see {@link CalibrationStatus}; reserved bits kept
     * </pre>
     *
     * @param code whether it shall be or was used
     * @param glucoseMilligramPerDecilitre mg/dL
     * @param calibrationTimeMinutes minutes since the session began, 0 to 65,535
     * @param type of what, 0 to 15
     * @param sampleLocation from where, 0 to 15
     * @param nextCalibrationMinutes minutes since the session began, 0 to 65,535
     * @param recordNumber the sensor's number, 0 to 65,535
     * @param status the bits as sent, 0 to 255
     */
    public record Calibration(
            SpecificOpsCode code,
            MedicalFloat glucoseMilligramPerDecilitre,
            int calibrationTimeMinutes,
            int type,
            int sampleLocation,
            int nextCalibrationMinutes,
            int recordNumber,
            int status)
            implements Body {
        private static final int SIZE = 10;
        private static final int NIBBLE = 4;
        private static final int NIBBLE_MASK = 0x0F;

        /** Checks code and ranges. */
        public Calibration {
            require(code, SpecificOpsCode.Operand.CALIBRATION);
            Objects.requireNonNull(glucoseMilligramPerDecilitre, "glucoseMilligramPerDecilitre");
            Bits.requireUnsigned("calibrationTimeMinutes", calibrationTimeMinutes, Short.SIZE);
            Bits.requireUnsigned("type", type, NIBBLE);
            Bits.requireUnsigned("sampleLocation", sampleLocation, NIBBLE);
            Bits.requireUnsigned("nextCalibrationMinutes", nextCalibrationMinutes, Short.SIZE);
            Bits.requireUnsigned("recordNumber", recordNumber, Short.SIZE);
            Bits.requireUnsigned("status", status, Byte.SIZE);
        }

        @Override
        public int opCode() {
            return code.code();
        }

        private static Calibration read(ByteReader whole, SpecificOpsCode code) {
            ByteReader in = whole.part("calibrationRecord", SIZE);
            MedicalFloat glucose = in.sfloat("glucoseMilligramPerDecilitre");
            int minutes = in.uint16("calibrationTimeMinutes");
            int both = in.uint8("type");
            int next = in.uint16("nextCalibrationMinutes");
            int number = in.uint16("recordNumber");
            int at = in.offset();
            int status = in.uint8("status");
            in.unknownBits("status", at, status, Bits.known(CalibrationStatus.class));
            return new Calibration(code, glucose, minutes, both & NIBBLE_MASK, both >> NIBBLE, next, number, status);
        }

        private void write(ByteWriter out) {
            out.sfloat("glucoseMilligramPerDecilitre", glucoseMilligramPerDecilitre);
            out.uint16("calibrationTimeMinutes", calibrationTimeMinutes);
            out.uint8("type", type | sampleLocation << NIBBLE);
            out.uint16("nextCalibrationMinutes", nextCalibrationMinutes);
            out.uint16("recordNumber", recordNumber);
            out.uint8("status", status);
        }

        /** Hides the reading. */
        @Override
        public String toString() {
            return "Calibration[]";
        }
    }

    /** How a calibration went: the bits of its status. Bits 3 to 7 are reserved. */
    public enum CalibrationStatus implements Bit {
        /** The value was not accepted. */
        REJECTED(0),
        /** The value could not be used because it lies out of range. */
        OUT_OF_RANGE(1),
        /** The calibration is under way. */
        PENDING(2);

        private final int bit;

        CalibrationStatus(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /**
     * Asks for a calibration.
     *
     * @param recordNumber the sensor's number of it, or {@link #LAST}
     */
    public record CalibrationQuery(int recordNumber) implements Body {
        /** The calibration that was made last. */
        public static final int LAST = 0xFFFF;

        /** Checks the range. */
        public CalibrationQuery {
            Bits.requireUnsigned("recordNumber", recordNumber, Short.SIZE);
        }

        @Override
        public int opCode() {
            return SpecificOpsCode.GET_CALIBRATION.code();
        }
    }

    /**
     * A level at which the sensor warns.
     *
     * @param code which level, and whether it shall be or is
     * @param level mg/dL, or mg/dL per minute for the two rates
     */
    public record Level(SpecificOpsCode code, MedicalFloat level) implements Body {
        /** Checks the code. */
        public Level {
            require(code, SpecificOpsCode.Operand.LEVEL);
            Objects.requireNonNull(level, "level");
        }

        @Override
        public int opCode() {
            return code.code();
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Level[]";
        }
    }

    /**
     * How a request went.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param responseCode how it went, 0 to 255; see {@link Result#of}
     */
    public record Response(int requestOpCode, int responseCode) implements Body {
        /** Checks the ranges. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("responseCode", responseCode, Byte.SIZE);
        }

        /** Answers a request. */
        public static Response of(SpecificOpsCode request, Result result) {
            return new Response(request.code(), result.code());
        }

        @Override
        public int opCode() {
            return SpecificOpsCode.RESPONSE.code();
        }
    }

    /**
     * A message with an op code that the standard reserves; its operand is the remainder.
     *
     * @param opCode 0, or 29 to 255
     */
    public record Unknown(int opCode) implements Body {
        /** Checks the range. */
        public Unknown {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (SpecificOpsCode.of(opCode).isPresent()) {
                throw new IllegalArgumentException("a known op code: " + opCode);
            }
        }
    }

    /** How a request went. */
    public enum Result {
        /** The sensor did what was asked. */
        SUCCESS(1, "done"),
        /** It does not know the op code. */
        OP_CODE_NOT_SUPPORTED(2, "op code not supported"),
        /** The operand is wrong for this op code. */
        INVALID_OPERAND(3, "operand not valid"),
        /** It could not end what it had begun. */
        PROCEDURE_NOT_COMPLETED(4, "procedure not completed"),
        /** The operand is beyond the range of the sensor. */
        PARAMETER_OUT_OF_RANGE(5, "parameter out of range");

        private final int code;
        private final String text;

        Result(int code, String text) {
            this.code = code;
            this.text = text;
        }

        /** Returns the code on the wire, 1 to 5. */
        public int code() {
            return code;
        }

        /** Returns the constant of a code, or empty when the standard reserves it. */
        public static Optional<Result> of(int code) {
            return Arrays.stream(values())
                    .filter(constant -> constant.code == code)
                    .findFirst();
        }

        /** Returns what the code means, for a person. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Checks that all are there. */
    public SpecificOpsMessage {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a message without tail; the context of the codec decides about its check sum. */
    public static SpecificOpsMessage of(Body body) {
        return new SpecificOpsMessage(body, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a device of which {@link CgmFeatures#e2e} is known. */
    public static Codec<SpecificOpsMessage> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static SpecificOpsMessage read(ByteReader in, E2eContext context) {
        E2e e2e = E2e.open(in, context, E2eLayout.CRC);
        ByteReader body = e2e.body();
        int at = body.offset();
        int opCode = body.uint8("opCode");
        Optional<SpecificOpsCode> code = SpecificOpsCode.of(opCode);
        if (code.isEmpty()) {
            body.unforeseen("opCode", at, "unknown code " + opCode);
        }
        Body content = code.isPresent() ? readBody(body, code.get()) : new Unknown(opCode);
        E2e.End end = e2e.end(0);
        return new SpecificOpsMessage(content, end.check(), end.remainder());
    }

    private static Body readBody(ByteReader in, SpecificOpsCode code) {
        return switch (code.operand()) {
            case NONE -> new Plain(code);
            case INTERVAL -> new Interval(code, in.uint8("intervalMinutes"));
            case CALIBRATION -> Calibration.read(in, code);
            case RECORD_NUMBER -> new CalibrationQuery(in.uint16("recordNumber"));
            case LEVEL -> new Level(code, in.sfloat("level"));
            case RESPONSE -> readResponse(in);
        };
    }

    private static Response readResponse(ByteReader in) {
        int request = in.uint8("requestOpCode");
        int at = in.offset();
        int code = in.uint8("responseCode");
        if (Result.of(code).isEmpty()) {
            in.unforeseen("responseCode", at, "unknown code " + code);
        }
        return new Response(request, code);
    }

    private static void write(SpecificOpsMessage value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint8("opCode", value.body.opCode());
        if (value.body instanceof Interval interval) {
            out.uint8("intervalMinutes", interval.minutes);
        } else if (value.body instanceof Calibration calibration) {
            calibration.write(out);
        } else if (value.body instanceof CalibrationQuery query) {
            out.uint16("recordNumber", query.recordNumber);
        } else if (value.body instanceof Level level) {
            out.sfloat("level", level.level);
        } else if (value.body instanceof Response response) {
            out.uint8("requestOpCode", response.requestOpCode);
            out.uint8("responseCode", response.responseCode);
        } else if (!(value.body instanceof Plain || value.body instanceof Unknown)) {
            throw new AssertionError(value.body);
        }
        value.remainder.writeTo(out);
        E2e.write(out, start, context, E2eLayout.CRC, value.check);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("opCode", body.opCode(), CODE_WIDTH);
        if (body instanceof Interval interval) {
            fields.put("intervalMinutes", minutes(interval.minutes));
        } else if (body instanceof Calibration calibration) {
            fields.put("glucoseMilligramPerDecilitre", calibration.glucoseMilligramPerDecilitre)
                    .put("calibrationTimeMinutes", calibration.calibrationTimeMinutes)
                    .put("type", calibration.type)
                    .put("sampleLocation", calibration.sampleLocation)
                    .put("nextCalibrationMinutes", calibration.nextCalibrationMinutes)
                    .put("recordNumber", calibration.recordNumber)
                    .bits("status", calibration.status, CODE_WIDTH);
        } else if (body instanceof CalibrationQuery query) {
            fields.put("recordNumber", query.recordNumber == CalibrationQuery.LAST ? "last" : query.recordNumber);
        } else if (body instanceof Level level) {
            fields.put("level", level.level);
        } else if (body instanceof Response response) {
            fields.bits("requestOpCode", response.requestOpCode, CODE_WIDTH).put("responseCode", response.responseCode);
        }
        return E2e.describe(fields, check, CODEC.encode(this))
                .trailing(remainder)
                .toMap();
    }

    private static Object minutes(int interval) {
        return switch (interval) {
            case Interval.NEVER -> "never";
            case Interval.FASTEST -> "fastest";
            default -> interval;
        };
    }

    private static void require(SpecificOpsCode code, SpecificOpsCode.Operand operand) {
        if (code.operand() != operand) {
            throw new IllegalArgumentException(code + " has another operand");
        }
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
