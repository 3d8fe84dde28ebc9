package org.openiomt.ble.virtual;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;

/**
 * A control point as most services demand it: a request is refused while indications are off or another procedure runs, and is
 * answered by indications. A procedure ends when the last of them is confirmed, or when the link is lost.
 */
final class ControlPointServer {
    private final VirtualPeripheral peripheral;
    private final Channel controlPoint;
    private final ProcedureErrors errors;
    private final Function<byte[], List<byte[]>> procedures;

    // Guarded by this.
    private int unconfirmed;
    private OptionalInt refusal = OptionalInt.empty();

    /**
     * Serves a control point that was added to the peripheral.
     *
     * @param procedures gives the answers to a request, none when the device says nothing; may throw a {@link RefusedException}
     */
    ControlPointServer(
            VirtualPeripheral peripheral,
            Channel controlPoint,
            ProcedureErrors errors,
            Function<byte[], List<byte[]>> procedures) {
        this.peripheral = peripheral;
        this.controlPoint = controlPoint;
        this.errors = errors;
        this.procedures = procedures;
        peripheral.onWrite(controlPoint, this::written);
    }

    /** Refuses the next request with an ATT error, whatever it asks; nothing is done. */
    synchronized void refuseNext(int attError) {
        refusal = OptionalInt.of(attError);
    }

    private void written(byte[] request) {
        begin();
        for (byte[] answer : procedures.apply(request)) {
            synchronized (this) {
                unconfirmed++;
            }
            CompletionStage<Void> confirmed = peripheral.notify(controlPoint, answer);
            confirmed.whenComplete((done, fault) -> confirmed());
        }
    }

    private synchronized void begin() {
        if (refusal.isPresent()) {
            int code = refusal.getAsInt();
            refusal = OptionalInt.empty();
            throw refused(code);
        }
        if (!peripheral.isSubscribed(controlPoint)) {
            throw refused(errors.notSubscribed());
        }
        if (unconfirmed > 0) {
            throw refused(errors.inProgress());
        }
    }

    private synchronized void confirmed() {
        unconfirmed--;
    }

    private RefusedException refused(int code) {
        return new RefusedException(
                code, peripheral.address() + " refused a request: " + AttError.describe(controlPoint, code));
    }
}
