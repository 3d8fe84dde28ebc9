package org.openiomt.core.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a command: written down, checked, run once, and its end written down too. Called by any thread. */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final GatewayCore core;
    private final Map<DeviceId, DeviceSupervisor> devices;
    private final CommandLedger ledger;
    private volatile boolean isClosed;

    /**
     * Takes what the gateway knows.
     *
     * @param devices grows while the gateway works; none is ever taken out
     */
    Commands(GatewayCore core, Map<DeviceId, DeviceSupervisor> devices) {
        this.core = core;
        this.devices = devices;
        CommandLedger chosen = core.settings().commandLedger();
        this.ledger = chosen == null ? CommandLedger.inMemory(core.clock()) : chosen;
    }

    /** Refuses every command from now on. */
    void close() {
        isClosed = true;
    }

    CompletionStage<CommandResult> execute(Command command) {
        CompletionStage<Void> accounted = core.account(AuditEvent.asked(command));
        CompletionStage<CommandResult> result = refusal(command)
                .<CompletionStage<CommandResult>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> runWhen(accounted, command));
        result.whenComplete((value, fault) -> {
            if (fault == null && !(value instanceof CommandResult.Done)) {
                LOG.info("command {} '{}' for {} not done: {}", command.id(), command.name(), command.device(), value);
            }
            core.account(fault == null ? AuditEvent.ended(command, value) : AuditEvent.broken(command));
        });
        return result;
    }

    /** Returns why a command is not run, before any device is asked. */
    private Optional<CommandResult> refusal(Command command) {
        if (isClosed) {
            return Optional.of(new CommandResult.Refused(Gateway.CLOSED, -1));
        }
        if (!core.clock().instant().isBefore(command.expiresAt())) {
            return Optional.of(new CommandResult.Expired());
        }
        Optional<String> refusal = core.settings().commandPolicy().refusal(command);
        if (refusal.isPresent()) {
            return Optional.of(new CommandResult.Refused(refusal.get(), -1));
        }
        if (!devices.containsKey(command.device())) {
            return Optional.of(new CommandResult.Refused("no such device: " + command.device(), -1));
        }
        try {
            return ledger.claim(command.id(), command.expiresAt())
                    ? Optional.empty()
                    : Optional.of(new CommandResult.Refused("a command of this id was run before", -1));
        } catch (RuntimeException e) {
            LOG.error("command {} is refused because it cannot be remembered", command.id(), e);
            return Optional.of(new CommandResult.Refused("the command could not be remembered", -1));
        }
    }

    /** Runs a command as soon as it is accounted for, unless that fails or takes longer than the command has. */
    private CompletionStage<CommandResult> runWhen(CompletionStage<Void> accounted, Command command) {
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        AtomicBoolean isDecided = new AtomicBoolean();
        Runnable giveUp = () -> {
            if (!isDecided.getAndSet(true)) {
                result.complete(new CommandResult.Refused("the command could not be written down", -1));
            }
        };
        Scheduler.Cancellable timer = core.scheduler().schedule(deadline(command), giveUp);
        accounted.whenComplete((nothing, fault) -> {
            timer.cancel();
            if (fault != null) {
                giveUp.run();
            } else if (!isDecided.getAndSet(true)) {
                run(command).whenComplete((value, broken) -> {
                    if (broken == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(Faults.unwrap(broken));
                    }
                });
            }
        });
        return result;
    }

    private CompletionStage<CommandResult> run(Command command) {
        Duration deadline = deadline(command);
        if (deadline.isNegative() || deadline.isZero()) {
            return CompletableFuture.completedFuture(new CommandResult.Expired());
        }
        LOG.info("command {} '{}' for {} from {}", command.id(), command.name(), command.device(), command.issuer());
        return Objects.requireNonNull(devices.get(command.device()), "devices are never taken out")
                .execute(command, deadline);
    }

    /** Returns how long a command may take from now on. */
    private Duration deadline(Command command) {
        Duration left = Duration.between(core.clock().instant(), command.expiresAt());
        return left.compareTo(TIMEOUT) < 0 ? left : TIMEOUT;
    }
}
