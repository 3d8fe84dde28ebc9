package org.openiomt.mqtt.uplink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.BrokerLink;
import org.openiomt.mqtt.port.HivemqPort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.port.MqttPort;
import org.openiomt.mqtt.port.Outbound;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.Topics;

/**
 * Brings what waits in an outbox to a broker, for as long as it takes: in order for each device, readings before wave forms. The
 * outbox forgets a record when the broker has acknowledged it; what was on its way when the link was lost is sent again, so the
 * broker may get a record twice, always with the same id.
 *
 * <p>The gateway's state topic says {@code online} while there is a link, and {@code offline} after a goodbye or, by the last
 * will, after the link has been lost for a while; it is retained.
 *
 * <p>All methods may be called by any thread. Close it before the outbox.
 */
public final class Uplink implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);
    private static final int WAITING_STATES = 64;

    /** An uplink subscribes to nothing; what comes all the same is small or does not come at all. */
    private static final HivemqPort.Limits INBOUND = new HivemqPort.Limits(8, 16 << 10);

    private final Outbox outbox;
    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final Drain.Options drainOptions;
    private final BrokerLink link;
    private final MessageSink sink;
    private final Broadcast<BrokerState> states;
    private @Nullable Drain drain;
    private @Nullable CompletableFuture<Void> closed;

    /**
     * Makes an uplink with threads of its own; nothing is opened before {@link #start}.
     *
     * @param sealer signs what the outbox keeps sealed; stays the caller's, and must live longer
     */
    public static Uplink open(MqttOptions broker, Topics topics, Outbox outbox, RecordSealer sealer) {
        return new Uplink(
                place -> port(place, topics),
                broker,
                topics,
                outbox,
                sealer,
                Scheduler.system("openiomt-uplink", 2),
                true,
                new SplittableRandom(),
                UplinkSettings.defaults());
    }

    /**
     * Makes an uplink; nothing is opened before {@link #start}.
     *
     * @param broker which broker, as whom
     * @param topics where the records go
     * @param outbox where they come from; it must have no other drain
     * @param sealer signs what the outbox keeps sealed; stays the caller's, and must live longer
     * @param scheduler runs everything; stays the caller's, and must live longer than the uplink
     * @param drain how many batches of which size are on their way at one time
     */
    public static Uplink open(
            MqttOptions broker,
            Topics topics,
            Outbox outbox,
            RecordSealer sealer,
            Scheduler scheduler,
            Drain.Options drain) {
        return open(
                broker,
                topics,
                outbox,
                sealer,
                scheduler,
                UplinkSettings.defaults().withDrain(drain));
    }

    /**
     * Makes an uplink; nothing is opened before {@link #start}.
     *
     * @param broker which broker, as whom
     * @param topics where the records go
     * @param outbox where they come from; it must have no other drain
     * @param sealer signs what the outbox keeps sealed; stays the caller's, and must live longer
     * @param scheduler runs everything; stays the caller's, and must live longer than the uplink
     * @param settings how it sends
     */
    public static Uplink open(
            MqttOptions broker,
            Topics topics,
            Outbox outbox,
            RecordSealer sealer,
            Scheduler scheduler,
            UplinkSettings settings) {
        return new Uplink(
                place -> port(place, topics),
                broker,
                topics,
                outbox,
                sealer,
                scheduler,
                false,
                new SplittableRandom(),
                settings);
    }

    Uplink(
            Function<MqttOptions, MqttPort> ports,
            MqttOptions broker,
            Topics topics,
            Outbox outbox,
            RecordSealer sealer,
            Scheduler scheduler,
            boolean ownsScheduler,
            RandomGenerator random,
            UplinkSettings settings) {
        this.outbox = outbox;
        this.scheduler = scheduler;
        this.ownsScheduler = ownsScheduler;
        this.drainOptions = settings.drain();
        this.states = new Broadcast<>(scheduler, WAITING_STATES, DropPolicy.DROP_OLDEST);
        Topic state = topics.gatewayState();
        BrokerLink.Plan plan =
                new BrokerLink.Plan(List.of(), Optional.of(say(state, "online")), Optional.of(say(state, "offline")));
        this.link = new BrokerLink(
                broker.places().stream().map(ports).toList(),
                plan,
                broker.backoff(),
                scheduler,
                random,
                new LinkListener());
        this.sink = new MessageSink(
                topics, link::publish, link::maxPacketOctets, sealer, settings.trace(), scheduler.clock());
    }

    private static MqttPort port(MqttOptions broker, Topics topics) {
        return new HivemqPort(broker, Optional.of(say(topics.gatewayState(), "offline")), INBOUND);
    }

    private static Outbound say(Topic topic, String word) {
        return Outbound.state(topic, word.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Begins to connect and to send, and goes on until it is closed.
     *
     * @return says how the first attempt ended; when it failed, the message says what to check, and further attempts follow
     */
    public CompletionStage<Void> start() {
        return link.start();
    }

    /**
     * Connects anew, at once: to use new credentials. What the broker has not acknowledged stays in the outbox and is sent again. Does
     * nothing before {@link #start} and after closing.
     */
    public void reconnect() {
        link.reconnect();
    }

    /** Returns whether the broker can be reached. */
    public BrokerState broker() {
        return link.state();
    }

    /** Returns the changes from the time of the subscription on; of more than 64 that wait the oldest are dropped. */
    public Flow.Publisher<BrokerState> brokerStates() {
        return states;
    }

    /** Returns what it has done so far. */
    public UplinkStats stats() {
        UplinkStats counts = sink.stats();
        Optional<BrokerState> connected = Optional.of(broker()).filter(BrokerState::isConnected);
        return new UplinkStats(
                counts.published(),
                counts.acknowledged(),
                counts.retried(),
                counts.refused(),
                connected.map(BrokerState::since),
                counts.lastFault());
    }

    /**
     * Sends nothing more, waits a moment for what is on its way, says goodbye and closes the link. What the broker has not
     * acknowledged stays in the outbox. Does nothing when it is closed.
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
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Scheduler.Cancellable limit = scheduler.schedule(DRAIN_TIMEOUT, () -> drained.complete(null));
        stopDrain().whenComplete((done, fault) -> drained.complete(null));
        CompletionStage<Void> left = drained.thenCompose(done -> link.close());
        left.whenComplete((done, fault) -> {
            limit.cancel();
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
        if (ownsScheduler) {
            scheduler.close();
        }
    }

    private synchronized CompletionStage<Void> stopDrain() {
        return drain == null ? CompletableFuture.completedFuture(null) : drain.stop();
    }

    /** Starts the drain at the first link, and lets it rest while there is none. */
    private synchronized void run(boolean isConnected) {
        if (closed != null) {
            return;
        }
        if (isConnected) {
            sink.linked();
        }
        if (drain != null && !isConnected) {
            drain.pause();
        } else if (drain != null) {
            drain.resume();
        } else if (isConnected) {
            drain = Drain.start(outbox, sink, scheduler, drainOptions);
        }
    }

    private final class LinkListener implements BrokerLink.Listener {
        @Override
        public void changed(BrokerState state) {
            states.publish(state);
            run(state.isConnected());
        }

        @Override
        public void received(Inbound message) {
            message.acknowledge();
        }
    }
}
