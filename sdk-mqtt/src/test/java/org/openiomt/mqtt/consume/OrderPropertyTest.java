package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.testkit.ManualClock;

class OrderPropertyTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");

    @Property
    void whateverOvertakesWhateverTheApplicationGetsEachOnceAndInOrder(@ForAll("shuffled") List<Integer> numbers) {
        ManualClock clock = new ManualClock();
        FakePort port = new FakePort();
        port.isAutomatic = true;
        List<Long> taken = new ArrayList<>();
        ObservationConsumer consumer = new ObservationConsumer(
                options -> port,
                MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
                Scope.everywhere(),
                RecordOpener.PLAIN,
                Taker.with(delivery -> taken.add(delivery.sequence())),
                ConsumerSettings.DEFAULT,
                clock,
                clock,
                List.of(),
                new SplittableRandom(1));
        consumer.start();
        clock.runUntilIdle();
        List<Integer> acknowledged = new ArrayList<>();

        port.last().deliver(message(0, acknowledged));
        clock.runUntilIdle();
        for (int number : numbers) {
            port.last().deliver(message(number, acknowledged));
            clock.runUntilIdle();
        }

        assertThat(taken)
                .isEqualTo(IntStream.rangeClosed(1, taken.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(taken).hasSize((int) numbers.stream().distinct().count() + 1);
        assertThat(acknowledged).hasSize(numbers.size() + 1);
        assertThat(consumer.stats().missing()).isZero();
    }

    /** The numbers 1 to n, each once or twice, in any order. */
    @Provide
    Arbitrary<List<Integer>> shuffled() {
        return Arbitraries.integers().between(1, 12).flatMap(count -> {
            List<Integer> all =
                    new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
            all.addAll(all.subList(0, count / 2));
            return Arbitraries.shuffle(all);
        });
    }

    private static Inbound message(int number, List<Integer> acknowledged) {
        byte[] payload = ObservationMessage.encode(
                7,
                List.of(ObservationMessage.Item.of(
                        number + 1, ObservationCbor.encode(Readings.reading(CUFF, number + 1)))));
        return new Inbound("iomt/1/s/g/cuff/obs/all", payload, () -> false, () -> acknowledged.add(number));
    }
}
