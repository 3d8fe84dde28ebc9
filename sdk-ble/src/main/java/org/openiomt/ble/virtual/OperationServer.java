package org.openiomt.ble.virtual;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Response;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameters;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

/**
 * Serves a control point that is a table, see {@link ControlPoint}: an operation that nobody has taken on is answered with "op code
 * not supported", octets that do not fit the table with "parameter not valid". Any thread may call.
 */
public final class OperationServer {
    private final ControlPoint table;
    private final Map<Integer, Function<Parameters, CompletionStage<Reply>>> operations = new ConcurrentHashMap<>();

    /**
     * How an operation ended.
     *
     * @param result how
     * @param values what the answer holds, one for each parameter of its table
     */
    public record Reply(ControlPointResult result, List<Object> values) {
        /** The parameter is wrong or out of its range. */
        public static final Reply INVALID_PARAMETER = of(ControlPointResult.INVALID_PARAMETER);

        /** It could not be done. */
        public static final Reply FAILED = of(ControlPointResult.OPERATION_FAILED);

        /** Copies the list. */
        public Reply {
            values = List.copyOf(values);
        }

        /** It was done. */
        public static Reply done(Object... values) {
            return of(ControlPointResult.SUCCESS, values);
        }

        /** It ended in some way. */
        public static Reply of(ControlPointResult result, Object... values) {
            return new Reply(result, List.of(values));
        }

        /** Hides what the answer holds. */
        @Override
        public String toString() {
            return "Reply[" + result + "]";
        }
    }

    /**
     * Serves a control point, which knows no operation yet.
     *
     * @param controlPoint a characteristic of the peripheral that can be written and indicates
     */
    public OperationServer(VirtualPeripheral peripheral, Channel controlPoint, ControlPoint table) {
        this.table = table;
        ControlPointServer.serve(peripheral, controlPoint, octets -> {
            if (octets.length == 0) {
                throw new GattRefusedException(
                        controlPoint, AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH, "a request has an op code");
            }
            return serve(octets).thenApply(response -> List.of(table.codec().encode(response)));
        });
    }

    /** Takes on an operation that is done at once. */
    public OperationServer on(Operation operation, Function<Parameters, Reply> handler) {
        return onSlow(operation, parameters -> CompletableFuture.completedFuture(handler.apply(parameters)));
    }

    /** Takes on an operation that takes time; until its stage completes, the procedure is in progress. */
    public OperationServer onSlow(Operation operation, Function<Parameters, CompletionStage<Reply>> handler) {
        operations.put(operation.code(), handler);
        return this;
    }

    private CompletionStage<Response> serve(byte[] octets) {
        int opCode = octets[0] & 0xFF;
        Function<Parameters, CompletionStage<Reply>> handler = operations.get(opCode);
        if (handler == null) {
            return CompletableFuture.completedFuture(
                    response(opCode, Reply.of(ControlPointResult.OP_CODE_NOT_SUPPORTED)));
        }
        Parameters parameters;
        try {
            ControlPointMessage message =
                    table.codec().decode(octets, DecodeMode.STRICT).value();
            parameters = ((Request) message).parameters();
        } catch (DecodeException e) {
            return CompletableFuture.completedFuture(response(opCode, Reply.INVALID_PARAMETER));
        }
        return handler.apply(parameters).thenApply(reply -> response(opCode, reply));
    }

    private Response response(int opCode, Reply reply) {
        int code = reply.result().code();
        return new Response(
                table, opCode, code, new Parameters(table.answerTable(opCode, code), reply.values()), Remainder.NONE);
    }
}
