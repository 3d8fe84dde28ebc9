package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Backoff;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.ConsumerEvent.Gap;
import org.openiomt.mqtt.consume.ConsumerEvent.GatewayStateChanged;
import org.openiomt.mqtt.consume.ConsumerEvent.NotTaken;
import org.openiomt.mqtt.consume.ConsumerEvent.Refused;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class ObservationConsumerTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");
    private static final DeviceId SCALE = DeviceId.of("scale");
    private static final Topics TOPICS = Topics.of("s", "g");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final FakePort port = new FakePort();
    private final List<String> taken = new ArrayList<>();
    private final Set<String> refusing = new HashSet<>();
    private final List<ConsumerEvent> events = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<Object> acknowledged = new HashSet<>();
    private int links = 1;
    private ObservationConsumer consumer = consumer(ConsumerSettings.DEFAULT);

    private ObservationConsumer consumer(ConsumerSettings settings) {
        return new ObservationConsumer(
                options -> port,
                MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
                Scope.site("s"),
                RecordOpener.PLAIN,
                Taker.with(this::take),
                settings,
                clock,
                clock,
                List.of(),
                new SplittableRandom(1));
    }

    private void take(Delivery delivery) throws Exception {
        String name = delivery.gateway() + "/" + delivery.observation().device() + "/"
                + Readings.numberOf(delivery.observation());
        if (refusing.contains(name)) {
            throw new java.io.IOException("the data base is away");
        }
        taken.add(name);
    }

    @BeforeEach
    void start() {
        port.isAutomatic = true;
        start(consumer);
    }

    private void start(ObservationConsumer starting) {
        starting.events().subscribe(Collecting.to(events));
        starting.deliveries().subscribe(Collecting.to(deliveries));
        starting.start();
        clock.runUntilIdle();
    }

    @Test
    void subscribesToReadingsWaveFormsAndGatewaysOfItsScope() {
        assertThat(port.last().filters)
                .containsExactly("iomt/1/s/+/-/state", "iomt/1/s/+/+/obs/+", "iomt/1/s/+/+/wave/+");
    }

    @Test
    void deliversInOrderAndAcknowledgesAfterwards() {
        Inbound message = message(CUFF, 7, 1, 2, 3);
        port.last().deliver(message);
        assertThat(acknowledged).isEmpty();
        clock.runUntilIdle();
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/2", "g/cuff/3");
        assertThat(acknowledged).hasSize(1);
        assertThat(deliveries).hasSize(3).first().satisfies(delivery -> {
            assertThat(delivery.site()).isEqualTo("s");
            assertThat(delivery.lane()).isEqualTo(Lane.CLINICAL);
            assertThat(delivery.epoch()).isEqualTo(7);
            assertThat(delivery.sequence()).isEqualTo(1);
        });
        assertThat(consumer.stats().delivered()).isEqualTo(3);
    }

    @Test
    void repeatsAreAcknowledgedAndNotDelivered() {
        deliver(message(CUFF, 7, 1, 2));
        deliver(message(CUFF, 7, 1, 2));
        deliver(message(CUFF, 8, 2, 3));
        clock.advance(ConsumerSettings.DEFAULT.reorderWait());
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/2", "g/cuff/3");
        assertThat(acknowledged).hasSize(3);
        assertThat(consumer.stats().duplicates()).isEqualTo(3);
    }

    @Test
    void devicesOfTheSameNameBehindTwoGatewaysAreTwo() {
        deliver(message(CUFF, 7, 1));
        deliver(message(Topics.of("s", "other"), CUFF, 7, 1));
        assertThat(taken).containsExactly("g/cuff/1", "other/cuff/1");
    }

    @Test
    void aHandlerThatFailsIsOfferedTheSameAgainAndItsDeviceWaits() {
        refusing.add("g/cuff/2");
        deliver(message(CUFF, 7, 1, 2));
        deliver(message(CUFF, 7, 3));
        deliver(message(SCALE, 7, 1));
        assertThat(taken).containsExactly("g/cuff/1", "g/scale/1");
        assertThat(acknowledged).hasSize(1);
        for (int i = 0; i < 5; i++) {
            clock.advance(PAUSE);
        }
        assertThat(taken).hasSize(2);
        refusing.clear();
        clock.advance(PAUSE);
        assertThat(taken).containsExactly("g/cuff/1", "g/scale/1", "g/cuff/2", "g/cuff/3");
        assertThat(acknowledged).hasSize(3);
        assertThat(consumer.stats().failures()).isGreaterThanOrEqualTo(6);
        assertThat(consumer.stats().duplicates()).isZero();
        assertThat(consumer.stats().missing()).isZero();
        assertThat(events).first().isInstanceOfSatisfying(NotTaken.class, event -> {
            assertThat(event.device()).isEqualTo(CUFF);
            assertThat(event.attempts()).isEqualTo(1);
            assertThat(event.isAbandoned()).isFalse();
            assertThat(event.cause()).hasMessage("the data base is away");
        });
    }

    @Test
    void afterTheLastAttemptTheDeviceGoesOnWithoutIt() {
        consumer = consumer(ConsumerSettings.DEFAULT.withMaxAttempts(3));
        start(consumer);
        refusing.add("g/cuff/2");
        deliver(message(CUFF, 7, 1, 2, 3));
        clock.advance(PAUSE);
        clock.advance(PAUSE);
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/3");
        assertThat(acknowledged).hasSize(1);
        assertThat(consumer.stats().abandoned()).isEqualTo(1);
        assertThat(consumer.stats().delivered()).isEqualTo(2);
    }

    @Test
    void anErrorOfTheHandlerDoesNotEndTheStream() {
        ObservationConsumer failing = new ObservationConsumer(
                options -> port,
                MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
                Scope.everywhere(),
                RecordOpener.PLAIN,
                Taker.with(delivery -> {
                    if (taken.isEmpty()) {
                        taken.add("failed");
                        throw new StackOverflowError();
                    }
                    taken.add("taken");
                }),
                ConsumerSettings.DEFAULT,
                clock,
                clock,
                List.of(),
                new SplittableRandom(1));
        start(failing);
        deliver(message(CUFF, 7, 1));
        clock.advance(PAUSE);
        assertThat(taken).containsExactly("failed", "taken");
        assertThat(acknowledged).hasSize(1);
    }

    @Test
    void whatIsMissingIsTold() {
        deliver(message(CUFF, 7, 1, 2));
        deliver(message(CUFF, 7, 5));
        assertThat(taken).hasSize(2);
        clock.advance(ConsumerSettings.DEFAULT.reorderWait());
        assertThat(events).containsExactly(new Gap(clock.instant(), "s", "g", CUFF, Lane.CLINICAL, 7, 3, 4));
        assertThat(consumer.stats().missing()).isEqualTo(2);
        assertThat(taken).hasSize(3);
    }

    @Test
    void messagesThatOvertookOthersWaitForThem() {
        deliver(message(CUFF, 7, 1, 2));
        deliver(message(CUFF, 7, 6));
        deliver(message(CUFF, 7, 4, 5));
        deliver(message(SCALE, 7, 1));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/2", "g/scale/1");
        clock.advance(ConsumerSettings.DEFAULT.reorderWait().dividedBy(2));
        deliver(message(CUFF, 7, 3));
        assertThat(taken).endsWith("g/cuff/3", "g/cuff/4", "g/cuff/5", "g/cuff/6");
        clock.advance(PAUSE);
        assertThat(acknowledged).hasSize(5);
        assertThat(events).isEmpty();
        assertThat(consumer.stats().overtaking()).isEqualTo(2);
        assertThat(consumer.stats().missing()).isZero();
    }

    @Test
    void whatDoesNotComeHoldsUpTheRestOnlyForAWhile() {
        deliver(message(CUFF, 7, 1));
        deliver(message(CUFF, 7, 9));
        deliver(message(CUFF, 7, 4));
        clock.advance(ConsumerSettings.DEFAULT.reorderWait());
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/4", "g/cuff/9");
        assertThat(consumer.stats().missing()).isEqualTo(6);
        assertThat(acknowledged).hasSize(3);
    }

    @Test
    void whatComesAfterAWaitInVainWaitsAnew() {
        deliver(message(CUFF, 7, 1));
        deliver(message(CUFF, 7, 3));
        clock.advance(ConsumerSettings.DEFAULT.reorderWait());
        deliver(message(CUFF, 7, 6));
        deliver(message(CUFF, 7, 4, 5));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/3", "g/cuff/4", "g/cuff/5", "g/cuff/6");
        assertThat(consumer.stats().missing()).isEqualTo(1);
    }

    @Test
    void whatWaitedWhenTheLinkWasLostComesAgainInOrder() {
        deliver(message(CUFF, 7, 1));
        deliver(message(CUFF, 7, 3));
        links++;
        deliver(message(CUFF, 7, 2));
        deliver(message(CUFF, 7, 3));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/2", "g/cuff/3");
        assertThat(consumer.stats().missing()).isZero();
    }

    @Test
    void wavesOfADeviceDoNotWaitForItsReadings() {
        deliver(message(CUFF, 7, 1));
        deliver(message(CUFF, 7, 3));
        deliver(inbound("iomt/1/s/g/cuff/wave/all", encode(CUFF, 7, 101)));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/101");
    }

    @Test
    void wavesAndRepeatsDoNotLengthenTheWaitOfAReading() {
        deliver(message(CUFF, 7, 1));
        deliver(message(CUFF, 7, 3));
        Duration quarter = ConsumerSettings.DEFAULT.reorderWait().dividedBy(4);
        for (int i = 1; i <= 4; i++) {
            deliver(inbound("iomt/1/s/g/cuff/wave/all", encode(CUFF, 7, 100 + i)));
            deliver(message(CUFF, 7, 1));
            clock.advance(quarter);
        }
        assertThat(taken).contains("g/cuff/3");
    }

    @Test
    void whatIsRefusedIsNotWaitedFor() {
        deliver(message(CUFF, 7, 1));
        deliver(inbound(
                TOPICS.observations(CUFF).toString(),
                ObservationMessage.encode(7, List.of(ObservationMessage.Item.of(2, new byte[] {1})))));
        deliver(message(CUFF, 7, 3));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/3");
        assertThat(consumer.stats().refused()).isEqualTo(1);
        assertThat(consumer.stats().missing()).isZero();
    }

    @Test
    void lanesAreCountedOneByOne() {
        deliver(message(CUFF, 7, 1));
        deliver(inbound("iomt/1/s/g/cuff/wave/all", encode(CUFF, 7, 101)));
        deliver(inbound("iomt/1/s/g/cuff/wave/all", encode(CUFF, 7, 102)));
        deliver(message(CUFF, 7, 2));
        assertThat(events).isEmpty();
    }

    @Test
    void foreignAndMalformedMessagesAreRefusedAndTheStreamGoesOn() {
        byte[] good = encode(CUFF, 7, 1);
        deliver(inbound("something/else", good));
        deliver(inbound("iomt/1/elsewhere/g/cuff/obs/all", good));
        deliver(inbound("iomt/1/s/g/cuff/cmd/open", good));
        deliver(inbound("iomt/1/s/g/-/obs/all", good));
        deliver(inbound("iomt/1/s/g/-/state", good));
        deliver(inbound("iomt/1/s/g/cuff/obs/all", new byte[] {1, 2, 3}));
        deliver(inbound("iomt/1/s/g/cuff/obs/all", new byte[0]));
        deliver(inbound("iomt/1/s/g/cuff/obs/all", new byte[600 << 10]));
        deliver(inbound("iomt/1/s/g/scale/obs/all", good));
        assertThat(taken).isEmpty();
        assertThat(acknowledged).hasSize(9);
        assertThat(consumer.stats().refused()).isEqualTo(9);
        assertThat(events).hasSize(9).allMatch(Refused.class::isInstance);
        assertThat(events.toString())
                .contains("topic root at octet 0")
                .contains("not from the sites")
                .contains("expected observations of a device")
                .contains("expected online or offline")
                .contains("at most 524288 octets, but came 614400")
                .contains("of another device than its topic says");
        deliver(inbound("iomt/1/s/g/cuff/obs/all", good));
        assertThat(taken).containsExactly("g/cuff/1");
    }

    @Test
    void oneDamagedObservationSpoilsNoneOfTheOthers() {
        List<ObservationMessage.Item> items = List.of(
                item(CUFF, 1),
                ObservationMessage.Item.of(2, "no observation".getBytes(StandardCharsets.US_ASCII)),
                item(CUFF, 3));
        deliver(inbound(TOPICS.observations(CUFF).toString(), ObservationMessage.encode(7, items)));
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/3");
        assertThat(acknowledged).hasSize(1);
        assertThat(consumer.stats().refused()).isEqualTo(1);
    }

    @Test
    void aTopicThatWouldSpoilALogIsShownHarmless() {
        deliver(inbound("a\nb\u0000" + "c".repeat(5_000), new byte[0]));
        assertThat(events)
                .first()
                .isInstanceOfSatisfying(
                        Refused.class,
                        event -> assertThat(event.topic()).startsWith("a?b?c").hasSize(200));
    }

    @Test
    void gatewaysComeAndGo() {
        deliver(inbound("iomt/1/s/g/-/state", "online".getBytes(StandardCharsets.US_ASCII)));
        deliver(inbound("iomt/1/s/g/-/state", "offline".getBytes(StandardCharsets.US_ASCII)));
        assertThat(events)
                .containsExactly(
                        new GatewayStateChanged(clock.instant(), "s", "g", true),
                        new GatewayStateChanged(clock.instant(), "s", "g", false));
        assertThat(acknowledged).hasSize(2);
    }

    @Test
    void aDeviceThatStandsStillDoesNotCollectWhatComesAgain() {
        refusing.add("g/cuff/1");
        for (int i = 0; i < 50; i++) {
            links++;
            deliver(message(CUFF, 7, 1));
            deliver(message(CUFF, 7, 2));
            deliver(message(CUFF, 7, 3));
        }
        refusing.clear();
        clock.advance(PAUSE);
        assertThat(taken).containsExactly("g/cuff/1", "g/cuff/2", "g/cuff/3");
        // What had come on the links that are gone was thrown away, but for the one in hand.
        assertThat(consumer.stats().duplicates()).isEqualTo(1);
        assertThat(acknowledged).hasSize(4);
    }

    @Test
    void theDeviceThatWasSilentLongestIsForgotten() {
        consumer = consumer(new ConsumerSettings(
                Set.of(Lane.CLINICAL),
                1,
                1 << 10,
                2,
                10,
                1,
                new Backoff(PAUSE, PAUSE),
                Duration.ZERO,
                PAUSE,
                Optional.empty(),
                AuditSink.NONE));
        start(consumer);
        DeviceId third = DeviceId.of("third");
        deliver(message(CUFF, 7, 1));
        deliver(message(SCALE, 7, 1));
        deliver(message(CUFF, 7, 2));
        deliver(message(third, 7, 1));
        deliver(message(CUFF, 7, 2));
        assertThat(taken).hasSize(4);
        deliver(message(SCALE, 7, 1));
        assertThat(taken).hasSize(5).last().isEqualTo("g/scale/1");
    }

    @Test
    void closingEndsWhatHasBegunAndLeavesTheRestToTheBroker() {
        port.last().deliver(message(CUFF, 7, 1));
        clock.runUntilIdle();
        CompletableFuture<Void> closed = consumer.closeAsync().toCompletableFuture();
        port.last().deliver(message(CUFF, 7, 2));
        clock.runUntilIdle();
        assertThat(closed).isCompleted();
        assertThat(taken).containsExactly("g/cuff/1");
        assertThat(acknowledged).hasSize(1);
        assertThat(port.last().isDisconnected).isTrue();
    }

    @Test
    void closingDoesNotWaitForAHandlerThatKeepsFailing() {
        refusing.add("g/cuff/1");
        deliver(message(CUFF, 7, 1));
        CompletableFuture<Void> closed = consumer.closeAsync().toCompletableFuture();
        clock.advance(Duration.ofSeconds(2));
        assertThat(closed).isCompleted();
        refusing.clear();
        clock.advance(PAUSE);
        assertThat(taken).isEmpty();
        assertThat(acknowledged).isEmpty();
    }

    private void deliver(Inbound message) {
        port.last().deliver(message);
        clock.runUntilIdle();
    }

    private Inbound message(DeviceId device, long epoch, long... numbers) {
        return message(TOPICS, device, epoch, numbers);
    }

    private Inbound message(Topics topics, DeviceId device, long epoch, long... numbers) {
        return inbound(topics.observations(device).toString(), encode(device, epoch, numbers));
    }

    private Inbound inbound(String topic, byte[] payload) {
        Object token = new Object();
        int link = links;
        return new Inbound(topic, payload, () -> link < links, () -> acknowledged.add(token));
    }

    private static byte[] encode(DeviceId device, long epoch, long... numbers) {
        List<ObservationMessage.Item> items = new ArrayList<>();
        for (long number : numbers) {
            items.add(item(device, number));
        }
        return ObservationMessage.encode(epoch, items);
    }

    private static ObservationMessage.Item item(DeviceId device, long number) {
        return ObservationMessage.Item.of(number, ObservationCbor.encode(Readings.reading(device, number)));
    }
}
