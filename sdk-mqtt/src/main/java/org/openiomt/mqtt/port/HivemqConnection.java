package org.openiomt.mqtt.port;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.reactivex.disposables.Disposable;
import io.reactivex.schedulers.Schedulers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.broker.WhenUnheard;

/*
 * One connection is one client object, used once.
 *
 * The client can reconnect by itself and keeps unanswered messages for that. We do not use it: what it keeps is not bounded
 * and dies with the process, while our outbox is bounded and durable. A client that is thrown away at the loss of the link has
 * no old message to send again, no old packet identifier to confuse with a new one, and no half-read queue that counts
 * against the receive maximum of the next connection.
 *
 * For a client to be gone entirely it needs an event loop of its own: the client parks a session-expiry timer there, which would
 * keep the dead client and its messages in memory for days. The loop ends when its last user is done, so at the loss every
 * waiting future and the flow of messages are cancelled.
 *
 * The client hands everything to its "application scheduler"; here that is the event loop itself, so that the loss of the link
 * is seen after everything that came before it. Nothing here blocks.
 */
final class HivemqConnection implements MqttPort.Connection {
    private static final int MQTT_UNLIMITED_PACKET = 268_435_460;
    private static final String NEVER_SUBSCRIBED = "iomt/1/-/settle";

    private final MqttOptions options;
    private final MqttPort.Events events;
    private final Runnable overrun;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final Mqtt5AsyncClient client;
    private final Disposable messages;
    private volatile Phase phase = Phase.OPENING;
    private volatile boolean isSessionPresent;
    private volatile boolean keepsMessages = true;
    private volatile int maxPacketOctets = MQTT_UNLIMITED_PACKET;

    private enum Phase {
        OPENING,
        OPEN,
        LEAVING,
        GONE
    }

    /**
     * Makes a connection that is not open yet.
     *
     * @param tls its credentials
     * @param overrun done when the broker has sent more unacknowledged messages than it may, before the loss is told
     */
    HivemqConnection(MqttOptions options, Optional<MqttOptions.Tls> tls, MqttPort.Events events, Runnable overrun) {
        this.options = options;
        this.events = events;
        this.overrun = overrun;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(options.clientId())
                .transportConfig(transport(options, tls))
                .executorConfig()
                .nettyExecutor(ownThread(options.clientId()))
                .nettyThreads(1)
                .applicationScheduler(Schedulers.from(Runnable::run))
                .applyExecutorConfig()
                .addDisconnectedListener(context -> disconnected(context.getCause(), context.getSource()))
                .buildAsync();
        this.messages =
                client.toRx().publishes(MqttGlobalPublishFilter.ALL, true).subscribe(this::received, fault -> {});
    }

    CompletionStage<MqttPort.Connection> open(Optional<Outbound> will, HivemqPort.Limits limits) {
        CompletableFuture<MqttPort.Connection> answer = new CompletableFuture<>();
        CompletionStage<Mqtt5ConnAck> connected = client.connect(connect(will, limits));
        connected.whenComplete((acknowledgement, fault) -> {
            if (fault == null && takesQos1(acknowledgement)) {
                opened(acknowledgement);
                answer.complete(this);
            } else if (fault == null) {
                disconnect();
                answer.completeExceptionally(new LinkException("the broker at " + options.host() + ":" + options.port()
                        + " acknowledges no message, which takes QoS 1; use another broker"));
            } else {
                phase = Phase.GONE;
                messages.dispose();
                answer.completeExceptionally(new LinkException(BrokerFaults.explain(fault, options), fault));
            }
        });
        return answer;
    }

    private static boolean takesQos1(Mqtt5ConnAck acknowledgement) {
        return acknowledgement.getRestrictions().getMaximumQos() != MqttQos.AT_MOST_ONCE;
    }

    private void opened(Mqtt5ConnAck acknowledgement) {
        keepsMessages = acknowledgement.getRestrictions().isRetainAvailable();
        isSessionPresent = acknowledgement.isSessionPresent();
        maxPacketOctets = acknowledgement.getRestrictions().getMaximumPacketSize();
        phase = Phase.OPEN;
    }

    @Override
    public boolean isSessionPresent() {
        return isSessionPresent;
    }

    @Override
    public int maxPacketOctets() {
        return maxPacketOctets;
    }

    @Override
    public CompletionStage<Void> subscribe(List<String> filters) {
        List<Mqtt5Subscription> subscriptions = filters.stream()
                .map(filter -> Mqtt5Subscription.builder()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build())
                .toList();
        Mqtt5Subscribe subscribe =
                Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build();
        return answered(client.subscribe(subscribe), "the broker's answer to a subscription", done -> Optional.empty());
    }

    @Override
    public CompletionStage<Void> publish(Outbound message) {
        if (message.isRetained() && !keepsMessages) {
            return CompletableFuture.failedFuture(new LinkException("the broker keeps no retained messages, but "
                    + message.topic() + " is for whoever comes later; use a broker that keeps them"));
        }
        Mqtt5PublishBuilder.Complete publish = Mqtt5Publish.builder()
                .topic(message.topic().toString())
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(message.isRetained())
                .contentType(message.contentType().orElse(null))
                .payload(message.payload());
        if (message.expirySeconds().isPresent()) {
            publish = publish.messageExpiryInterval(message.expirySeconds().getAsLong());
        }
        if (message.traceparent().isPresent()) {
            publish = publish.userProperties()
                    .add(Traceparent.NAME, message.traceparent().get())
                    .applyUserProperties();
        }
        CompletableFuture<Mqtt5PublishResult> sent = client.publish(publish.build());
        return answered(sent, "the broker's acknowledgement", result -> objection(message, result));
    }

    /** A message that the broker keeps needs nobody who listens; another one that nobody hears is lost. */
    private Optional<String> objection(Outbound message, Mqtt5PublishResult result) {
        boolean isUnheard = result instanceof Mqtt5PublishResult.Mqtt5Qos1Result answer
                && answer.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
        return isUnheard && !message.isRetained() && options.whenUnheard() == WhenUnheard.SEND_AGAIN
                ? Optional.of("nobody has subscribed to " + message.topic()
                        + ", so it is sent again; start the application, or use WhenUnheard.FORGET")
                : Optional.empty();
    }

    /** Makes a stage of ours that fails when the link is lost; the client's own would wait for the next connection. */
    private <T> CompletionStage<Void> answered(
            CompletableFuture<T> pending, String awaited, Function<T, Optional<String>> objection) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Runnable cancel = () -> pending.cancel(false);
        waiting.add(cancel);
        CompletionStage<T> stage = pending;
        stage.whenComplete((result, fault) -> {
            waiting.remove(cancel);
            if (fault == null) {
                objection
                        .apply(result)
                        .ifPresentOrElse(
                                reason -> answer.completeExceptionally(new LinkException(reason)),
                                () -> answer.complete(null));
            } else if (fault instanceof CancellationException) {
                answer.completeExceptionally(new LinkException("link lost while waiting for " + awaited));
            } else {
                answer.completeExceptionally(new LinkException(BrokerFaults.explain(fault, options), fault));
            }
        });
        if (phase != Phase.OPEN) {
            cancel.run();
        }
        return answer;
    }

    /** Asks for what changes nothing; the broker answers it after all that it got before. */
    @Override
    public CompletionStage<Void> settle() {
        Mqtt5Unsubscribe nothing =
                Mqtt5Unsubscribe.builder().topicFilter(NEVER_SUBSCRIBED).build();
        return answered(client.unsubscribe(nothing), "the broker's last answer", done -> Optional.empty());
    }

    @Override
    public CompletionStage<Void> disconnect() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        phase = Phase.LEAVING;
        waiting.forEach(Runnable::run);
        CompletionStage<Void> disconnected = client.disconnect();
        disconnected.whenComplete((done, fault) -> {
            gone();
            answer.complete(null);
        });
        return answer;
    }

    /** Called on the event loop when a connection has ended and when an attempt has failed. */
    private void disconnected(Throwable cause, MqttDisconnectSource source) {
        Phase before = phase;
        if (source == MqttDisconnectSource.CLIENT
                && cause instanceof Mqtt5DisconnectException ended
                && ended.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED) {
            overrun.run();
        }
        if (before == Phase.OPEN) {
            gone();
            events.lost(BrokerFaults.explainLoss(cause, options));
        } else if (before == Phase.LEAVING) {
            gone();
        }
    }

    private void gone() {
        phase = Phase.GONE;
        messages.dispose();
        waiting.forEach(Runnable::run);
    }

    private void received(Mqtt5Publish message) {
        events.received(new Inbound(
                message.getTopic().toString(),
                message.getPayloadAsBytes(),
                traceparent(message),
                () -> phase == Phase.GONE,
                () -> acknowledge(message)));
    }

    /** Returns the trace that a message belongs to; what has another form is none. */
    private static Optional<String> traceparent(Mqtt5Publish message) {
        return message.getUserProperties().asList().stream()
                .filter(property -> property.getName().toString().equals(Traceparent.NAME))
                .map(property -> property.getValue().toString())
                .filter(Traceparent::isOne)
                .findFirst();
    }

    private void acknowledge(Mqtt5Publish message) {
        if (phase == Phase.GONE) {
            return;
        }
        try {
            message.acknowledge();
        } catch (RejectedExecutionException e) {
            // The event loop ended just now, and the connection with it: the broker will send the message again.
            phase = Phase.GONE;
        }
    }

    private Mqtt5Connect connect(Optional<Outbound> will, HivemqPort.Limits limits) {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder()
                .cleanStart(false)
                .sessionExpiryInterval(options.sessionExpiry().toSeconds())
                .keepAlive((int) options.keepAlive().toSeconds())
                .restrictions()
                .receiveMaximum(limits.unacknowledged())
                .maximumPacketSize(limits.packetOctets())
                .applyRestrictions();
        if (will.isPresent()) {
            Outbound message = will.get();
            connect = connect.willPublish()
                    .topic(message.topic().toString())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(message.isRetained())
                    .payload(message.payload())
                    .delayInterval(options.willDelay().toSeconds())
                    .applyWillPublish();
        }
        return connect.build();
    }

    private static MqttClientTransportConfig transport(MqttOptions options, Optional<MqttOptions.Tls> keys) {
        long timeoutMillis = options.connectTimeout().toMillis();
        MqttClientSslConfig tls = keys.map(current -> MqttClientSslConfig.builder()
                        .keyManagerFactory(current.own())
                        .trustManagerFactory(current.trusted())
                        .protocols(List.of("TLSv1.3"))
                        .handshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                        .build())
                .orElse(null);
        return MqttClientTransportConfig.builder()
                .serverHost(options.host())
                .serverPort(options.port())
                .socketConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .sslConfig(tls)
                .build();
    }

    private static Executor ownThread(String clientId) {
        return loop -> {
            Thread thread = new Thread(loop, "openiomt-mqtt-" + clientId);
            thread.setDaemon(true);
            thread.start();
        };
    }
}
