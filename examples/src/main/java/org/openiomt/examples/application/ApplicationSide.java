package org.openiomt.examples.application;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.ConsumerSettings;
import org.openiomt.mqtt.consume.DeliveryHandler;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.security.sealed.SealedReader;

/** An application at work: everything of the site, opened, each observation once and in the order of its device. */
public final class ApplicationSide implements AutoCloseable {
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofSeconds(20);

    private final ObservationConsumer consumer;
    private final Open opening;
    private final CompletableFuture<Void> subscribed;

    private ApplicationSide(ObservationConsumer consumer, Open opening, CompletableFuture<Void> subscribed) {
        this.consumer = consumer;
        this.opening = opening;
        this.subscribed = subscribed;
    }

    /**
     * Starts to listen.
     *
     * @param broker which broker, as whom
     * @param keys what it opens with, and whom it believes; closed with the application
     * @param audit where it is written down what was refused
     * @param handler takes each observation
     * @param onBroker hears whether the broker can be reached; must be quick
     */
    public static ApplicationSide start(
            MqttOptions broker,
            ApplicationKeys keys,
            AuditSink audit,
            DeliveryHandler handler,
            Consumer<? super BrokerState> onBroker) {
        Open opening = new Open();
        opening.add(keys);
        SealedReader reader = opening.add(reader(keys));
        audit.record(AuditEvent.of(
                AuditEventType.KEY_LOADED, keys.reader().publicKey().fingerprint()));
        ObservationConsumer consumer = opening.add(ObservationConsumer.open(
                broker, Scope.site(GatewaySide.SITE), reader, handler, ConsumerSettings.DEFAULT.withAudit(audit)));
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        Each.of(consumer.brokerStates(), state -> {
            if (state.isConnected()) {
                subscribed.complete(null);
            }
            onBroker.accept(state);
        });
        consumer.start();
        return new ApplicationSide(consumer, opening, subscribed);
    }

    /** Returns what opens the messages of the gateways that these keys name. */
    static SealedReader reader(ApplicationKeys keys) {
        SealedReader reader = SealedReader.of(keys.reader(), Map.of());
        keys.gateways().forEach((name, key) -> reader.trust(GatewaySide.SITE + "/" + name, List.of(key)));
        return reader;
    }

    /**
     * Waits until the broker knows what the application listens to. What is published before that is kept for nobody. An attempt that
     * fails is followed by others: Artemis may send more than it was allowed to when much waits in a session, and loses the link.
     *
     * @throws CommandFailedException when the broker could not be reached in 20 s; says why the last attempt failed
     */
    public void awaitSubscribed() {
        try {
            subscribed
                    .copy()
                    .orTimeout(SUBSCRIBED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            String reason = consumer.broker() instanceof BrokerState.Disconnected gone ? gone.reason() : "too late";
            throw new CommandFailedException("the application could not subscribe: " + reason, e);
        }
    }

    /** Returns the consumer. */
    public ObservationConsumer consumer() {
        return consumer;
    }

    /** Returns one line for a terminal. */
    public String summary() {
        var stats = consumer.stats();
        return "delivered " + stats.delivered() + ", repeats left out " + stats.duplicates() + ", missing "
                + stats.missing() + ", broker "
                + (consumer.broker().isConnected() ? "connected" : "not connected");
    }

    @Override
    public void close() {
        opening.close();
    }
}
