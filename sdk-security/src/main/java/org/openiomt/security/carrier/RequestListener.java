package org.openiomt.security.carrier;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.security.session.HandshakeGate;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionSettings;

/**
 * Answers initiators that publish requests under one topic, each with a session of its own, told apart by the topic that it
 * wants the answer on. Bounded: beyond so many peers new ones are not heard. May be used by several threads.
 */
public final class RequestListener implements AutoCloseable {
    private final SessionSettings settings;
    private final HandshakeGate gate;
    private final PublishSubscribe broker;
    private final String topic;
    private final Predicate<String> acceptable;
    private final int maxPeers;
    private final Scheduler scheduler;
    private final Function<Peer, SessionCarrier.Listener> listeners;
    private final Map<String, Peer> peers = new HashMap<>();
    private final Runnable subscription;

    /** One initiator, and how to send to it. */
    public static final class Peer {
        private final String responseTopic;
        private final SessionCarrier carrier;

        private Peer(String responseTopic, SessionCarrier carrier) {
            this.responseTopic = responseTopic;
            this.carrier = carrier;
        }

        /** Returns where it listens. */
        public String responseTopic() {
            return responseTopic;
        }

        /** Returns its session's carrier. */
        public SessionCarrier carrier() {
            return carrier;
        }
    }

    /**
     * Listens.
     *
     * @param topic where requests are published
     * @param acceptable which response topics may be published to; strangers name them
     * @param maxPeers at most so many at once
     * @param listeners makes a listener for each peer
     */
    public RequestListener(
            SessionSettings settings,
            HandshakeGate gate,
            PublishSubscribe broker,
            String topic,
            Predicate<String> acceptable,
            int maxPeers,
            Scheduler scheduler,
            Function<Peer, SessionCarrier.Listener> listeners) {
        this.settings = settings;
        this.gate = gate;
        this.broker = broker;
        this.topic = topic;
        this.acceptable = acceptable;
        this.maxPeers = maxPeers;
        this.scheduler = scheduler;
        this.listeners = listeners;
        this.subscription = broker.subscribe(topic, this::requested);
    }

    /** Returns how many peers there are, with a session or on the way to one. */
    public synchronized int peers() {
        return peers.size();
    }

    /** Ends all sessions. */
    @Override
    public synchronized void close() {
        subscription.run();
        peers.values().forEach(peer -> peer.carrier().close());
        peers.clear();
    }

    private void requested(PublishSubscribe.Message message) {
        String response = message.responseTopic().orElse("");
        if (response.isEmpty() || response.equals(topic) || !acceptable.test(response)) {
            return;
        }
        Peer peer;
        synchronized (this) {
            peer = peers.get(response);
            if (peer == null) {
                if (peers.size() >= maxPeers) {
                    return;
                }
                peer = peer(response);
                peers.put(response, peer);
            }
        }
        peer.carrier().arrived(message.payload());
    }

    private Peer peer(String response) {
        Relay relay = new Relay(response);
        SessionCarrier carrier = SessionCarrier.respond(
                settings,
                gate,
                response.getBytes(StandardCharsets.UTF_8),
                TopicPort.responding(broker, topic, response),
                scheduler,
                relay);
        Peer peer = new Peer(response, carrier);
        relay.target = listeners.apply(peer);
        return peer;
    }

    private synchronized void forget(String response) {
        Peer gone = peers.remove(response);
        if (gone != null) {
            gone.carrier().close();
        }
    }

    /** Passes on what happens, and forgets a peer that has no session any more. */
    private final class Relay implements SessionCarrier.Listener {
        private final String response;
        private SessionCarrier.Listener target = NOBODY;

        Relay(String response) {
            this.response = response;
        }

        @Override
        public void established(SecureSession session) {
            target.established(session);
        }

        @Override
        public void received(byte[] content) {
            target.received(content);
        }

        @Override
        public void ended(boolean isComplete) {
            forget(response);
            target.ended(isComplete);
        }
    }

    private static final SessionCarrier.Listener NOBODY = new SessionCarrier.Listener() {
        @Override
        public void established(SecureSession session) {}

        @Override
        public void received(byte[] content) {}

        @Override
        public void ended(boolean isComplete) {}
    };
}
