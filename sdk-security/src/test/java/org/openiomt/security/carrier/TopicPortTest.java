package org.openiomt.security.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openiomt.security.session.FrameForm;
import org.openiomt.testkit.ManualClock;

class TopicPortTest {
    private static final String REQUEST = "iomt/1/home/gw/session";

    private final Ends ends = new Ends(FrameForm.DATAGRAM);
    private final Broker broker = new Broker(ends.clock);
    private final List<RequestListener.Peer> peers = new ArrayList<>();
    private final RequestListener listener = new RequestListener(
            ends.device, ends.gate, broker, REQUEST, topic -> topic.startsWith("answers/"), 100, ends.clock, peer -> {
                peers.add(peer);
                return ends.atDevice;
            });

    /** A broker that sees everything and may do with it what it likes. */
    private static final class Broker implements PublishSubscribe {
        private final ManualClock clock;
        private final Map<String, Consumer<Message>> subscribers = new HashMap<>();
        private final List<Message> capture = new ArrayList<>();
        private UnaryOperator<Message> tampering = UnaryOperator.identity();

        Broker(ManualClock clock) {
            this.clock = clock;
        }

        @Override
        public void publish(Message message) {
            capture.add(message);
            Message tampered = tampering.apply(message);
            clock.execute(() -> {
                Consumer<Message> subscriber = subscribers.get(tampered.topic());
                if (subscriber != null) {
                    subscriber.accept(tampered);
                }
            });
        }

        @Override
        public Runnable subscribe(String topic, Consumer<Message> consumer) {
            subscribers.put(topic, consumer);
            return () -> subscribers.remove(topic);
        }
    }

    private SessionCarrier initiate(String answers) {
        SessionCarrier carrier = SessionCarrier.initiate(
                ends.gateway, TopicPort.requesting(broker, REQUEST, answers), ends.clock, ends.atGateway);
        ends.clock.runUntilIdle();
        return carrier;
    }

    @Test
    void sessionRunsThroughABrokerThatSeesNoPlaintext() {
        SessionCarrier gateway = initiate("answers/a");
        gateway.send(Ends.octets("glucose 5.4"));
        peers.get(0).carrier().send(Ends.octets("noted 5.4"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.contents).containsExactly("glucose 5.4");
        assertThat(ends.atGateway.contents).containsExactly("noted 5.4");
        assertThat(broker.capture)
                .hasSizeGreaterThan(4)
                .allSatisfy(message -> assertThat(
                                new String(message.payload(), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("5.4"));
    }

    @Test
    void frameMovedToAnotherTopicIsRefused() {
        SessionCarrier one = initiate("answers/a");
        initiate("answers/b");
        broker.tampering = message -> message.topic().equals(REQUEST)
                ? new PublishSubscribe.Message(REQUEST, message.payload(), Optional.of("answers/b"))
                : message;

        one.send(Ends.octets("glucose 5.4"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.contents).isEmpty();
        broker.tampering = UnaryOperator.identity();
        one.send(Ends.octets("glucose 5.5"));
        ends.clock.runUntilIdle();
        assertThat(ends.atDevice.contents).containsExactly("glucose 5.5");
    }

    @Test
    void everyInitiatorHasASessionOfItsOwn() {
        SessionCarrier one = initiate("answers/a");
        SessionCarrier other = initiate("answers/b");
        one.send(Ends.octets("a"));
        other.send(Ends.octets("b"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.sessions).hasSize(2);
        assertThat(ends.atDevice.contents).containsExactlyInAnyOrder("a", "b");
        assertThat(listener.peers()).isEqualTo(2);
        one.close();
        ends.clock.runUntilIdle();
        assertThat(listener.peers()).isEqualTo(1);
        listener.close();
        ends.clock.runUntilIdle();
        assertThat(ends.atGateway.ends).containsExactly(true);
    }

    @Test
    void strangersTakeNoPlaceAndChooseNoTopic() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(60)];
            random.nextBytes(garbage);
            broker.publish(new PublishSubscribe.Message(REQUEST, garbage, Optional.of("answers/" + i)));
            broker.publish(new PublishSubscribe.Message(REQUEST, garbage, Optional.of("alarms/off")));
            broker.publish(new PublishSubscribe.Message(REQUEST, garbage, Optional.empty()));
            ends.clock.runUntilIdle();
        }
        assertThat(listener.peers()).isZero();
        assertThat(ends.gate.halfOpen()).isZero();
        assertThat(broker.capture).noneMatch(message -> message.topic().equals("alarms/off"));
        initiate("answers/a");
        assertThat(ends.atDevice.sessions).hasSize(1);
    }
}
