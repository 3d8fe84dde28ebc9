package org.openiomt.examples.application;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.Mqtt;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.DeliveryHandler;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.security.sealed.SealedReader;

/** An application at work: everything of the site, opened, each observation once and in the order of its device. */
public final class ApplicationSide implements AutoCloseable {
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofSeconds(20);

    private final ObservationConsumer consumer;
    private final Open opening;
    private final CompletionStage<Void> subscribed;

    private ApplicationSide(ObservationConsumer consumer, Open opening, CompletionStage<Void> subscribed) {
        this.consumer = consumer;
        this.opening = opening;
        this.subscribed = subscribed;
    }

    /**
     * Starts to listen.
     *
     * @param broker which broker, as whom
     * @param keys what it opens with, and whom it believes; closed with the application
     * @param handler takes each observation
     * @param onBroker hears whether the broker can be reached; must be quick
     */
    public static ApplicationSide start(
            MqttOptions broker, ApplicationKeys keys, DeliveryHandler handler, Consumer<? super BrokerState> onBroker) {
        Open opening = new Open();
        opening.add(keys);
        SealedReader reader = opening.add(SealedReader.of(keys.reader(), Map.of()));
        keys.gateways().forEach((name, key) -> reader.trust(GatewaySide.SITE + "/" + name, List.of(key)));
        ObservationConsumer consumer = Mqtt.consumer(broker, Scope.site(GatewaySide.SITE), reader, handler);
        Each.of(consumer.brokerStates(), onBroker);
        return new ApplicationSide(consumer, opening, consumer.start());
    }

    /**
     * Waits until the broker knows what the application listens to. What is published before that is kept for nobody.
     *
     * @throws CommandFailedException when the broker cannot be reached
     */
    public void awaitSubscribed() {
        try {
            subscribed
                    .toCompletableFuture()
                    .orTimeout(SUBSCRIBED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new CommandFailedException("the application could not subscribe: " + e.getCause(), e);
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
        consumer.close();
        opening.close();
    }
}
