package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.Outcome;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.fitness.MachineControlPoint;
import org.openiomt.ble.profile.fitness.MachineParameters.StopOrPause;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Channel;

/**
 * The commands of a fitness machine; {@link FitnessMachineDriver} lists them. Control is asked for before each: the machine may have
 * taken it back. A target that the machine cannot hold exactly is refused on this side and never rounded.
 */
final class MachineControl {
    private static final Channel CONTROL_POINT = Gatt.channel("1826", "2ad9");

    private static final Map<String, ControlPointMessage> PLAIN = Map.of(
            FitnessMachineDriver.START, MachineControlPoint.startOrResume(),
            FitnessMachineDriver.STOP, MachineControlPoint.stop(StopOrPause.STOP),
            FitnessMachineDriver.PAUSE, MachineControlPoint.stop(StopOrPause.PAUSE),
            FitnessMachineDriver.RESET, MachineControlPoint.reset());

    private static final Map<String, Target> TARGETS = Map.of(
            FitnessMachineDriver.SET_POWER,
                    new Target(Units.MDC_DIM_WATT, BigDecimal.ONE, MachineControlPoint::setPower),
            FitnessMachineDriver.SET_INCLINATION,
                    new Target(Units.MDC_DIM_PERCENT, BigDecimal.TEN, MachineControlPoint::setInclination),
            FitnessMachineDriver.SET_SPEED,
                    new Target(Units.MDC_DIM_M_PER_SEC, BigDecimal.valueOf(360), MachineControlPoint::setSpeed));

    private final GattSession gatt;
    private final ControlPointClient<ControlPointMessage> client;
    private @Nullable CompletionStage<Boolean> opened;

    /**
     * A target that takes a number.
     *
     * @param unit the unit of the argument
     * @param steps how many steps of the machine one of the unit is
     * @param request makes the request of a number of steps
     */
    private record Target(Code unit, BigDecimal steps, LongFunction<ControlPointMessage> request) {
        /** Returns the request; empty when the argument is none, or none that the machine can hold exactly. */
        Optional<ControlPointMessage> of(@Nullable Value argument) {
            if (!(argument instanceof Value.Numeric numeric)) {
                return Optional.empty();
            }
            Quantity quantity = numeric.quantity();
            if (!quantity.unit().equals(unit) || !quantity.value().isFinite()) {
                return Optional.empty();
            }
            try {
                return Optional.of(request.apply(
                        quantity.value().toBigDecimal().multiply(steps).longValueExact()));
            } catch (ArithmeticException
                    | IllegalArgumentException e) { // between two steps, or out of the range of the octets
                return Optional.empty();
            }
        }
    }

    private MachineControl(GattSession gatt) {
        this.gatt = gatt;
        this.client = new ControlPointClient<>(gatt, CONTROL_POINT, ControlPointForms.table(MachineControlPoint.POINT));
    }

    /** Lets the session run the commands, where the machine has a control point. */
    static void offer(GattSession gatt) {
        if (gatt.has(CONTROL_POINT)) {
            MachineControl control = new MachineControl(gatt);
            PLAIN.forEach((name, request) -> gatt.onCommand(name, command -> control.run(command, request)));
            TARGETS.forEach((name, target) -> gatt.onCommand(
                    name,
                    command -> target.of(command.arguments().get(FitnessMachineDriver.TARGET))
                            .map(request -> control.run(command, request))
                            .orElseGet(() -> CompletableFuture.completedFuture(new CommandResult.Refused(
                                    "expected a " + FitnessMachineDriver.TARGET + " in "
                                            + Units.ucum(target.unit).orElseThrow() + " that the machine can hold",
                                    -1)))));
        }
    }

    private CompletionStage<CommandResult> run(Command command, ControlPointMessage request) {
        if (opened == null) {
            opened = client.open();
        }
        return opened.thenCompose(isThere -> client.run(MachineControlPoint.requestControl(), () -> tooLate(command)))
                .thenCompose(control -> control instanceof Outcome.Answered
                        ? client.run(request, () -> tooLate(command))
                        : CompletableFuture.completedFuture(control))
                .thenApply(Outcome::commandResult);
    }

    /** A command that waited for others until it was too old is not sent. */
    private Optional<String> tooLate(Command command) {
        return gatt.context().clock().instant().isBefore(command.expiresAt())
                ? Optional.empty()
                : Optional.of("the command expired before it was its turn");
    }
}
