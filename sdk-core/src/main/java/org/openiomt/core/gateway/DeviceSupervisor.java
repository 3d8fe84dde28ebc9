package org.openiomt.core.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The life of one device: NEW, CONNECTING, READY and back to DEGRADED, OFFLINE until the next attempt, CLOSED.
 *
 * Everything here runs in the device's mailbox. Each attempt is an object of its own that can be ended once; what an ended
 * attempt still brings (a link that opened too late, a driver that answers after its time) is closed and otherwise ignored, so
 * a failed open leaves nothing behind.
 */
final class DeviceSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSupervisor.class);

    private final DeviceId device;
    private final DeviceDriver driver;
    private final String driverId;
    private final Transport transport;
    private final GatewayCore core;
    private final Mailbox mailbox;
    private final DeviceOutputs outputs;

    private final AtomicReference<@Nullable Discovery> sighting = new AtomicReference<>();
    private Discovery discovery;
    private DeviceState state = DeviceState.NEW;
    private String reason = "discovered";
    private DeviceDescription description = DeviceDescription.EMPTY;
    private final Map<String, Long> memory = new HashMap<>();
    private @Nullable Attempt attempt;
    private Scheduler.@Nullable Cancellable retry;
    private @Nullable Instant nextAttempt;
    private @Nullable Instant offlineSince;
    private int failures;
    private volatile DeviceSnapshot snapshot;

    DeviceSupervisor(
            DeviceId device, Discovery discovery, DriverMatcher.Known known, Transport transport, GatewayCore core) {
        this.device = device;
        this.discovery = discovery;
        this.driver = known.driver();
        this.driverId = known.id();
        this.transport = transport;
        this.core = core;
        this.mailbox = new Mailbox(core.scheduler());
        this.outputs = new DeviceOutputs(device, core);
        this.snapshot = snapshotNow();
    }

    DeviceSnapshot snapshot() {
        return snapshot;
    }

    DeviceOutputs outputs() {
        return outputs;
    }

    /** The device was seen: for the first time, or again. Of several sightings that wait, the newest counts. */
    void seen(Discovery seen) {
        if (sighting.getAndSet(seen) != null) {
            return;
        }
        mailbox.execute(() -> {
            discovery = Objects.requireNonNull(sighting.getAndSet(null));
            if (state == DeviceState.NEW) {
                connect();
            } else if (state == DeviceState.OFFLINE && offlineSince != null) {
                // A device that shows itself is there: do not wait for the whole pause, only for the shortest one.
                Instant earliest = offlineSince.plus(core.settings().backoff().first());
                if (!core.clock().instant().isBefore(earliest)) {
                    connect();
                }
            }
        });
    }

    CompletionStage<CommandResult> execute(Command command, Duration deadline) {
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        mailbox.execute(() -> {
            Attempt current = attempt;
            if (current == null || current.session == null) {
                result.complete(new CommandResult.Refused("the device is not connected: " + reason, -1));
                return;
            }
            current.commands.put(command.id(), result);
            Scheduler.Cancellable timer =
                    core.scheduler().schedule(deadline, () -> result.complete(new CommandResult.NoAnswer(deadline)));
            CompletionStage<CommandResult> answer;
            try {
                answer = current.session.execute(command);
            } catch (Throwable e) {
                answer = CompletableFuture.failedFuture(e);
            }
            CompletionStage<CommandResult> answered = result;
            answered.whenComplete((value, fault) -> {
                timer.cancel();
                mailbox.execute(() -> current.commands.remove(command.id()));
            });
            answer.whenComplete((value, fault) -> {
                if (fault == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(Faults.unwrap(fault));
                }
            });
        });
        return result;
    }

    /** Ends the session for good; completes when nothing of it is left and its queues are empty. */
    CompletionStage<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        mailbox.execute(() -> {
            cancelRetry();
            endAttempt();
            move(DeviceState.CLOSED, "the gateway was closed");
            outputs.close().whenComplete((nothing, fault) -> closed.complete(null));
        });
        return closed;
    }

    private void connect() {
        cancelRetry();
        Attempt current = new Attempt();
        attempt = current;
        move(DeviceState.CONNECTING, "opening a link");
        current.deadline = core.scheduler()
                .schedule(
                        core.settings().openTimeout(),
                        () -> mailbox.execute(() -> {
                            if (current.session == null) {
                                fail(
                                        current,
                                        "no session within " + core.settings().openTimeout());
                            }
                        }));
        CompletionStage<Link> opening;
        try {
            opening = transport.open(discovery);
        } catch (Throwable e) {
            opening = CompletableFuture.failedFuture(e);
        }
        opening.whenComplete((link, fault) -> mailbox.execute(() -> {
            if (fault != null) {
                fail(current, Faults.words(fault));
            } else if (attempt != current) {
                closeQuietly(link::close);
            } else {
                current.tryToBegin(link);
            }
        }));
    }

    private void fail(Attempt failed, String why) {
        if (attempt != failed) {
            return;
        }
        if (failed.hasDelivered()) {
            failures = 0;
        }
        endAttempt();
        failures++;
        Duration pause = core.settings().backoff().delay(failures, core.random());
        offlineSince = core.clock().instant();
        nextAttempt = offlineSince.plus(pause);
        retry = core.scheduler()
                .schedule(
                        pause,
                        () -> mailbox.execute(() -> {
                            if (state == DeviceState.OFFLINE) {
                                connect();
                            }
                        }));
        move(DeviceState.OFFLINE, why);
    }

    private void endAttempt() {
        Attempt ended = attempt;
        attempt = null;
        if (ended != null) {
            ended.end();
        }
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        nextAttempt = null;
        offlineSince = null;
    }

    private void move(DeviceState to, String why) {
        DeviceState from = state;
        state = to;
        reason = why;
        snapshot = snapshotNow();
        LOG.debug("device {} {} -> {}: {}", device, from, to, why);
        core.publish(new DeviceEvent.StateChanged(
                device, core.clock().instant(), from, to, why, Optional.ofNullable(nextAttempt)));
        account(from, to);
    }

    /** Accounts for the beginning and the end of a session; attempts that lead to none leave no trace. */
    private void account(DeviceState from, DeviceState to) {
        boolean wasInSession = isInSession(from);
        if (wasInSession == isInSession(to)) {
            return;
        }
        AuditEventType type = AuditEventType.PEER_CONNECTED;
        if (wasInSession) {
            type = to == DeviceState.CLOSED ? AuditEventType.PEER_CLOSED : AuditEventType.PEER_LOST;
        }
        core.account(AuditEvent.of(type, device, ""));
    }

    private static boolean isInSession(DeviceState state) {
        return state == DeviceState.READY || state == DeviceState.DEGRADED;
    }

    private DeviceSnapshot snapshotNow() {
        return new DeviceSnapshot(
                device, discovery.name(), driverId, state, reason, Optional.ofNullable(nextAttempt), description);
    }

    /** Closes something of a driver or a transport; what it throws must not stop what comes after. */
    private void closeQuietly(Runnable close) {
        try {
            close.run();
        } catch (Throwable e) {
            LOG.warn("device {}: its link or the session of driver {} failed while it was closed", device, driverId, e);
        }
    }

    /** One try to work with the device, from opening the link to its end. */
    private final class Attempt implements SessionContext.Owner {
        private final AtomicBoolean isEnded = new AtomicBoolean();
        private final Map<String, CompletableFuture<CommandResult>> commands = new HashMap<>();
        private Scheduler.@Nullable Cancellable deadline;
        private @Nullable MailboxLink link;
        private @Nullable SessionContext context;
        private @Nullable DeviceSession session;
        private @Nullable String degradedBecause;

        /** An application's guard or a transport's link that throws must not leave the link open. */
        void tryToBegin(Link opened) {
            try {
                begin(opened);
            } catch (Throwable e) {
                closeQuietly(opened::close);
                fail(this, Faults.words(e));
            }
        }

        private void begin(Link opened) {
            MailboxLink mine = new MailboxLink(guarded(opened), mailbox, outputs);
            link = mine;
            mine.onClosed(why -> fail(this, "link lost: " + why));
            SessionContext mineContext = new SessionContext(device, discovery, mine, core, mailbox, outputs, this);
            context = mineContext;
            CompletionStage<DeviceSession> opening;
            try {
                opening = driver.open(mineContext);
            } catch (Throwable e) {
                opening = CompletableFuture.failedFuture(e);
            }
            opening.whenComplete((value, fault) -> mailbox.execute(() -> opened(value, fault)));
        }

        private Link guarded(Link opened) {
            try {
                return core.settings()
                        .guards()
                        .apply(discovery)
                        .<Link>map(guard -> new GuardedLink(opened, guard, outputs::refused))
                        .orElse(opened);
            } catch (RuntimeException e) {
                core.account(AuditEvent.of(AuditEventType.PEER_REFUSED, device, ""));
                throw e;
            }
        }

        private void opened(@Nullable DeviceSession value, @Nullable Throwable fault) {
            if (fault != null || value == null) {
                fail(this, "driver " + driverId + ": " + (fault == null ? "gave no session" : Faults.words(fault)));
            } else if (isEnded.get()) {
                closeQuietly(value::close);
            } else {
                session = value;
                if (deadline != null) {
                    deadline.cancel();
                }
                move(DeviceState.READY, "in session");
                if (degradedBecause != null) {
                    move(DeviceState.DEGRADED, degradedBecause);
                }
            }
        }

        boolean hasDelivered() {
            return context != null && context.hasDelivered();
        }

        void end() {
            isEnded.set(true);
            if (deadline != null) {
                deadline.cancel();
            }
            if (session != null) {
                closeQuietly(session::close);
            }
            if (context != null) {
                context.end();
            }
            if (link != null) {
                link.end();
                closeQuietly(link::close);
            }
            LinkException gone = new LinkException("the session ended before the device answered");
            List.copyOf(commands.values()).forEach(command -> command.completeExceptionally(gone));
        }

        @Override
        public void described(DeviceDescription said) {
            if (said.contradicts(description)) {
                core.account(AuditEvent.of(AuditEventType.PEER_CHANGED, device, ""));
            }
            description = said;
            snapshot = snapshotNow();
            core.publish(new DeviceEvent.Described(device, core.clock().instant(), said));
        }

        @Override
        public void degraded(String why) {
            boolean isNews = !why.equals(degradedBecause);
            degradedBecause = why;
            if (session != null && isNews) {
                move(DeviceState.DEGRADED, why);
            }
        }

        @Override
        public void recovered() {
            degradedBecause = null;
            if (state == DeviceState.DEGRADED) {
                move(DeviceState.READY, "in session");
            }
        }

        @Override
        public Map<String, Long> memory() {
            return memory;
        }
    }
}
