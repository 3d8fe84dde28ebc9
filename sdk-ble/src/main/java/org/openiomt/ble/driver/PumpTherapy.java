package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.Outcome;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusDetails;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandBody;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Commands that change a therapy. They come here when policy, ledger and audit of the gateway have let them pass, are checked
 * once more, and are written at most once. An argument that is missing, of another kind or in another unit refuses its command.
 */
final class PumpTherapy {
    private static final Channel COMMAND = Gatt.channel("183a", "2b25");

    /** A command is not sent later than this after it was asked for, whatever its expiry: somebody waits for its answer. */
    private static final Duration SENT_WITHIN = Duration.ofSeconds(10);

    private static final int MOST = 0xFFFF;

    private final GattSession gatt;
    private final InsulinContext form;
    private final ControlPointClient<CommandMessage> client;

    private PumpTherapy(GattSession gatt, InsulinContext form) {
        this.gatt = gatt;
        this.form = form;
        this.client = new ControlPointClient<>(gatt, COMMAND, ControlPointForms.insulinCommands(form));
    }

    /** Subscribes to the answers and takes commands. Returns whether the pump takes some. */
    static CompletionStage<Boolean> open(GattSession gatt, InsulinContext form) {
        PumpTherapy therapy = new PumpTherapy(gatt, form);
        therapy.on("set-bolus", CommandCode.SET_BOLUS, PumpTherapy::bolus);
        therapy.on("cancel-bolus", CommandCode.CANCEL_BOLUS, PumpTherapy::instance);
        therapy.on("set-temporary-basal-rate", CommandCode.SET_TBR_ADJUSTMENT, PumpTherapy::rate);
        therapy.on("cancel-temporary-basal-rate", CommandCode.CANCEL_TBR_ADJUSTMENT, command -> new Empty());
        therapy.on("set-therapy", CommandCode.SET_THERAPY_CONTROL_STATE, PumpTherapy::state);
        therapy.on("confirm-annunciation", CommandCode.CONFIRM_ANNUNCIATION, PumpTherapy::instance);
        therapy.on("snooze-annunciation", CommandCode.SNOOZE_ANNUNCIATION, PumpTherapy::instance);
        return therapy.client.open();
    }

    private void on(String name, CommandCode code, Function<Command, CommandBody> operand) {
        gatt.onCommand(name, command -> {
            CommandMessage message;
            try {
                message = CommandMessage.of(code, operand.apply(command));
                CommandMessage.codec(form)
                        .encode(counted(message)); // what cannot be written is refused before anything is
            } catch (IllegalArgumentException e) {
                return CompletableFuture.completedFuture(new CommandResult.Refused(String.valueOf(e.getMessage()), -1));
            }
            Instant latest = latest(command);
            return client.run(message, () -> objection(latest)).thenApply(Outcome::commandResult);
        });
    }

    private static CommandMessage counted(CommandMessage message) {
        return new CommandMessage(message.opCode(), message.body(), E2eCheck.sound(1), Remainder.NONE);
    }

    private Instant latest(Command command) {
        Instant soon = gatt.context().clock().instant().plus(SENT_WITHIN);
        return command.expiresAt().isBefore(soon) ? command.expiresAt() : soon;
    }

    private Optional<String> objection(Instant latest) {
        return gatt.context().clock().instant().isBefore(latest)
                ? Optional.empty()
                : Optional.of("the pump was busy until it was too late; nothing was sent");
    }

    private static CommandBody bolus(Command command) {
        return new CommandMessage.SetBolus(
                new Bolus(
                        Coded.of(Bolus.Type.FAST),
                        positive(command, "units", Units.MDC_DIM_INTL_UNIT),
                        MedicalFloat.of(0, 0),
                        0),
                BolusDetails.NONE);
    }

    private static CommandBody rate(Command command) {
        boolean isAbsolute = command.arguments().containsKey("unitsPerHour");
        if (isAbsolute == command.arguments().containsKey("factor")) {
            throw new IllegalArgumentException("expected either unitsPerHour or factor");
        }
        MedicalFloat adjustment = isAbsolute
                ? notNegative(command, "unitsPerHour", Units.MDC_DIM_INTL_UNIT_PER_HR)
                : notNegative(command, "factor", Units.MDC_DIM_DIMLESS);
        TemporaryRate.Type type = isAbsolute ? TemporaryRate.Type.ABSOLUTE : TemporaryRate.Type.RELATIVE;
        return new CommandMessage.SetTemporaryRate(
                false,
                new TemporaryRate(Coded.of(type), adjustment, whole(command, "minutes", Units.MDC_DIM_MIN)),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static CommandBody state(Command command) {
        if (!(command.arguments().get("state") instanceof Value.Text text)) {
            throw new IllegalArgumentException("expected the text state: run, pause or stop");
        }
        return new CommandMessage.Therapy(Coded.of(
                switch (text.text()) {
                    case "run" -> TherapyControlState.RUN;
                    case "pause" -> TherapyControlState.PAUSE;
                    case "stop" -> TherapyControlState.STOP;
                    default -> throw new IllegalArgumentException("expected the text state: run, pause or stop");
                }));
    }

    private static CommandBody instance(Command command) {
        return new CommandMessage.Instance(whole(command, "id", Units.MDC_DIM_DIMLESS));
    }

    private static MedicalFloat number(Command command, String name, Code unit) {
        if (!(command.arguments().get(name) instanceof Value.Numeric numeric)) {
            throw new IllegalArgumentException("expected the number " + name);
        }
        if (!numeric.quantity().unit().equals(unit)) {
            throw new IllegalArgumentException(name + " is in another unit than " + unit);
        }
        MedicalFloat value = numeric.quantity().value();
        if (!value.isFinite()) {
            throw new IllegalArgumentException(name + " is no finite number");
        }
        return value;
    }

    private static MedicalFloat positive(Command command, String name, Code unit) {
        MedicalFloat value = number(command, name, unit);
        if (value.mantissa() <= 0) {
            throw new IllegalArgumentException(name + " is not greater than 0");
        }
        return value;
    }

    private static MedicalFloat notNegative(Command command, String name, Code unit) {
        MedicalFloat value = number(command, name, unit);
        if (value.mantissa() < 0) {
            throw new IllegalArgumentException(name + " is less than 0");
        }
        return value;
    }

    private static int whole(Command command, String name, Code unit) {
        BigDecimal value = number(command, name, unit).toBigDecimal();
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw new IllegalArgumentException(name + " out of range 0..65535");
        }
        try {
            return value.intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " is no whole number", e);
        }
    }
}
