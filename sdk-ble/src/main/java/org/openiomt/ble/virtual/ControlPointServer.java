package org.openiomt.ble.virtual;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control point as most services demand it: a request is refused while indications are off or another procedure runs, with the
 * codes of its service, and is answered by indications. A procedure ends when the last of them is confirmed, or when the link is lost.
 * Any thread may call.
 */
public final class ControlPointServer {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPointServer.class);

    private final VirtualPeripheral peripheral;
    private final Channel controlPoint;
    private final ProcedureErrors errors;
    private final Function<byte[], CompletionStage<List<byte[]>>> procedures;

    // Guarded by this: a token of the procedure that runs.
    private @Nullable Object running;
    private OptionalInt refusal = OptionalInt.empty();

    private ControlPointServer(
            Function<byte[], CompletionStage<List<byte[]>>> procedures,
            VirtualPeripheral peripheral,
            Channel controlPoint,
            ProcedureErrors errors) {
        this.peripheral = peripheral;
        this.controlPoint = controlPoint;
        this.errors = errors;
        this.procedures = Objects.requireNonNull(procedures, "procedures");
        peripheral.onWrite(controlPoint, this::written).onDisconnected(this::stop);
    }

    /**
     * Serves a control point whose procedures are done at once.
     *
     * @param procedures gives the answers to a request, none when the device says nothing; may throw a {@link RefusedException}
     */
    ControlPointServer(
            VirtualPeripheral peripheral,
            Channel controlPoint,
            ProcedureErrors errors,
            Function<byte[], List<byte[]>> procedures) {
        this(request -> CompletableFuture.completedFuture(procedures.apply(request)), peripheral, controlPoint, errors);
    }

    /**
     * Serves a control point whose procedures are done at once.
     *
     * @param controlPoint a characteristic of the peripheral that can be written and indicates
     * @param procedures does what a request asks for and gives the answers, none when the device says nothing. It may throw a
     *     {@link GattRefusedException}
     */
    public static ControlPointServer serveAtOnce(
            VirtualPeripheral peripheral, Channel controlPoint, Function<byte[], List<byte[]>> procedures) {
        return new ControlPointServer(peripheral, controlPoint, ProcedureErrors.of(controlPoint), procedures);
    }

    /**
     * Serves a control point whose procedures take time.
     *
     * @param controlPoint a characteristic of the peripheral that can be written and indicates
     * @param procedures begins what a request asks for; its stage gives the answers, and runs on after the link is lost, when nobody
     *     hears them. It may throw a {@link GattRefusedException}: then nothing has begun
     */
    public static ControlPointServer serve(
            VirtualPeripheral peripheral,
            Channel controlPoint,
            Function<byte[], CompletionStage<List<byte[]>>> procedures) {
        return new ControlPointServer(procedures, peripheral, controlPoint, ProcedureErrors.of(controlPoint));
    }

    /** Refuses the next request with an ATT error, whatever it asks; nothing is done. */
    public synchronized void refuseNext(int attError) {
        refusal = OptionalInt.of(attError);
    }

    private void written(byte[] request) {
        Object procedure = begin();
        boolean hasBegun = false;
        try {
            CompletionStage<List<byte[]>> answers = procedures.apply(request);
            hasBegun = true;
            answers.whenComplete((octets, fault) -> {
                if (fault != null) {
                    LOG.error("a procedure of the virtual peripheral {} failed", peripheral.address(), fault);
                }
                answer(procedure, fault == null ? octets : List.of());
            });
        } finally {
            if (!hasBegun) {
                end(procedure);
            }
        }
    }

    private synchronized Object begin() {
        if (refusal.isPresent()) {
            int code = refusal.getAsInt();
            refusal = OptionalInt.empty();
            throw refused(code);
        }
        if (!peripheral.isSubscribed(controlPoint)) {
            throw refused(errors.notSubscribed());
        }
        if (running != null) {
            throw refused(errors.inProgress());
        }
        Object procedure = new Object();
        running = procedure;
        return procedure;
    }

    private void answer(Object procedure, List<byte[]> answers) {
        synchronized (this) {
            if (running != procedure) {
                return;
            }
        }
        CompletableFuture<?>[] confirmations = answers.stream()
                .map(octets -> peripheral.notify(controlPoint, octets).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletionStage<Void> allConfirmed = CompletableFuture.allOf(confirmations);
        allConfirmed.whenComplete((done, fault) -> end(procedure));
    }

    private synchronized void end(Object procedure) {
        if (running == procedure) {
            running = null;
        }
    }

    private synchronized void stop() {
        running = null;
    }

    private RefusedException refused(int code) {
        return new GattRefusedException(
                controlPoint, new RefusedException(code, peripheral.address() + " refused a request"));
    }
}
