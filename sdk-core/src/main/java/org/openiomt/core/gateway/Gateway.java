package org.openiomt.core.gateway;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The gateway.
 *
 * Transports report devices; the matcher gives each a driver; a supervisor leads each device's session in a mailbox of its own.
 * A driver's observations go, through one bounded queue per device and taker, to the outbox (where they are durable) and to the
 * application (where they are live). The two do not wait for each other, and no device waits for another.
 *
 *   transport -> discovered() -> supervisor [mailbox] -> driver -> offer() -> queue -> outbox
 *                                                                        \-> queue -> callbacks and publishers
 */
/**
 * Finds devices, keeps a session with each, and delivers their observations in order: to callbacks and publishers at once, and
 * to an {@link Outbox} where they are durable. Safe for use by several threads at once.
 *
 * <p>Callbacks are called on the callback executor, one at a time per device, in the device's order. They may block, but then
 * hold a thread of that executor, and the queues of the devices that wait for one grow until the declared policy gives readings
 * up. What a callback throws is logged and stops nothing.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration GIVE_UP_TIMEOUT = Duration.ofSeconds(1);
    private static final int REMEMBERED = 1_024;
    private static final int SIGHTINGS_AT_ONCE = 64;
    static final String CLOSED = "the gateway was closed";

    private final GatewayCore core;
    private final DriverMatcher matcher;
    private final List<Transport> transports;
    private final List<Scheduler> ownedSchedulers;
    private final Mailbox mailbox;
    private final Map<Consumer<Observation>, CompletableFuture<Observation>> awaited = new ConcurrentHashMap<>();
    private final Map<DeviceId, DeviceSupervisor> devices = new ConcurrentHashMap<>();
    private final Map<String, DeviceId> addresses = new ConcurrentHashMap<>();
    private final Map<String, String> unmatched = bounded();
    private final Commands commands;
    private final List<Flow.Subscription> subscriptions = Collections.synchronizedList(new ArrayList<>());
    private @Nullable CompletableFuture<Void> closed;
    private boolean isStarted;

    private Gateway(Builder builder, List<DeviceDriver> drivers) {
        List<Scheduler> owned = new ArrayList<>();
        Scheduler scheduler = builder.scheduler;
        Executor callbacks = builder.callbackExecutor;
        if (scheduler == null) {
            scheduler = Scheduler.system("iomt-gateway", 2);
            owned.add(scheduler);
            if (callbacks == null) {
                Scheduler own = Scheduler.system("iomt-callbacks", 2);
                owned.add(own);
                callbacks = own;
            }
        }
        this.core = new GatewayCore(
                scheduler, callbacks == null ? scheduler : callbacks, builder.random, builder.settings());
        this.matcher = new DriverMatcher(drivers);
        this.transports = List.copyOf(builder.transports);
        this.ownedSchedulers = List.copyOf(owned);
        this.mailbox = new Mailbox(scheduler);
        this.commands = new Commands(core, devices);
    }

    /** Begins to describe a gateway. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to look for devices.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public Gateway start() {
        synchronized (this) {
            if (isStarted || closed != null) {
                throw new IllegalStateException(closed == null ? "already started" : "closed");
            }
            isStarted = true;
        }
        for (int i = 0; i < transports.size(); i++) {
            Transport transport = transports.get(i);
            transport.discoveries().subscribe(new Listener(transport, i));
        }
        return this;
    }

    /** Calls {@code callback} with each observation from now on. */
    public Gateway onObservation(Consumer<? super Observation> callback) {
        core.onObservation(Objects.requireNonNull(callback, "callback"));
        return this;
    }

    /**
     * Returns the next observation of a type, a failed one too: ask it {@link Observation#isValid}. Ask before what you wait for
     * can happen.
     *
     * @param type the MDC term of the observation
     * @return fails with {@link IllegalStateException} when the gateway is closed before; cancel it to wait no longer
     */
    public CompletionStage<Observation> next(Code type) {
        CompletableFuture<Observation> next = new CompletableFuture<>();
        Consumer<Observation> callback = observation -> {
            if (observation.type().equals(type)) {
                next.complete(observation);
            }
        };
        awaited.put(callback, next);
        core.onObservation(callback);
        CompletionStage<Observation> answer = next;
        answer.whenComplete((observation, fault) -> {
            core.removeCallback(callback);
            awaited.remove(callback);
        });
        if (isClosed()) {
            endAwaited();
        }
        return answer;
    }

    /** Calls {@code callback} with each event from now on, one at a time. */
    public Gateway onEvent(Consumer<? super DeviceEvent> callback) {
        core.onEvent(Objects.requireNonNull(callback, "callback"));
        return this;
    }

    /** Returns the observations from the subscription on; a subscriber that falls 4,096 behind loses the oldest. */
    public Flow.Publisher<Observation> observations() {
        return core.observations();
    }

    /** Returns the events from the subscription on; a subscriber that falls 4,096 behind loses the oldest. */
    public Flow.Publisher<DeviceEvent> events() {
        return core.events();
    }

    /** Returns what is known about each device, in no order. */
    public List<DeviceSnapshot> devices() {
        return devices.values().stream().map(DeviceSupervisor::snapshot).toList();
    }

    /** Returns the counts so far. */
    public GatewayStats stats() {
        long waiting = devices.values().stream()
                .mapToLong(device -> device.outputs().waiting())
                .sum();
        return core.counts().stats(waiting);
    }

    /**
     * Asks a device to do something. Refused unless a {@link CommandPolicy} lets it pass; a command id is run once, and only
     * when the audit has written down that it was asked for.
     *
     * @return the answer; fails with {@link org.openiomt.core.spi.LinkException} when the link breaks on the way
     */
    public CompletionStage<CommandResult> execute(Command command) {
        return commands.execute(command);
    }

    /**
     * Stops looking, ends every session, brings what waits to the outbox and to the application, and closes the transports. The
     * outbox stays open: it belongs to whoever made it.
     */
    public CompletionStage<Void> closeAsync() {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (closed != null) {
                return closed;
            }
            done = new CompletableFuture<>();
            closed = done;
        }
        commands.close();
        synchronized (subscriptions) {
            subscriptions.forEach(Flow.Subscription::cancel);
        }
        mailbox.execute(() -> {
            CompletableFuture<?>[] ends = devices.values().stream()
                    .map(device -> device.close().toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            CompletionStage<Void> ended = CompletableFuture.allOf(ends);
            ended.whenComplete((nothing, fault) -> {
                transports.forEach(Gateway::closeTransport);
                endAwaited();
                core.complete(() -> {
                    done.complete(null);
                    ownedSchedulers.forEach(Scheduler::close);
                });
            });
        });
        return done;
    }

    /**
     * Does {@link #closeAsync()} and waits for its end, at most 10 seconds and while the thread is not interrupted. What could
     * not be stored or handed over by then is given up, counted and reported. Called from a callback, which the end has to wait
     * for, it does not wait.
     */
    @Override
    public void close() {
        CompletionStage<Void> end = closeAsync();
        if (core.isCallingBack() || core.scheduler().await(end, CLOSE_TIMEOUT)) {
            return;
        }
        LOG.warn("closed although {} observations could not be stored in time", stats().waiting());
        devices.values().forEach(device -> device.outputs().giveUp());
        if (!core.scheduler().await(end, GIVE_UP_TIMEOUT)) {
            transports.forEach(Gateway::closeTransport);
            ownedSchedulers.forEach(Scheduler::close);
        }
    }

    private void endAwaited() {
        IllegalStateException noMore = new IllegalStateException(CLOSED);
        awaited.values().forEach(next -> next.completeExceptionally(noMore));
    }

    private static void closeTransport(Transport transport) {
        try {
            transport.close();
        } catch (RuntimeException e) {
            LOG.warn("a transport failed while it was closed", e);
        }
    }

    private void discovered(Transport transport, int number, Discovery discovery) {
        if (isClosed()) {
            return;
        }
        String key = number + "/" + discovery.address();
        DeviceId known = addresses.get(key);
        DeviceSupervisor supervisor = known == null ? null : devices.get(known);
        if (supervisor != null) {
            supervisor.seen(discovery);
            return;
        }
        if (!core.settings().filter().test(discovery)) {
            return;
        }
        DeviceId id;
        try {
            id = core.settings().deviceIds().apply(discovery);
        } catch (RuntimeException e) {
            if (unmatched.put(key, "no name") == null) {
                LOG.warn("a device is ignored because it could not be named", e);
            }
            return;
        }
        DriverMatcher.Choice choice = matcher.choose(discovery);
        if (choice.driver().isEmpty()) {
            unmatched(key, id, choice.reason());
        } else if (devices.size() >= core.settings().maxDevices()) {
            unmatched(key, id, "the gateway has its " + core.settings().maxDevices() + " devices");
        } else {
            DeviceSupervisor added =
                    new DeviceSupervisor(id, discovery, choice.driver().get(), transport, core);
            if (devices.putIfAbsent(id, added) == null) {
                addresses.put(key, id);
                added.seen(discovery);
            } else {
                unmatched(key, id, "another device has the id " + id + ": give each a different one");
            }
        }
    }

    /** Says once why a device has no session, and again when the reason changes. */
    private void unmatched(String key, DeviceId id, String reason) {
        if (!reason.equals(unmatched.put(key, reason))) {
            core.publish(new DeviceEvent.Unmatched(id, core.clock().instant(), reason));
        }
    }

    private synchronized boolean isClosed() {
        return closed != null;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** Brings what a transport sees into the gateway's mailbox. */
    private final class Listener implements Flow.Subscriber<Discovery> {
        private final Transport transport;
        private final int number;
        private volatile Flow.@Nullable Subscription sightings;

        Listener(Transport transport, int number) {
            this.transport = transport;
            this.number = number;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
            if (isClosed()) {
                subscription.cancel();
            }
            sightings = subscription;
            subscription.request(SIGHTINGS_AT_ONCE);
        }

        @Override
        public void onNext(Discovery discovery) {
            mailbox.execute(() -> {
                try {
                    discovered(transport, number, discovery);
                } finally {
                    // One more for each that is done: a flood waits, within its bound, at the transport.
                    Objects.requireNonNull(sightings).request(1);
                }
            });
        }

        @Override
        public void onError(Throwable fault) {
            LOG.error("transport {} sees no more devices", number, fault);
        }

        @Override
        public void onComplete() {
            LOG.debug("transport {} ended its discoveries", number);
        }
    }

    /** Describes a gateway. Only a transport is needed; everything else has a default. */
    public static final class Builder {
        private final List<Transport> transports = new ArrayList<>();
        private final List<DeviceDriver> drivers = new ArrayList<>();
        private @Nullable Scheduler scheduler;
        private @Nullable Executor callbackExecutor;
        private @Nullable Outbox outbox;
        private RandomGenerator random = RandomGenerator.getDefault();
        private Function<Observation, byte[]> encoder = ObservationCbor::encode;
        private Subjects subjects = Subjects.UNKNOWN;
        private Function<Discovery, DeviceId> deviceIds = Builder::idOfAddress;
        private Predicate<Discovery> filter = any -> true;
        private Function<Discovery, Optional<FrameGuard>> guards = any -> Optional.empty();
        private CommandPolicy commandPolicy = CommandPolicy.DENY_ALL;
        private @Nullable CommandLedger commandLedger;
        private Predicate<Discovery> deletion = any -> false;
        private AuditSink audit = AuditSink.NONE;
        private QueueLimits queueLimits = QueueLimits.DEFAULT;
        private Backoff backoff = Backoff.DEFAULT;
        private Duration openTimeout = Duration.ofSeconds(30);
        private int maxDevices = 10_000;
        private Optional<ZoneId> deviceZone = Optional.empty();

        private Builder() {}

        /** Adds a way to devices. The gateway closes it. */
        public Builder transport(Transport transport) {
            transports.add(Objects.requireNonNull(transport, "transport"));
            return this;
        }

        /** Adds a driver. With none added, the drivers that {@link ServiceLoader} finds are used. */
        public Builder driver(DeviceDriver driver) {
            drivers.add(Objects.requireNonNull(driver, "driver"));
            return this;
        }

        /** Makes every observation durable in {@code outbox}. The gateway does not close it. */
        public Builder outbox(Outbox durable) {
            this.outbox = Objects.requireNonNull(durable, "durable");
            return this;
        }

        /** Sets how an observation becomes the octets that the outbox keeps; CBOR unless set. */
        public Builder encoder(Function<Observation, byte[]> toOctets) {
            this.encoder = Objects.requireNonNull(toOctets, "toOctets");
            return this;
        }

        /** Sets time and threads; two daemon threads on the system clock unless set. The gateway does not close it. */
        public Builder scheduler(Scheduler timeAndThreads) {
            this.scheduler = Objects.requireNonNull(timeAndThreads, "timeAndThreads");
            return this;
        }

        /**
         * Sets where callbacks and subscribers are called; must not run a task on the caller's stack. Unless set, the scheduler
         * that was set, or two threads of their own. What it rejects, the scheduler does in its place.
         */
        public Builder callbackExecutor(Executor executor) {
            this.callbackExecutor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Says who is observed; nobody is known unless set. */
        public Builder subjects(Subjects whoIsObserved) {
            this.subjects = Objects.requireNonNull(whoIsObserved, "whoIsObserved");
            return this;
        }

        /** Says what a device is called; the letters, digits, {@code _} and {@code -} of its address unless set. */
        public Builder deviceIds(Function<Discovery, DeviceId> naming) {
            this.deviceIds = Objects.requireNonNull(naming, "naming");
            return this;
        }

        /** Says which devices may be opened; all that have a driver unless set. */
        public Builder filter(Predicate<Discovery> mayBeOpened) {
            this.filter = Objects.requireNonNull(mayBeOpened, "mayBeOpened");
            return this;
        }

        /** Says which devices speak in sealed frames; none unless set. Asked at each connection; not closed. */
        public Builder guards(Function<Discovery, Optional<FrameGuard>> guardOf) {
            this.guards = Objects.requireNonNull(guardOf, "guardOf");
            return this;
        }

        /** Says which commands may reach a device; none unless set. */
        public Builder commandPolicy(CommandPolicy policy) {
            this.commandPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Says where ids of commands are remembered, so that none is run twice; in memory unless set. With
         * {@link FileCommandLedger} no restart makes a command run again. The gateway does not close it.
         */
        public Builder commandLedger(CommandLedger ledger) {
            this.commandLedger = Objects.requireNonNull(ledger, "ledger");
            return this;
        }

        /**
         * Says on which devices a driver may delete records that have arrived: that the sink behind the outbox has acknowledged.
         * On none unless set.
         */
        public Builder deleteArrivedRecords(Predicate<Discovery> mayDelete) {
            this.deletion = Objects.requireNonNull(mayDelete, "mayDelete");
            return this;
        }

        /**
         * Says where commands, refused frames and changes of peers are written down; nowhere unless set. A command is not run
         * before it is written down, and refused when it cannot be.
         */
        public Builder audit(AuditSink sink) {
            this.audit = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** Sets how many observations of one device may wait. */
        public Builder queueLimits(QueueLimits limits) {
            this.queueLimits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Sets the pauses between attempts to reach a device. */
        public Builder backoff(Backoff pauses) {
            this.backoff = Objects.requireNonNull(pauses, "pauses");
            return this;
        }

        /** Sets how long opening a link and a session may take; 30 seconds unless set. */
        public Builder openTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a time-out longer than zero is needed, but got " + timeout);
            }
            this.openTimeout = timeout;
            return this;
        }

        /**
         * Sets the zone whose local time devices show. Drivers then set the clocks of devices that let them, where those are not
         * set or wrong, and tell it as {@link DeviceEvent.ClockSet}. Unless it is set, no clock of local time is written or judged.
         */
        public Builder deviceZone(ZoneId zone) {
            this.deviceZone = Optional.of(zone);
            return this;
        }

        /** Sets how many devices may have a session; 10,000 unless set. */
        public Builder maxDevices(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("room for at least one device is needed, but got " + most);
            }
            this.maxDevices = most;
            return this;
        }

        /** Sets the source of jitter, for tests that must repeat. */
        public Builder random(RandomGenerator source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Returns the gateway; {@link Gateway#start()} begins.
         *
         * @throws IllegalStateException when there is no transport, or no driver is found
         */
        public Gateway build() {
            if (transports.isEmpty()) {
                throw new IllegalStateException("a gateway needs a transport: transport(Ble.simulated(air)), for one");
            }
            List<DeviceDriver> found = new ArrayList<>(drivers);
            if (found.isEmpty()) {
                ServiceLoader.load(DeviceDriver.class).forEach(found::add);
            }
            if (found.isEmpty()) {
                throw new IllegalStateException(
                        "no driver found: add one by driver(...), or a module that provides some");
            }
            return new Gateway(this, found);
        }

        private GatewaySettings settings() {
            return new GatewaySettings(
                    outbox,
                    encoder,
                    subjects,
                    deviceIds,
                    filter,
                    guards,
                    commandPolicy,
                    commandLedger,
                    deletion,
                    audit,
                    queueLimits,
                    backoff,
                    openTimeout,
                    maxDevices,
                    deviceZone);
        }

        private static DeviceId idOfAddress(Discovery discovery) {
            String letters = discovery.address().replaceAll("[^A-Za-z0-9_-]", "");
            return DeviceId.of(letters.length() > 64 ? letters.substring(0, 64) : letters);
        }
    }
}
