package org.openiomt.mqtt.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.BrokerState.Connected;
import org.openiomt.mqtt.broker.BrokerState.Disconnected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to a broker: opens it, subscribes, says that we are there, and opens another when it is lost, after a random
 * and growing time. Its own steps run in one mailbox; {@link #publish}, {@link #state} and {@link #maxPacketOctets} may be called
 * from anywhere at any time.
 */
public final class BrokerLink {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final List<MqttPort> ports;
    private final Plan plan;
    private final Backoff backoff;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Listener listener;
    private final Mailbox mailbox;
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private volatile BrokerState state;
    private volatile @Nullable Attempt up;

    // Only the mailbox touches these.
    private boolean isStarted;
    private int failures;
    private int place;
    private @Nullable Attempt attempt;
    private Scheduler.Cancellable timer = () -> {};
    private @Nullable CompletionStage<Void> closed;

    /**
     * What to do on every new connection.
     *
     * @param filters what to subscribe to
     * @param hello says that we are there
     * @param goodbye says that we leave
     */
    public record Plan(List<String> filters, Optional<Outbound> hello, Optional<Outbound> goodbye) {
        /** Copies the list. */
        public Plan {
            filters = List.copyOf(filters);
        }
    }

    /** Is told what happens. */
    public interface Listener {
        /** The state changed. Called in the link's mailbox: in order, one at a time. */
        default void changed(BrokerState state) {}

        /** A message came. Called on the client's thread; must not block. */
        void received(Inbound message);
    }

    /**
     * Makes a link; nothing is opened before {@link #start}.
     *
     * @param ports to each place of the broker; a failed attempt is followed by one at the next place, a link that was lost by one at the
     *     same, where the session is. The wait grows after each round
     */
    public BrokerLink(
            List<MqttPort> ports,
            Plan plan,
            Backoff backoff,
            Scheduler scheduler,
            RandomGenerator random,
            Listener listener) {
        this.ports = List.copyOf(ports);
        this.plan = plan;
        this.backoff = backoff;
        this.scheduler = scheduler;
        this.random = random;
        this.listener = listener;
        this.mailbox = new Mailbox(scheduler);
        this.state = new Disconnected(now(), "not started", Optional.empty());
    }

    /**
     * Begins to connect, and goes on until it is closed.
     *
     * @return says how the first attempt ended; it is followed by others when it failed
     */
    public CompletionStage<Void> start() {
        mailbox.execute(() -> {
            if (!isStarted && closed == null) {
                isStarted = true;
                connect();
            }
        });
        return firstAttempt.minimalCompletionStage();
    }

    /** Returns whether the broker can be reached. */
    public BrokerState state() {
        return state;
    }

    /** Returns the most octets of a message that the broker takes; empty while there is no link. */
    public OptionalInt maxPacketOctets() {
        Attempt open = up;
        return open == null
                ? OptionalInt.empty()
                : OptionalInt.of(open.connection().maxPacketOctets());
    }

    /**
     * Sends a message; fails at once when there is no link. Nothing is kept for later. A broker that does not answer for
     * 30 s is given up: the link is closed and opened again.
     */
    public CompletionStage<Void> publish(Outbound message) {
        Attempt open = up;
        return open == null
                ? CompletableFuture.failedFuture(new LinkException("there is no link to the broker"))
                : open.answered(open.connection().publish(message));
    }

    /**
     * Opens another connection in place of the one that there is, at once: to use new credentials. What the broker has not acknowledged
     * within 2 s fails, as it does when a link is lost.
     */
    public void reconnect() {
        mailbox.execute(() -> {
            if (closed == null && isStarted) {
                timer.cancel();
                replace();
            }
        });
    }

    private void replace() {
        MqttPort.Connection old = attempt == null ? null : attempt.abandon();
        attempt = null;
        up = null;
        enter(new Disconnected(now(), "connecting anew, as asked for", Optional.empty()));
        if (old == null) {
            connect();
            return;
        }
        CompletableFuture<Void> settled = new CompletableFuture<>();
        Scheduler.Cancellable limit = scheduler.schedule(GOODBYE_TIMEOUT, () -> settled.complete(null));
        old.settle().whenComplete((done, fault) -> settled.complete(null));
        CompletionStage<Void> left = settled.thenCompose(done -> old.disconnect());
        left.whenComplete((done, fault) -> {
            limit.cancel();
            mailbox.execute(this::retry);
        });
    }

    /** Says goodbye and stops. Completes when the connection is closed, in any case within a few seconds. */
    public CompletionStage<Void> close() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        mailbox.execute(() -> close(answer));
        return answer;
    }

    private void close(CompletableFuture<Void> answer) {
        if (closed != null) {
            closed.thenRun(() -> answer.complete(null));
            return;
        }
        closed = answer.minimalCompletionStage();
        timer.cancel();
        MqttPort.Connection connection = attempt == null ? null : attempt.abandon();
        attempt = null;
        up = null;
        enter(new Disconnected(now(), "closed", Optional.empty()));
        firstAttempt.completeExceptionally(new LinkException("closed while connecting to the broker"));
        if (connection == null) {
            answer.complete(null);
            return;
        }
        CompletableFuture<Void> said = new CompletableFuture<>();
        Scheduler.Cancellable limit = scheduler.schedule(GOODBYE_TIMEOUT, () -> said.complete(null));
        Scheduler.Cancellable last = scheduler.schedule(GOODBYE_TIMEOUT.multipliedBy(2), () -> answer.complete(null));
        CompletionStage<Void> settled =
                plan.filters().isEmpty() ? CompletableFuture.completedFuture(null) : connection.settle();
        say(plan.goodbye(), connection).thenCompose(done -> settled).whenComplete((done, fault) -> said.complete(null));
        CompletionStage<Void> left = said.thenCompose(done -> connection.disconnect());
        left.whenComplete((done, fault) -> {
            limit.cancel();
            last.cancel();
            answer.complete(null);
        });
    }

    private static CompletionStage<Void> say(Optional<Outbound> message, MqttPort.Connection connection) {
        return message.map(connection::publish).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void connect() {
        Attempt begun = new Attempt();
        attempt = begun;
        ports.get(place).connect(begun).whenComplete(begun::opened);
    }

    private void up(Attempt opened) {
        if (attempt != opened) {
            return;
        }
        Connected connected = new Connected(now(), opened.connection().isSessionPresent());
        opened.since = connected.since();
        up = opened;
        enter(connected);
        LOG.info("linked to the broker, {} session", connected.isSessionPresent() ? "kept" : "new");
        firstAttempt.complete(null);
    }

    private void down(Attempt ended, String reason) {
        if (attempt != ended) {
            return;
        }
        // A link that lived for a while was a good one; one that is lost at once is as bad as a failed attempt.
        if (ended.since != null && Duration.between(ended.since, now()).compareTo(backoff.cap()) >= 0) {
            failures = 0;
        }
        if (ended.since == null) {
            place = (place + 1) % ports.size();
        }
        failures++;
        attempt = null;
        up = null;
        int rounds = (failures + ports.size() - 1) / ports.size();
        Duration wait = backoff.delay(rounds, random);
        boolean isKnown =
                state instanceof Disconnected before && before.reason().equals(reason);
        enter(new Disconnected(now(), reason, Optional.of(now().plus(wait))));
        if (isKnown) {
            LOG.debug("{}; next attempt in {} ms", reason, wait.toMillis());
        } else {
            LOG.warn("{}; next attempt in {} ms", reason, wait.toMillis());
        }
        firstAttempt.completeExceptionally(new LinkException(reason));
        timer = scheduler.schedule(wait, () -> mailbox.execute(this::retry));
    }

    private void retry() {
        if (closed == null && attempt == null) {
            connect();
        }
    }

    private void enter(BrokerState next) {
        state = next;
        listener.changed(next);
    }

    private Instant now() {
        return scheduler.clock().instant();
    }

    /** One connection from the first try to its end. What comes from an attempt that is no longer ours changes nothing. */
    private final class Attempt implements MqttPort.Events {
        private @Nullable Instant since;
        private volatile MqttPort.@Nullable Connection connection;
        private boolean isAbandoned;

        MqttPort.Connection connection() {
            return Objects.requireNonNull(connection);
        }

        /** Called on the client's thread. A connection that comes too late is closed without the help of the mailbox. */
        void opened(MqttPort.@Nullable Connection opened, @Nullable Throwable fault) {
            if (opened == null) {
                fail(reasonOf(Objects.requireNonNull(fault)));
            } else if (keep(opened)) {
                greet(opened);
            } else {
                opened.disconnect();
            }
        }

        private synchronized boolean keep(MqttPort.Connection opened) {
            connection = opened;
            return !isAbandoned;
        }

        synchronized MqttPort.@Nullable Connection abandon() {
            isAbandoned = true;
            return connection;
        }

        private void greet(MqttPort.Connection opened) {
            CompletionStage<Void> subscribed = plan.filters().isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : opened.subscribe(plan.filters());
            answered(subscribed.thenCompose(done -> say(plan.hello(), opened))).whenComplete((done, fault) -> {
                if (fault == null) {
                    mailbox.execute(() -> up(this));
                } else {
                    giveUp(reasonOf(fault));
                }
            });
        }

        /** Watches over an answer of the broker. */
        CompletionStage<Void> answered(CompletionStage<Void> answer) {
            Scheduler.Cancellable limit = scheduler.schedule(
                    ANSWER_TIMEOUT, () -> giveUp("the broker did not answer for " + ANSWER_TIMEOUT.toSeconds() + " s"));
            return answer.whenComplete((done, fault) -> limit.cancel());
        }

        private void giveUp(String reason) {
            fail(reason);
            connection().disconnect();
        }

        @Override
        public void received(Inbound message) {
            listener.received(message);
        }

        @Override
        public void lost(String reason) {
            fail(reason);
        }

        private void fail(String reason) {
            mailbox.execute(() -> down(this, reason));
        }
    }

    /** Returns the message of a fault, of its cause where a stage has wrapped it. */
    public static String reasonOf(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        String text = cause.getMessage();
        return text == null ? cause.toString() : text;
    }
}
