package org.openiomt.core.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Warning;

/** What a driver has of the gateway for one session. Used in the device's mailbox only; dead after {@link #end}. */
final class SessionContext implements DriverContext {

    /** Hears what a driver says about the whole session. */
    interface Owner {
        void described(DeviceDescription description);

        void degraded(String reason);

        void recovered();

        Map<String, Long> memory();
    }

    private final DeviceId device;
    private final Discovery discovery;
    private final Link link;
    private final GatewayCore core;
    private final Mailbox mailbox;
    private final DeviceOutputs outputs;
    private final Owner owner;
    private ClockState clockState = ClockState.UNKNOWN;
    private final Set<Scheduler.Cancellable> timers = new HashSet<>();
    private final Set<Awaited> awaited = new HashSet<>();
    private boolean hasDelivered;
    private boolean hasLost;
    private boolean isEnded;

    SessionContext(
            DeviceId device,
            Discovery discovery,
            Link link,
            GatewayCore core,
            Mailbox mailbox,
            DeviceOutputs outputs,
            Owner owner) {
        this.device = device;
        this.discovery = discovery;
        this.link = link;
        this.core = core;
        this.mailbox = mailbox;
        this.outputs = outputs;
        this.owner = owner;
    }

    void end() {
        isEnded = true;
        List.copyOf(awaited).forEach(Awaited::giveUp);
        List.copyOf(timers).forEach(Scheduler.Cancellable::cancel);
    }

    boolean hasDelivered() {
        return hasDelivered;
    }

    @Override
    public DeviceId device() {
        return device;
    }

    @Override
    public Discovery discovery() {
        return discovery;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Clock clock() {
        return core.clock();
    }

    @Override
    public Arrival arrival() {
        return Arrival.of(
                device,
                core.clock().instant(),
                outputs.nextArrival(),
                clockState,
                core.settings().subjects());
    }

    @Override
    public void clockState(ClockState state) {
        clockState = state;
    }

    @Override
    public Optional<ZoneId> deviceZone() {
        return core.settings().deviceZone();
    }

    @Override
    public void clockSet(Channel channel, Optional<Duration> error) {
        if (!isEnded) {
            core.publish(new DeviceEvent.ClockSet(device, core.clock().instant(), channel.name(), error));
        }
    }

    @Override
    public boolean offer(Observation observation) {
        if (isEnded) {
            return false;
        }
        hasDelivered = true;
        boolean isTaken = outputs.offer(observation);
        hasLost |= !isTaken;
        return isTaken;
    }

    @Override
    public boolean offer(Observation observation, Runnable acknowledged) {
        if (isEnded || core.settings().outbox() == null || awaited.size() >= MAX_AWAITED) {
            return offer(observation);
        }
        Awaited waiting = new Awaited(observation.id(), acknowledged);
        awaited.add(waiting);
        return switch (core.acknowledgements().follow(observation.id(), waiting)) {
            case NEW -> {
                boolean isTaken = offer(observation);
                if (!isTaken) {
                    awaited.remove(waiting);
                    core.acknowledgements().lost(observation.id());
                }
                yield isTaken;
            }
            case ON_ITS_WAY -> true;
            case ARRIVED -> {
                waiting.run();
                yield true;
            }
            case NOT_FOLLOWED -> {
                awaited.remove(waiting);
                yield offer(observation);
            }
        };
    }

    @Override
    public boolean mayDeleteRecords() {
        return core.settings().outbox() != null && core.settings().deletion().test(discovery);
    }

    @Override
    public void describe(DeviceDescription description) {
        if (!isEnded) {
            owner.described(description);
        }
    }

    @Override
    public void refused(Channel channel, RuntimeException fault) {
        if (!isEnded) {
            outputs.refused(channel, fault);
        }
    }

    @Override
    public void odd(Channel channel, List<Warning> warnings) {
        if (!isEnded && !warnings.isEmpty()) {
            outputs.odd(channel, warnings);
        }
    }

    @Override
    public void degraded(String reason) {
        if (!isEnded) {
            owner.degraded(reason);
        }
    }

    @Override
    public void recovered() {
        if (!isEnded) {
            owner.recovered();
        }
    }

    @Override
    public void remember(String name, long number) {
        if (!isEnded) {
            owner.memory().put(name, number);
        }
    }

    @Override
    public void rememberWhenStored(Map<String, Long> numbers) {
        if (isEnded || hasLost) {
            return;
        }
        Map<String, Long> kept = Map.copyOf(numbers);
        outputs.bookmarks().add(() -> mailbox.execute(() -> owner.memory().putAll(kept)));
    }

    @Override
    public OptionalLong remembered(String name) {
        Long number = owner.memory().get(name);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public Scheduler.Cancellable after(Duration delay, Runnable task) {
        Timer timer = new Timer(task);
        if (!isEnded) {
            timers.add(timer);
            timer.waiting = core.scheduler().schedule(delay, () -> mailbox.execute(timer::due));
        }
        return timer;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            outputs.failed(e);
            owner.degraded("the driver failed: " + Faults.wordsWithoutContent(e));
        }
    }

    /** A driver's task that waits until an observation has arrived. */
    private final class Awaited implements Runnable {
        private final ObservationId id;
        private final Runnable task;

        Awaited(ObservationId id, Runnable task) {
            this.id = id;
            this.task = task;
        }

        /** On the thread that acknowledges. */
        @Override
        public void run() {
            mailbox.execute(() -> {
                if (awaited.remove(this)) {
                    SessionContext.this.run(task);
                }
            });
        }

        void giveUp() {
            awaited.remove(this);
            core.acknowledgements().remove(id, this);
        }
    }

    /** A driver's task that waits for its time. In the mailbox. */
    private final class Timer implements Scheduler.Cancellable {
        private final Runnable task;
        private Scheduler.@Nullable Cancellable waiting;

        Timer(Runnable task) {
            this.task = task;
        }

        /** Runs the task unless it was cancelled, be it after its time had come. */
        private void due() {
            if (!timers.remove(this)) {
                return;
            }
            SessionContext.this.run(task);
        }

        @Override
        public void cancel() {
            timers.remove(this);
            if (waiting != null) {
                waiting.cancel();
            }
        }
    }
}
