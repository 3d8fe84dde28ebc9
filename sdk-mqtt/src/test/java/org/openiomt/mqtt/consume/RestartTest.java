package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

/** An application that ends at any step, and comes back to what the broker sends again. */
class RestartTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");
    private static final int COUNT = 40;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final Deque<Kept> broker = new ArrayDeque<>();
    private final List<Long> taken = new ArrayList<>();
    private final List<ConsumerEvent> events = new ArrayList<>();

    /** A message that the broker keeps until it is acknowledged. */
    private record Kept(List<Long> numbers) {}

    /** Where the process ends. */
    private enum Death {
        BEFORE_IT_IS_TAKEN,
        BEFORE_IT_IS_REMEMBERED,
        BEFORE_IT_IS_ACKNOWLEDGED
    }

    /** One run of the application. Nothing that it does after its death has an effect. */
    private final class Run implements ReceivedLog {
        private final FileReceivedLog log = FileReceivedLog.open(folder.resolve("received"));
        private final Death death;
        private final long at;
        private boolean isDead;

        Run(Death death, long at) {
            this.death = death;
            this.at = at;
        }

        ConsumerStats work() {
            FakePort port = new FakePort();
            port.isAutomatic = true;
            ObservationConsumer consumer = new ObservationConsumer(
                    options -> port,
                    MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
                    Scope.everywhere(),
                    RecordOpener.PLAIN,
                    Taker.with(this::take),
                    ConsumerSettings.DEFAULT.withReceived(this),
                    clock,
                    clock,
                    List.of(),
                    new SplittableRandom(1));
            consumer.events().subscribe(Collecting.to(events));
            consumer.start();
            clock.runUntilIdle();
            String topic = Topics.of("s", "g").observations(CUFF).toString();
            for (Kept kept : List.copyOf(broker)) {
                port.last().deliver(new Inbound(topic, encode(kept.numbers), () -> false, () -> acknowledge(kept)));
                clock.runUntilIdle();
            }
            clock.advance(Duration.ofSeconds(2));
            log.close();
            return consumer.stats();
        }

        private void die(Death step, long number) {
            isDead |= step == death && number == at;
        }

        private void take(Delivery delivery) {
            die(Death.BEFORE_IT_IS_TAKEN, delivery.sequence());
            if (!isDead) {
                taken.add(Readings.numberOf(delivery.observation()));
            }
        }

        private void acknowledge(Kept kept) {
            if (!isDead) {
                broker.remove(kept);
            }
        }

        @Override
        public Known known(Delivery delivery) {
            return log.known(delivery);
        }

        @Override
        public Optional<SequenceNumber> last(Source source, Lane lane) {
            return log.last(source, lane);
        }

        @Override
        public CompletionStage<Void> remember(Delivery delivery) {
            die(Death.BEFORE_IT_IS_REMEMBERED, delivery.sequence());
            if (isDead) {
                return new CompletableFuture<>();
            }
            CompletableFuture<Void> durable = log.remember(delivery).toCompletableFuture();
            durable.join(); // the log's own thread has written it; what follows stays in the order of this test
            die(Death.BEFORE_IT_IS_ACKNOWLEDGED, delivery.sequence());
            return durable;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void whereverItEndsNothingIsLostAndAtMostOneComesTwice(Death death) {
        for (long n = 1; n <= COUNT; n += 2) {
            broker.add(new Kept(List.of(n, n + 1)));
        }
        for (long at = 1; at <= COUNT; at++) {
            int before = taken.size();
            long different = new LinkedHashSet<>(taken).size();
            new Run(death, at).work();
            long again = (taken.size() - before) - (new LinkedHashSet<>(taken).size() - different);
            assertThat(again).as("repeats in run %d", at).isLessThanOrEqualTo(1);
        }
        new Run(death, -1).work();
        assertThat(broker).isEmpty();
        Set<Long> once = new LinkedHashSet<>(taken);
        assertThat(once)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, COUNT).boxed().toList());
        assertThat(taken).hasSize(death == Death.BEFORE_IT_IS_REMEMBERED ? 2 * COUNT : COUNT);
        assertThat(events).as("gaps, refusals and failures").isEmpty();
    }

    @Test
    void whatIsMissingAcrossARestartIsTold() {
        broker.add(new Kept(List.of(1L, 2L)));
        new Run(Death.BEFORE_IT_IS_TAKEN, -1).work();
        broker.add(new Kept(List.of(5L)));
        new Run(Death.BEFORE_IT_IS_TAKEN, -1).work();
        assertThat(taken).containsExactly(1L, 2L, 5L);
        assertThat(events).singleElement().isInstanceOfSatisfying(ConsumerEvent.Gap.class, gap -> {
            assertThat(gap.first()).isEqualTo(3);
            assertThat(gap.last()).isEqualTo(4);
        });
    }

    @Test
    void aMemoryThatFailsHoldsNothingUpAndIsTold() {
        for (long n = 1; n <= 3; n++) {
            broker.add(new Kept(List.of(n)));
        }
        Run run = new Run(Death.BEFORE_IT_IS_TAKEN, -1);
        run.log.close();
        ConsumerStats stats = run.work();
        assertThat(taken).containsExactly(1L, 2L, 3L);
        assertThat(broker).isEmpty();
        assertThat(stats.unremembered()).isEqualTo(3);
        assertThat(events).hasSize(3).allMatch(ConsumerEvent.NotRemembered.class::isInstance);
    }

    private static byte[] encode(List<Long> numbers) {
        return ObservationMessage.encode(
                7,
                numbers.stream()
                        .map(n -> ObservationMessage.Item.of(n, ObservationCbor.encode(Readings.reading(CUFF, n))))
                        .toList());
    }
}
