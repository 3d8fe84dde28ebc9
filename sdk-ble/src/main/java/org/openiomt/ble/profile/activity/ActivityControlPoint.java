package org.openiomt.ble.profile.activity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Physical Activity Monitor Control Point, characteristic {@code 0x2B43} of the Physical Activity Monitor Service: asks for sessions,
 * starts and stops them.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * opCode    uint8   1       always        see {@link Operation}; others kept with their operand and reported, strict refuses
 * operands  ...     ...     by op code    see {@link Operation}
 * </pre>
 *
 * @param opCode 0 to 255
 * @param operands by their names, in the order of the layout; none for an unknown op code
 * @param remainder the operand of an unknown op code, or trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/physical-activity-monitor-service-1-0/">PAMS 1.0, 3.9</a>
 */
public record ActivityControlPoint(int opCode, Map<String, Long> operands, Remainder remainder) implements Described {

    /** Reads and writes it. */
    public static final Codec<ActivityControlPoint> CODEC =
            Codec.of(ActivityControlPoint::read, ActivityControlPoint::write);

    /** The sub-session that stands for all of a session. */
    public static final int ALL_SUB_SESSIONS = 0xFFFF;

    /** What is asked or answered, with the operands and their octets. */
    public enum Operation {
        /** Send the descriptors of all sessions. */
        ENQUIRE_SESSIONS(0x01),
        /** Send the descriptors of the sub-sessions of one session. */
        ENQUIRE_SUB_SESSIONS(0x02, new Operand("sessionId", 2)),
        /** Send the data of an ended session: which characteristic, 0 for 2B3C to 6 for 2B42. */
        GET_ENDED_SESSION_DATA(
                0x03, new Operand("sessionId", 2), new Operand("subSessionId", 2), new Operand("characteristic", 1)),
        /** Start a session (scope 0) or a sub-session (scope 1). */
        START_SESSION(0x04, new Operand("scope", 1)),
        /** Stop the session. */
        STOP_SESSION(0x05),
        /** Delete an ended session. */
        DELETE_ENDED_SESSION(0x06, new Operand("sessionId", 2)),
        /** Say what the person did, in this sub-session (scope 0) or all of the session (scope 1). */
        SET_AVERAGE_ACTIVITY_TYPE(0x07, new Operand("scope", 1), new Operand("activityType", 1)),
        /** The data of an ended session were sent: how many values. */
        ENDED_SESSION_DATA_SENT(0xFA, new Operand("count", 4)),
        /** The sub-sessions were sent: how many. */
        SUB_SESSIONS_SENT(0xFB, new Operand("count", 2)),
        /** The sessions were sent: how many. */
        SESSIONS_SENT(0xFC, new Operand("count", 2)),
        /** The data of an ended session were not sent: why. */
        ENDED_SESSION_DATA_FAILED(0xFD, new Operand("error", 1)),
        /** The sub-sessions were not sent: why. */
        SUB_SESSIONS_FAILED(0xFE, new Operand("error", 1)),
        /** The sessions were not sent: why. */
        SESSIONS_FAILED(0xFF, new Operand("error", 1));

        private final int opCode;

        @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
        private final List<Operand> operands;

        Operation(int opCode, Operand... operands) {
            this.opCode = opCode;
            this.operands = List.of(operands);
        }

        /** Returns the op code. */
        public int opCode() {
            return opCode;
        }

        private static Optional<Operation> of(int opCode) {
            for (Operation operation : values()) {
                if (operation.opCode == opCode) {
                    return Optional.of(operation);
                }
            }
            return Optional.empty();
        }
    }

    private record Operand(String name, int size) {}

    /** Checks that the operands are those of the op code, and orders them. */
    public ActivityControlPoint {
        Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
        Map<String, Long> ordered = new LinkedHashMap<>();
        for (Operand operand : layout(opCode)) {
            Long value = operands.get(operand.name);
            if (value == null) {
                throw new IllegalArgumentException("the operand " + operand.name + " is missing");
            }
            Bits.requireUnsigned(operand.name, value, operand.size * Byte.SIZE);
            ordered.put(operand.name, value);
        }
        if (ordered.size() != operands.size()) {
            throw new IllegalArgumentException("operands that the op code " + opCode + " does not have");
        }
        operands = Collections.unmodifiableMap(ordered);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a message. */
    public static ActivityControlPoint of(Operation operation, Map<String, Long> operands) {
        return new ActivityControlPoint(operation.opCode, operands, Remainder.NONE);
    }

    /** Returns what is asked or answered, unless the op code is reserved. */
    public Optional<Operation> operation() {
        return Operation.of(opCode);
    }

    private static List<Operand> layout(int opCode) {
        return Operation.of(opCode).map(operation -> operation.operands).orElse(List.of());
    }

    private static ActivityControlPoint read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        Map<String, Long> operands = new LinkedHashMap<>();
        for (Operand operand : layout(opCode)) {
            operands.put(operand.name, in.unsigned(operand.name, operand.size));
        }
        if (Operation.of(opCode).isEmpty()) {
            in.unforeseen("opCode", at, "unknown code " + opCode);
        }
        return new ActivityControlPoint(opCode, operands, in.remainder(0));
    }

    private static void write(ActivityControlPoint value, ByteWriter out) {
        out.uint8("opCode", value.opCode);
        layout(value.opCode)
                .forEach(operand ->
                        out.unsigned(operand.name, value.operands.getOrDefault(operand.name, 0L), operand.size));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("opCode", opCode).put("operation", operation());
        operands.forEach(fields::put);
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
