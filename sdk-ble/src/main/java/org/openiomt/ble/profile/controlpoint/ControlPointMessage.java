package org.openiomt.ble.profile.controlpoint;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Remainder;

/** What a client writes to a control point, or a device indicates; see {@link ControlPoint} for the layout. */
public sealed interface ControlPointMessage extends Described {
    /** Returns the control point whose table it follows. */
    ControlPoint point();

    /** Returns what it asks for, or that it answers; 0 to 255. */
    int opCode();

    /** Returns trailing octets, or the octets after an unknown op code. */
    Remainder remainder();

    /**
     * What a client writes.
     *
     * @param point the control point
     * @param opCode an op code of its table
     * @param parameters all that the table demands
     * @param remainder trailing octets
     */
    record Request(ControlPoint point, int opCode, Parameters parameters, Remainder remainder)
            implements ControlPointMessage {
        /** Checks that the parts suit each other. */
        public Request {
            ControlPoint.Operation operation = point.operation(opCode)
                    .orElseThrow(() -> new IllegalArgumentException("not an op code of this table: " + opCode));
            if (!parameters.table().equals(operation.request()) || !parameters.isComplete()) {
                throw new IllegalArgumentException("expected " + operation.request() + ", but got " + parameters);
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Whether it asks for this. */
        public boolean asks(ControlPoint.Operation operation) {
            return opCode == operation.code();
        }

        @Override
        public Map<String, Object> fields() {
            return describe(start(this), parameters, remainder);
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How a device ends a request.
     *
     * @param point the control point
     * @param requestOpCode what is answered, 0 to 255
     * @param responseCode how it ended, 0 to 255; see {@link #result()}
     * @param parameters what the answer holds
     * @param remainder trailing octets
     */
    record Response(ControlPoint point, int requestOpCode, int responseCode, Parameters parameters, Remainder remainder)
            implements ControlPointMessage {
        /** Checks that the parts suit each other. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("responseCode", responseCode, Byte.SIZE);
            if (!parameters.table().equals(point.answerTable(requestOpCode, responseCode))) {
                throw new IllegalArgumentException("parameters of another answer: " + parameters);
            }
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public int opCode() {
            return point.responseOpCode();
        }

        /** Returns how the request ended, or empty when the standard reserves the code. */
        public Optional<ControlPointResult> result() {
            return ControlPointResult.of(responseCode);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = start(this).put("requestOpCode", requestOpCode).put("responseCode", responseCode);
            return describe(fields, parameters, remainder);
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A message with an op code that the table does not have.
     *
     * @param point the control point
     * @param opCode as sent
     * @param remainder the octets after it
     */
    record Unknown(ControlPoint point, int opCode, Remainder remainder) implements ControlPointMessage {
        /** Checks the op code. */
        public Unknown {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            if (point.operation(opCode).isPresent() || opCode == point.responseOpCode()) {
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

    private static Fields start(ControlPointMessage message) {
        return Fields.start().bits("opCode", message.opCode(), Byte.SIZE);
    }

    private static Map<String, Object> describe(Fields fields, Parameters parameters, Remainder remainder) {
        parameters.describe(fields);
        return fields.trailing(remainder).toMap();
    }
}
