package org.openiomt.mqtt.port;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.LinkException;

/** A port whose other end is the test: it accepts, refuses, answers and cuts when the test says so. */
public final class FakePort implements MqttPort {
    /** Every attempt to connect, oldest first. */
    public final List<Attempt> attempts = new ArrayList<>();

    /** Whether attempts are accepted and messages acknowledged at once. */
    public boolean isAutomatic;

    /** The greatest packet that the broker takes. */
    public int maxPacketOctets = 1 << 20;

    @Override
    public CompletionStage<Connection> connect(Events events) {
        Attempt attempt = new Attempt(events);
        attempts.add(attempt);
        if (isAutomatic) {
            attempt.accept(false);
        }
        return attempt.answer;
    }

    /** Returns the last attempt. */
    public Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    /** One attempt, and the connection that it became. */
    public final class Attempt implements Connection {
        /** What was published, with its answer. */
        public final List<Sent> sent = new ArrayList<>();

        /** What was subscribed to. */
        public final List<String> filters = new ArrayList<>();

        /** Completed by the test, unless {@link #isAutomatic}: the broker has noted the acknowledgements. */
        public final CompletableFuture<Void> settled = new CompletableFuture<>();

        /** Whether our side has closed it. */
        public boolean isDisconnected;

        private final Events events;
        private final CompletableFuture<Connection> answer = new CompletableFuture<>();
        private @Nullable LinkException subscriptionFault;
        private boolean isSessionPresent;

        Attempt(Events events) {
            this.events = events;
        }

        /** The broker answers. */
        public void accept(boolean hasSession) {
            isSessionPresent = hasSession;
            answer.complete(this);
        }

        /** The broker does not answer. */
        public void refuse(String reason) {
            answer.completeExceptionally(new LinkException(reason));
        }

        /** The broker will refuse subscriptions. */
        public void refuseSubscriptions(String reason) {
            subscriptionFault = new LinkException(reason);
        }

        /** The link is lost. */
        public void cut(String reason) {
            sent.forEach(message -> message.answer.completeExceptionally(new LinkException(reason)));
            events.lost(reason);
        }

        /** A message comes. */
        public void deliver(Inbound message) {
            events.received(message);
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
        public CompletionStage<Void> subscribe(List<String> wanted) {
            filters.addAll(wanted);
            return subscriptionFault == null
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(subscriptionFault);
        }

        @Override
        public CompletionStage<Void> publish(Outbound message) {
            Sent entry = new Sent(message);
            sent.add(entry);
            if (isAutomatic) {
                entry.answer.complete(null);
            }
            return entry.answer;
        }

        @Override
        public CompletionStage<Void> settle() {
            if (isAutomatic) {
                settled.complete(null);
            }
            return settled;
        }

        @Override
        public CompletionStage<Void> disconnect() {
            isDisconnected = true;
            sent.forEach(message -> message.answer.completeExceptionally(new LinkException("disconnected")));
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A message that was published. */
    public static final class Sent {
        /** Completed by the test. */
        public final CompletableFuture<Void> answer = new CompletableFuture<>();

        private final Outbound message;

        Sent(Outbound message) {
            this.message = message;
        }

        /** Returns the topic. */
        public String topic() {
            return message.topic().toString();
        }

        /** Returns the trace that it belongs to. */
        public Optional<String> traceparent() {
            return message.traceparent();
        }

        /** Returns the octets. */
        public byte[] payload() {
            return message.payload();
        }

        /** Returns topic and text. */
        @Override
        public String toString() {
            return message.topic()
                    + (message.isRetained() ? " (retained) " : " ")
                    + new String(message.payload(), StandardCharsets.UTF_8);
        }
    }
}
