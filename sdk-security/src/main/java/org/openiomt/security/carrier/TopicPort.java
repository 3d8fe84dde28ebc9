package org.openiomt.security.carrier;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Datagrams over two topics of a broker, bound to their names: a broker that moves one to another topic is found out. */
public final class TopicPort implements DatagramPort {
    private static final int MAX_LENGTH = 65_535;

    private final PublishSubscribe broker;
    private final String to;
    private final String from;
    private final boolean isRequesting;
    private @Nullable Runnable subscription;

    private TopicPort(PublishSubscribe broker, String to, String from, boolean isRequesting) {
        this.broker = broker;
        this.to = to;
        this.from = from;
        this.isRequesting = isRequesting;
    }

    /**
     * Makes the end of who begins.
     *
     * @param request where the responder listens
     * @param response this initiator's own topic, where it listens
     */
    public static TopicPort requesting(PublishSubscribe broker, String request, String response) {
        return new TopicPort(broker, request, response, true);
    }

    /** Makes the end of who answers one initiator; requests are brought by a {@link RequestListener}. */
    static TopicPort responding(PublishSubscribe broker, String request, String response) {
        return new TopicPort(broker, response, request, false);
    }

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public void send(byte[] datagram) {
        broker.publish(new PublishSubscribe.Message(
                to, datagram.clone(), isRequesting ? Optional.of(from) : Optional.empty()));
    }

    @Override
    public synchronized void receiveWith(Consumer<byte[]> consumer) {
        if (isRequesting) {
            subscription = broker.subscribe(from, message -> consumer.accept(message.payload()));
        }
    }

    @Override
    public byte[] outbound() {
        return to.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] inbound() {
        return from.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.run();
            subscription = null;
        }
    }

    @Override
    public String toString() {
        return "TopicPort[" + to + ", " + from + "]";
    }
}
