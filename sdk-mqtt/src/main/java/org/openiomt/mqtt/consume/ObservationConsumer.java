package org.openiomt.mqtt.consume;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.BrokerLink;
import org.openiomt.mqtt.port.HivemqPort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.port.MqttPort;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.TopicKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives observations from a broker and hands each to the application once, in the order of its device.
 *
 * <ul>
 *   <li>The broker keeps what comes while the application is away, under the client id, for as long as the session expiry says.
 *   <li>A message is acknowledged to the broker after the handler has returned for each of its observations. When the handler
 *       throws, the observation is offered again after a pause, and its device waits; by default for ever, so that nothing is
 *       lost while a data base is away. The broker is acknowledged in order over all devices, so a handler that never takes
 *       an observation in the end holds up all devices; {@link ConsumerEvent.NotTaken} says which one it is.
 *   <li>Observations carry a number of their device and lane, so the order does not hang on the broker: a message that came before
 *       earlier ones waits for them for a while. What has not come by then is told as a {@link ConsumerEvent.Gap}. (The first
 *       message of a device that a new consumer sees has nothing to be compared with and is delivered at once.)
 *   <li>What is sealed is opened after its origin was checked: the signature, the topic, the device. A message that is genuine and
 *       whose key has not been announced yet waits for that, for 15 min unless set otherwise: gateways announce it again every 5.
 *       With an opener, what is not sealed is refused.
 *   <li>What is announced comes over a second connection, as the client {@code ...-keys}: messages that wait for an announcement
 *       are not acknowledged, and as many of them as may be received at once would keep it from coming. The broker's access rules
 *       must let that client in.
 *   <li>What comes again is known by its number and by its id, and not delivered again. That is remembered in a {@link ReceivedLog}, in memory
 *       unless set otherwise: an application that was killed may get again what it had taken and what was not yet remembered, so it
 *       stores observations by their ids.
 *   <li>Device ids are names within a gateway: two gateways may use the same.
 *   <li>What is not authentic, not understood, too large, or not from the scope is refused, counted by its {@link Refusal}, told as
 *       an event, written into the audit log, and acknowledged, so that
 *       the stream goes on. (A client id that is used with another scope than before still gets what it had subscribed to: use
 *       another client id.)
 * </ul>
 *
 * All methods may be called by any thread.
 */
public final class ObservationConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationConsumer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REST_TIMEOUT = Duration.ofSeconds(2);
    private static final int WAITING_EVENTS = 256;
    private static final int WAITING_DELIVERIES = 1_024;
    private static final int MAX_TOPIC_SHOWN = 200;
    private static final int MAX_OWN_THREADS = 4;
    private static final String ANNOUNCEMENTS = "-keys";
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Scope scope;
    private final RecordOpener opener;
    private final Taker taker;
    private final ConsumerSettings settings;
    private final ReceivedLog memory;
    private final Scheduler scheduler;
    private final Executor executor;
    private final List<Scheduler> own;
    private final RandomGenerator random;
    private final BrokerLink link;
    private final Optional<BrokerLink> announcements;
    private final Broadcast<Delivery> deliveries;
    private final Broadcast<ConsumerEvent> events;
    private final Broadcast<BrokerState> states;
    private final Map<Source, DeviceStream> streams = new LinkedHashMap<>(16, 0.75f, true);
    private final LongAdder received = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final Map<Refusal, Long> refusals = new ConcurrentHashMap<>();
    private final LongAdder overtaking = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final AtomicLong failures = new AtomicLong();
    private final LongAdder abandoned = new LongAdder();
    private final AtomicLong unremembered = new AtomicLong();
    private volatile boolean isClosing;
    private volatile boolean isStopped;
    private @Nullable CompletableFuture<Void> closed;

    /** Makes a consumer with threads of its own; nothing is opened before {@link #start}. */
    public static ObservationConsumer open(
            MqttOptions broker, Scope scope, RecordOpener opener, DeliveryHandler handler) {
        return open(broker, scope, opener, handler, ConsumerSettings.DEFAULT);
    }

    /**
     * Makes a consumer with threads of its own; nothing is opened before {@link #start}.
     *
     * @param opener opens what is sealed, and says whom to believe; stays the caller's, and must live longer
     */
    public static ObservationConsumer open(
            MqttOptions broker, Scope scope, RecordOpener opener, DeliveryHandler handler, ConsumerSettings settings) {
        return withOwnThreads(broker, scope, opener, Taker.with(handler), settings);
    }

    /**
     * Makes a consumer with threads of its own whose observations wait until they are asked for; nothing is opened before
     * {@link #start}.
     *
     * @param opener opens what is sealed, and says whom to believe; stays the caller's, and must live longer
     * @param flow hands them on; of this consumer alone
     */
    public static ObservationConsumer open(
            MqttOptions broker, Scope scope, RecordOpener opener, DeliveryFlow flow, ConsumerSettings settings) {
        return withOwnThreads(broker, scope, opener, flow.taker(), settings);
    }

    private static ObservationConsumer withOwnThreads(
            MqttOptions broker, Scope scope, RecordOpener opener, Taker taker, ConsumerSettings settings) {
        Scheduler scheduler = Scheduler.system("openiomt-consumer", 1);
        Scheduler workers = Scheduler.system(
                "openiomt-delivery",
                Math.min(MAX_OWN_THREADS, Runtime.getRuntime().availableProcessors()));
        return new ObservationConsumer(
                options -> port(options, settings),
                broker,
                scope,
                opener,
                taker,
                settings,
                scheduler,
                workers,
                List.of(scheduler, workers),
                new SplittableRandom());
    }

    /**
     * Makes a consumer; nothing is opened before {@link #start}.
     *
     * @param broker which broker, as whom; the client id names the session that the broker keeps
     * @param scope whose observations
     * @param opener opens what is sealed, and says whom to believe; stays the caller's, and must live longer
     * @param handler what to do with them
     * @param settings how much to keep
     * @param scheduler watches over the link; stays the caller's, and must live longer than the consumer
     * @param executor runs the handler; must not run a task on the caller's stack; stays the caller's
     */
    public static ObservationConsumer open(
            MqttOptions broker,
            Scope scope,
            RecordOpener opener,
            DeliveryHandler handler,
            ConsumerSettings settings,
            Scheduler scheduler,
            Executor executor) {
        return new ObservationConsumer(
                options -> port(options, settings),
                broker,
                scope,
                opener,
                Taker.with(handler),
                settings,
                scheduler,
                executor,
                List.of(),
                new SplittableRandom());
    }

    ObservationConsumer(
            Function<MqttOptions, MqttPort> ports,
            MqttOptions broker,
            Scope scope,
            RecordOpener opener,
            Taker taker,
            ConsumerSettings settings,
            Scheduler scheduler,
            Executor executor,
            List<Scheduler> own,
            RandomGenerator random) {
        this.scope = Objects.requireNonNull(scope, "scope");
        this.opener = Objects.requireNonNull(opener, "opener");
        this.taker = taker;
        this.settings = settings;
        this.memory =
                settings.received().orElseGet(() -> ReceivedLog.inMemory(settings.devices(), settings.idsPerDevice()));
        this.scheduler = scheduler;
        this.executor = executor;
        this.own = own;
        this.random = random;
        this.deliveries = new Broadcast<>(executor, WAITING_DELIVERIES, DropPolicy.DROP_OLDEST);
        this.events = new Broadcast<>(executor, WAITING_EVENTS, DropPolicy.DROP_OLDEST);
        this.states = new Broadcast<>(executor, WAITING_EVENTS, DropPolicy.DROP_OLDEST);
        this.link = link(ports, broker, filters(scope, settings), new LinkListener());
        this.announcements = opener.needsAnnouncements()
                ? Optional.of(link(ports, forAnnouncements(broker), List.of(scope.keysFilter()), this::received))
                : Optional.empty();
    }

    private BrokerLink link(
            Function<MqttOptions, MqttPort> ports,
            MqttOptions broker,
            List<String> filters,
            BrokerLink.Listener listener) {
        BrokerLink.Plan plan = new BrokerLink.Plan(filters, Optional.empty(), Optional.empty());
        return new BrokerLink(
                broker.places().stream().map(ports).toList(), plan, broker.backoff(), scheduler, random, listener);
    }

    /** What the broker keeps comes anew on every link, so it need not keep a session. */
    private static MqttOptions forAnnouncements(MqttOptions broker) {
        int longest = MqttOptions.MAX_CLIENT_ID - ANNOUNCEMENTS.length();
        if (broker.clientId().length() > longest) {
            throw new IllegalArgumentException("who opens sealed messages needs a client id of at most " + longest
                    + " characters, because a second connection adds " + ANNOUNCEMENTS + ", but got "
                    + broker.clientId());
        }
        return broker.withClientId(broker.clientId() + ANNOUNCEMENTS).withSessionExpiry(Duration.ofSeconds(1));
    }

    /** A message that is a little too large shall come, to be refused and counted; a huge one shall not come at all. */
    private static MqttPort port(MqttOptions broker, ConsumerSettings settings) {
        return new HivemqPort(
                broker,
                Optional.empty(),
                new HivemqPort.Limits(settings.unacknowledged(), 2 * settings.payloadOctets() + 4_096));
    }

    private static List<String> filters(Scope scope, ConsumerSettings settings) {
        List<String> filters = new ArrayList<>();
        filters.add(scope.gatewayStateFilter());
        for (Lane lane : Lane.values()) {
            if (settings.lanes().contains(lane)) {
                filters.add(scope.filter(lane == Lane.CLINICAL ? TopicKind.OBSERVATION : TopicKind.WAVE));
            }
        }
        return filters;
    }

    /**
     * Begins to connect and to receive, and goes on until it is closed.
     *
     * @return says how the first attempt ended; when it failed, the message says what to check, and further attempts follow
     */
    public CompletionStage<Void> start() {
        CompletionStage<Void> heard = announcements.map(BrokerLink::start).orElse(DONE);
        return link.start().thenCompose(done -> heard);
    }

    /**
     * Connects anew, at once: to use new credentials. What is in hand and not acknowledged comes again, and is known as a repeat. Does
     * nothing before {@link #start} and after closing.
     */
    public void reconnect() {
        announcements.ifPresent(BrokerLink::reconnect);
        link.reconnect();
    }

    /** Returns whether the broker can be reached. */
    public BrokerState broker() {
        return link.state();
    }

    /** Returns the changes from the time of the subscription on; of more than 256 that wait the oldest are dropped. */
    public Flow.Publisher<BrokerState> brokerStates() {
        return states;
    }

    /** Returns what an operator may want to know, from the time of the subscription on; of more than 256 that wait the oldest are dropped. */
    public Flow.Publisher<ConsumerEvent> events() {
        return events;
    }

    /**
     * Returns what the handler has taken, from the time of the subscription on: for views, which may miss something (a {@link DeliveryFlow} misses nothing). Of more than
     * 1,024 that wait for a subscriber the oldest are dropped.
     */
    public Flow.Publisher<Delivery> deliveries() {
        return deliveries;
    }

    /** Returns what it has done so far. */
    public ConsumerStats stats() {
        return new ConsumerStats(
                received.sum(),
                delivered.sum(),
                duplicates.sum(),
                refusals,
                overtaking.sum(),
                missing.sum(),
                failures.get(),
                abandoned.sum(),
                unremembered.get(),
                Optional.of(broker()).filter(BrokerState::isConnected).map(BrokerState::since));
    }

    /**
     * Takes no further message, lets the handler end what it has begun, at most for 2 s, and closes the link. The broker keeps what
     * comes from now on. Does nothing when it is closed.
     *
     * @return completes when the link is closed, within a few seconds
     */
    public CompletionStage<Void> closeAsync() {
        synchronized (this) {
            if (closed != null) {
                return closed.minimalCompletionStage();
            }
            closed = new CompletableFuture<>();
        }
        CompletableFuture<Void> answer = closed;
        isClosing = true;
        CompletableFuture<Void> resting = new CompletableFuture<>();
        Scheduler.Cancellable limit = scheduler.schedule(REST_TIMEOUT, () -> resting.complete(null));
        rest().whenComplete((done, fault) -> resting.complete(null));
        CompletionStage<Void> left = resting.thenCompose(done -> {
            isStopped = true;
            CompletionStage<Void> unheard = announcements.map(BrokerLink::close).orElse(DONE);
            return link.close().thenCompose(gone -> unheard);
        });
        left.whenComplete((done, fault) -> {
            limit.cancel();
            taker.end();
            deliveries.complete();
            events.complete();
            states.complete();
            answer.complete(null);
        });
        return answer.minimalCompletionStage();
    }

    /** Does as {@link #closeAsync} and waits for it, at most 10 s. */
    @Override
    public void close() {
        closeAsync()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        own.forEach(Scheduler::close);
    }

    private CompletionStage<Void> rest() {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        synchronized (streams) {
            for (DeviceStream stream : streams.values()) {
                CompletionStage<Void> one = stream.rest();
                all = all.thenCompose(done -> one);
            }
        }
        return all;
    }

    // --- what comes, on the client's thread

    private void received(Inbound message) {
        received.increment();
        try {
            Topic topic = Topic.parse(message.topic());
            if (!scope.covers(topic)) {
                refuse(message, Refusal.NOT_EXPECTED, "not from the sites and gateways that this consumer listens to");
            } else if (message.payload().length > settings.payloadOctets()) {
                refuse(
                        message,
                        Refusal.TOO_LARGE,
                        "expected at most " + settings.payloadOctets() + " octets, but came "
                                + message.payload().length);
            } else if (topic.kind() == TopicKind.STATE && topic.device().isEmpty()) {
                gatewayState(message, topic);
            } else if (topic.kind() == TopicKind.KEYS && topic.device().isEmpty()) {
                learn(message, topic);
            } else if ((topic.kind() == TopicKind.OBSERVATION || topic.kind() == TopicKind.WAVE)
                    && topic.device().isPresent()) {
                add(message, topic);
            } else {
                refuse(message, Refusal.NOT_EXPECTED, "expected observations of a device");
            }
        } catch (DecodeException e) {
            refuse(message, Refusal.of(e), e.getMessage());
        }
    }

    private void add(Inbound message, Topic topic) {
        synchronized (streams) {
            streams.computeIfAbsent(Source.of(topic), key -> new DeviceStream(topic, this))
                    .add(message, topic);
            Iterator<DeviceStream> eldest = streams.values().iterator();
            while (streams.size() > settings.devices() && eldest.hasNext()) {
                if (eldest.next().isIdle()) {
                    eldest.remove();
                }
            }
        }
    }

    private void gatewayState(Inbound message, Topic topic) {
        String word = new String(message.payload(), StandardCharsets.US_ASCII);
        if (word.equals("online") || word.equals("offline")) {
            events.publish(
                    new ConsumerEvent.GatewayStateChanged(now(), topic.site(), topic.gateway(), word.equals("online")));
            message.acknowledge();
        } else {
            refuse(message, Refusal.NOT_UNDERSTOOD, "expected online or offline");
        }
    }

    /** Lets what waited for this announcement go on. */
    private void learn(Inbound message, Topic topic) {
        try {
            opener.learn(publisherOf(topic), message.payload());
        } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
            refuse(message, Refusal.of(e), e.getMessage());
            return;
        }
        message.acknowledge();
        synchronized (streams) {
            streams.values().forEach(DeviceStream::look);
        }
    }

    /** Returns the name that a publisher of this topic seals under. */
    static String publisherOf(Topic topic) {
        return topic.site() + "/" + topic.gateway();
    }

    private void refuse(Inbound message, Refusal cause, @Nullable String reason) {
        refused(message.topic(), cause, String.valueOf(reason));
        message.acknowledge();
    }

    // --- what the streams of the devices tell

    void refused(String topic, Refusal cause, String reason) {
        String shown =
                topic.substring(0, Math.min(MAX_TOPIC_SHOWN, topic.length())).replaceAll("\\p{Cntrl}", "?");
        long count = refusals.merge(cause, 1L, Long::sum);
        if (isPowerOfTwo(count)) {
            LOG.warn("{} refused so far as {}, the last on {}: {}", count, cause.words(), shown, reason);
        }
        settings.audit()
                .record(new AuditEvent(AuditEventType.MESSAGE_REFUSED, Optional.empty(), shown, "", cause.words()));
        events.publish(new ConsumerEvent.Refused(now(), shown, cause, reason));
    }

    void repeated() {
        duplicates.increment();
    }

    void overtook() {
        overtaking.increment();
    }

    void missed(ConsumerEvent.Gap gap, long count) {
        missing.add(count);
        events.publish(gap);
    }

    void taken(Delivery delivery) {
        delivered.increment();
        deliveries.publish(delivery);
    }

    void notTaken(ConsumerEvent.NotTaken failure) {
        long count = failures.incrementAndGet();
        if (failure.isAbandoned()) {
            abandoned.increment();
        }
        if (failure.isAbandoned() || isPowerOfTwo(count)) {
            LOG.warn(
                    "the handler did not take an observation of {} ({} times), {}: {}",
                    failure.device(),
                    failure.attempts(),
                    failure.isAbandoned() ? "given up" : "trying again",
                    failure.cause().getClass().getName());
        }
        events.publish(failure);
    }

    void notRemembered(ConsumerEvent.NotRemembered failure) {
        long count = unremembered.incrementAndGet();
        if (isPowerOfTwo(count)) {
            LOG.warn(
                    "{} observations could not be remembered so far, the last of {}: {}",
                    count,
                    failure.source().device(),
                    failure.cause().toString());
        }
        events.publish(failure);
    }

    Scheduler.Cancellable afterReorderWait(Runnable task) {
        return scheduler.schedule(settings.reorderWait(), task);
    }

    void after(int failed, Runnable task) {
        Duration pause;
        synchronized (random) {
            pause = settings.retry().delay(failed, random);
        }
        scheduler.schedule(pause, task);
    }

    /** A fault that comes again and again is logged ever more rarely. */
    private static boolean isPowerOfTwo(long count) {
        return Long.bitCount(count) == 1;
    }

    Instant now() {
        return scheduler.clock().instant();
    }

    boolean isClosing() {
        return isClosing;
    }

    boolean isStopped() {
        return isStopped;
    }

    Scheduler.Cancellable afterAnnouncementWait(Runnable task) {
        return scheduler.schedule(settings.announcementWait(), task);
    }

    /** Whether an announcement that the broker keeps would have come within the time that a message waits for it. */
    boolean hearsAnnouncements() {
        Instant since = now().minus(settings.announcementWait());
        return announcements
                .map(BrokerLink::state)
                .filter(state -> state.isConnected() && !state.since().isAfter(since))
                .isPresent();
    }

    RecordOpener opener() {
        return opener;
    }

    Taker taker() {
        return taker;
    }

    ReceivedLog memory() {
        return memory;
    }

    ConsumerSettings settings() {
        return settings;
    }

    Executor executor() {
        return executor;
    }

    private final class LinkListener implements BrokerLink.Listener {
        @Override
        public void changed(BrokerState state) {
            states.publish(state);
        }

        @Override
        public void received(Inbound message) {
            ObservationConsumer.this.received(message);
        }
    }
}
