package org.openiomt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Drain;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.ConsumerSettings;
import org.openiomt.mqtt.consume.Delivery;
import org.openiomt.mqtt.consume.DeliveryFlow;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;
import org.openiomt.testkit.TcpProxy;

/** A subscriber that asks for little, and a real broker behind a link that breaks. */
@Timeout(90)
class BackPressureTest {
    private static final int RECEIVE_MAXIMUM = 4;
    private static final int MESSAGES = 40;
    private static final DeviceId CUFF = DeviceId.of("cuff");

    @TempDir
    Path folder;

    @Test
    void theBrokerSendsNoMoreThanTheReceiveMaximumBeforeTheSubscriberAsks() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Clinic clinic = new Clinic();
        CompletableFuture<Flow.Subscription> asked = new CompletableFuture<>();
        DeliveryFlow flow = new DeliveryFlow(executor);
        flow.subscribe(subscriber(clinic, asked));
        ConsumerSettings settings = ConsumerSettings.DEFAULT.withUnacknowledged(RECEIVE_MAXIMUM);
        Backoff quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
        Drain.Options oneEach = new Drain.Options(1, 1, quick, new java.util.SplittableRandom(1));
        try (EmbeddedBroker broker = EmbeddedBroker.plain(folder.resolve("broker"));
                TcpProxy toClinic = new TcpProxy(broker.port());
                Outbox outbox = new MemoryOutbox(OutboxBounds.of(1_000, 1 << 20));
                Scheduler scheduler = Scheduler.system("test", 2);
                ObservationConsumer consumer = ObservationConsumer.open(
                        options(toClinic.port(), "clinic"), Scope.everywhere(), RecordOpener.PLAIN, flow, settings);
                Uplink uplink = Uplink.open(
                        options(broker.port(), "gw-1"),
                        Topics.of("home-7", "gw-1"),
                        outbox,
                        RecordSealer.PLAIN,
                        scheduler,
                        oneEach)) {
            consumer.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
            uplink.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
            for (int n = 1; n <= MESSAGES; n++) {
                outbox.append(List.of(Readings.record(CUFF, n)));
            }
            Clinic.until("the broker has all", () -> outbox.stats().waiting() == 0);
            Flow.Subscription subscription = asked.get(10, TimeUnit.SECONDS);
            assertThat(clinic.count()).isZero();
            assertThat(withoutState(consumer)).isLessThanOrEqualTo(RECEIVE_MAXIMUM);
            subscription.request(10);
            clinic.await(10);
            assertThat(withoutState(consumer)).isLessThanOrEqualTo(10 + RECEIVE_MAXIMUM);
            toClinic.interrupt();
            subscription.request(MESSAGES - 10);
            clinic.await(MESSAGES);
            clinic.assertAllOnceInOrder(List.of(CUFF), MESSAGES);
            assertThat(consumer.stats().missing()).isZero();
        } finally {
            executor.shutdown();
        }
    }

    private static long withoutState(ObservationConsumer consumer) {
        return consumer.stats().received() - 1;
    }

    private static MqttOptions options(int port, String clientId) {
        return MqttOptions.plainOnLoopback("127.0.0.1", port, clientId)
                .withBackoff(new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)));
    }

    private static Flow.Subscriber<Delivery> subscriber(Clinic clinic, CompletableFuture<Flow.Subscription> asked) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                asked.complete(subscription);
            }

            @Override
            public void onNext(Delivery delivery) {
                clinic.take(delivery);
            }

            @Override
            public void onError(Throwable fault) {}

            @Override
            public void onComplete() {}
        };
    }
}
