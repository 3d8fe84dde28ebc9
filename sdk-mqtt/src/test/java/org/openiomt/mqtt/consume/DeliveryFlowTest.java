package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class DeliveryFlowTest {
    private final ManualClock clock = new ManualClock();
    private final FakePort port = new FakePort();
    private final DeliveryFlow flow = new DeliveryFlow(clock);
    private final List<String> acknowledged = new ArrayList<>();
    private final Asking asking = new Asking();
    private final ObservationConsumer consumer = new ObservationConsumer(
            options -> port,
            MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
            Scope.everywhere(),
            RecordOpener.PLAIN,
            flow.taker(),
            ConsumerSettings.DEFAULT,
            clock,
            clock,
            List.of(),
            new SplittableRandom(1));

    @BeforeEach
    void start() {
        port.isAutomatic = true;
        consumer.start();
        clock.runUntilIdle();
    }

    @Test
    void whatIsNotAskedForIsNotAcknowledged() {
        subscribe(asking);
        deliver("cuff", 1, 2);
        deliver("scale", 1);
        assertThat(asking.came).isEmpty();
        assertThat(acknowledged).isEmpty();
        request(2);
        assertThat(asking.came).containsExactly("cuff/1", "scale/1");
        assertThat(acknowledged).containsExactly("scale/1");
        request(1);
        assertThat(asking.came).containsExactly("cuff/1", "scale/1", "cuff/2");
        assertThat(acknowledged).containsExactly("scale/1", "cuff/1");
        assertThat(consumer.stats().delivered()).isEqualTo(3);
    }

    @Test
    void whatComesBeforeTheSubscriberWaitsForIt() {
        deliver("cuff", 1);
        clock.advance(Duration.ofHours(1));
        assertThat(acknowledged).isEmpty();
        subscribe(asking);
        request(5);
        deliver("cuff", 2);
        assertThat(asking.came).containsExactly("cuff/1", "cuff/2");
    }

    @Test
    void whatASubscriberThrewAtComesAgainToTheNext() {
        Asking failing = new Asking() {
            @Override
            public void onNext(Delivery delivery) {
                throw new IllegalStateException("the data base is away");
            }
        };
        subscribe(failing);
        failing.request(10);
        deliver("cuff", 1);
        deliver("cuff", 2);
        assertThat(acknowledged).isEmpty();
        subscribe(asking);
        request(10);
        clock.advance(Duration.ofSeconds(10));
        assertThat(asking.came).containsExactly("cuff/1", "cuff/2");
        assertThat(acknowledged).containsExactly("cuff/1", "cuff/2");
        assertThat(consumer.stats().failures()).isEqualTo(1);
    }

    @Test
    void whoCancelsLeavesTheRestToTheNext() {
        subscribe(asking);
        request(1);
        deliver("cuff", 1, 2, 3);
        asking.cancel();
        request(10);
        assertThat(asking.came).containsExactly("cuff/1");
        Asking next = new Asking();
        subscribe(next);
        next.request(10);
        clock.runUntilIdle();
        assertThat(next.came).containsExactly("cuff/2", "cuff/3");
        assertThat(consumer.stats().failures()).isZero();
    }

    @Test
    void aSecondSubscriberIsRefused() {
        subscribe(asking);
        Asking second = new Asking();
        subscribe(second);
        assertThat(second.fault).isInstanceOf(IllegalStateException.class).hasMessageContaining("one at a time");
        request(1);
        deliver("cuff", 1);
        assertThat(asking.came).containsExactly("cuff/1");
        assertThat(second.came).isEmpty();
    }

    @Test
    void closingEndsTheStreamAndLeavesWhatWaitsToTheBroker() {
        subscribe(asking);
        request(1);
        deliver("cuff", 1);
        deliver("cuff", 2);
        consumer.closeAsync();
        clock.advance(Duration.ofSeconds(5));
        assertThat(asking.isComplete).isTrue();
        assertThat(asking.came).containsExactly("cuff/1");
        assertThat(acknowledged).containsExactly("cuff/1");
        Asking late = new Asking();
        subscribe(late);
        assertThat(late.isComplete).isTrue();
    }

    private void subscribe(Asking subscriber) {
        flow.subscribe(subscriber);
        clock.runUntilIdle();
    }

    private void request(long n) {
        asking.request(n);
        clock.runUntilIdle();
    }

    private void deliver(String device, long... numbers) {
        DeviceId id = DeviceId.of(device);
        List<ObservationMessage.Item> items = new ArrayList<>();
        for (long n : numbers) {
            items.add(ObservationMessage.Item.of(n, ObservationCbor.encode(Readings.reading(id, n))));
        }
        String topic = Topics.of("s", "g").observations(id).toString();
        port.last()
                .deliver(new Inbound(
                        topic,
                        ObservationMessage.encode(7, items),
                        () -> false,
                        () -> acknowledged.add(device + "/" + numbers[0])));
        clock.runUntilIdle();
    }
}
