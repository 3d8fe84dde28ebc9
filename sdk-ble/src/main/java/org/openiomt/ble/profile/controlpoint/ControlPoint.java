package org.openiomt.ble.profile.controlpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Response;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Unknown;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A control point as a table: the one engine that reads and writes the messages of all of them.
 *
 * <pre>
 * field          type   octets  present when             meaning
 * opCode         uint8  1       always                   a request of the table, or the response; others kept
 * parameters     table          request                  as its table says; a missing one is refused
 * requestOpCode  uint8  1       response                 what is answered; unknown ones kept
 * responseCode   uint8  1       response                 see {@link ControlPointResult}; others kept
 * parameters     table          response, success or     as the table of the answered request says; an answer without any
 *                               operation failed         is kept and reported, one that is cut short is refused
 * </pre>
 *
 * Immutable. Two control points are equal when they are the same one.
 */
public final class ControlPoint {
    private final int responseOpCode;
    private final int lastResult;
    private final Map<Integer, Operation> operations;
    private final Codec<ControlPointMessage> codec = Codec.of(this::read, this::write);

    /**
     * What can be asked.
     *
     * @param code the op code, 0 to 255
     * @param request the parameters of the request
     * @param answer the parameters of its answer when it succeeds
     * @param failure the parameters of its answer when the operation fails
     */
    public record Operation(
            int code, List<Parameter<?>> request, List<Parameter<?>> answer, List<Parameter<?>> failure) {
        /** Copies the tables. */
        public Operation {
            request = List.copyOf(request);
            answer = List.copyOf(answer);
            failure = List.copyOf(failure);
        }

        /** Returns an operation whose answer holds no parameters. */
        public static Operation of(int code, Parameter<?>... request) {
            return new Operation(code, List.of(request), List.of(), List.of());
        }

        /** Returns the same operation with an answer. */
        public Operation answeredBy(Parameter<?>... parameters) {
            return new Operation(code, request, List.of(parameters), failure);
        }

        /** Returns the same operation with parameters that explain a failure. */
        public Operation failingWith(Parameter<?>... parameters) {
            return new Operation(code, request, answer, List.of(parameters));
        }

        private List<Parameter<?>> table(int responseCode) {
            if (responseCode == ControlPointResult.SUCCESS.code()) {
                return answer;
            }
            return responseCode == ControlPointResult.OPERATION_FAILED.code() ? failure : List.of();
        }
    }

    private ControlPoint(int responseOpCode, ControlPointResult lastResult, Operation... operations) {
        this.responseOpCode = responseOpCode;
        this.lastResult = lastResult.code();
        this.operations = List.of(operations).stream()
                .collect(Collectors.toUnmodifiableMap(Operation::code, Function.identity()));
    }

    /**
     * Makes a control point.
     *
     * @param responseOpCode the op code of its response
     * @param lastResult the result with the highest code that it can give
     * @param operations what can be asked
     */
    public static ControlPoint of(int responseOpCode, ControlPointResult lastResult, Operation... operations) {
        return new ControlPoint(responseOpCode, lastResult, operations);
    }

    /** Returns the codec of its messages. */
    public Codec<ControlPointMessage> codec() {
        return codec;
    }

    /** Returns what can be asked with an op code. */
    public Optional<Operation> operation(int opCode) {
        return Optional.ofNullable(operations.get(opCode));
    }

    /**
     * Returns a request.
     *
     * @param values one for each parameter of the table: a Long for a number
     * @throws IllegalArgumentException when one is missing, or does not fit
     */
    public Request request(Operation operation, Object... values) {
        return new Request(this, operation.code, new Parameters(operation.request, List.of(values)), Remainder.NONE);
    }

    /**
     * Returns the answer to a request.
     *
     * @param values what the answer holds
     * @throws IllegalArgumentException when one does not fit
     */
    public Response response(Operation operation, ControlPointResult result, Object... values) {
        return new Response(
                this,
                operation.code,
                result.code(),
                new Parameters(operation.table(result.code()), List.of(values)),
                Remainder.NONE);
    }

    /** Returns all that can be asked, in the order of the op codes. */
    public List<Operation> operations() {
        return operations.values().stream()
                .sorted(Comparator.comparingInt(Operation::code))
                .toList();
    }

    /** Returns the results that it can give. */
    public List<ControlPointResult> results() {
        return List.of(ControlPointResult.values()).subList(0, lastResult);
    }

    int responseOpCode() {
        return responseOpCode;
    }

    /** Returns what an answer can hold; nothing when the op code is none of the table. */
    public List<Parameter<?>> answerTable(int requestOpCode, int responseCode) {
        return operation(requestOpCode)
                .map(operation -> operation.table(responseCode))
                .orElse(List.of());
    }

    private ControlPointMessage read(ByteReader in) {
        int at = in.offset();
        int opCode = in.uint8("opCode");
        Optional<Operation> operation = operation(opCode);
        if (operation.isPresent()) {
            Parameters parameters = Parameters.read(in, operation.get().request);
            return new Request(this, opCode, parameters, in.remainder(0));
        }
        if (opCode == responseOpCode) {
            return readResponse(in);
        }
        in.unforeseen("opCode", at, "unknown op code " + opCode);
        return new Unknown(this, opCode, in.kept("parameters", in.remaining()));
    }

    private Response readResponse(ByteReader in) {
        int requestAt = in.offset();
        int requestOpCode = in.uint8("requestOpCode");
        if (operation(requestOpCode).isEmpty()) {
            in.unforeseen("requestOpCode", requestAt, "unknown op code " + requestOpCode);
        }
        int resultAt = in.offset();
        int responseCode = in.uint8("responseCode");
        if (responseCode == 0 || responseCode > lastResult) {
            in.unforeseen("responseCode", resultAt, "unknown code " + responseCode);
        }
        List<Parameter<?>> table = answerTable(requestOpCode, responseCode);
        boolean isMissing =
                in.remaining() == 0 && !table.isEmpty() && table.get(0).isDemanded();
        if (isMissing) {
            in.unforeseen(table.get(0).name(), in.offset(), "the answer does not hold it");
        }
        Parameters parameters = isMissing ? new Parameters(table, List.of()) : Parameters.read(in, table);
        return new Response(this, requestOpCode, responseCode, parameters, in.remainder(0));
    }

    private void write(ControlPointMessage message, ByteWriter out) {
        if (message.point() != this) {
            throw new IllegalArgumentException("a message of another control point");
        }
        out.uint8("opCode", message.opCode());
        if (message instanceof Request request) {
            request.parameters().writeTo(out);
        } else if (message instanceof Response response) {
            out.uint8("requestOpCode", response.requestOpCode());
            out.uint8("responseCode", response.responseCode());
            response.parameters().writeTo(out);
        } else if (!(message instanceof Unknown)) {
            throw new AssertionError(message);
        }
        message.remainder().writeTo(out);
    }
}
