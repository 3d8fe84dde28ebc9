package org.openiomt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.BrokerState.Connected;
import org.openiomt.mqtt.broker.BrokerState.Disconnected;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.consume.ConsumerEvent;
import org.openiomt.mqtt.consume.ConsumerEvent.Gap;
import org.openiomt.mqtt.consume.ConsumerEvent.GatewayStateChanged;
import org.openiomt.mqtt.consume.ConsumerSettings;
import org.openiomt.mqtt.consume.Delivery;
import org.openiomt.mqtt.consume.FileReceivedLog;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.consume.Refusal;
import org.openiomt.mqtt.port.HivemqPort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.port.MqttPort;
import org.openiomt.mqtt.port.Outbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;
import org.openiomt.mqtt.uplink.UplinkSettings;
import org.openiomt.testkit.TcpProxy;

/** From an outbox on the disk through a real broker to an application, while one or the other is away. */
@Timeout(90)
class OutageTest {
    private static final List<DeviceId> DEVICES =
            List.of("cuff", "oximeter", "scale", "thermometer", "glucose").stream()
                    .map(DeviceId::of)
                    .toList();
    private static final Topics TOPICS = Topics.of("home-7", "gw-1");

    @TempDir
    Path folder;

    private final Clinic clinic = new Clinic();
    private EmbeddedBroker broker;
    private Outbox outbox;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.plain(folder.resolve("broker"));
        outbox = FileOutbox.open(folder.resolve("outbox"));
    }

    @AfterEach
    void close() {
        outbox.close();
        broker.close();
    }

    @Test
    void aThousandReadingsSurviveTwoRestartsOfTheBroker() throws Exception {
        try (ObservationConsumer consumer = consumer(broker.port());
                Uplink uplink = uplink(broker.port())) {
            await(consumer.start());
            await(uplink.start());
            append(1, 50);
            clinic.await(100);
            broker.stop();
            append(51, 90);
            broker.start();
            append(91, 130);
            clinic.await(500);
            broker.stop();
            append(131, 160);
            broker.start();
            append(161, 200);
            clinic.await(1_000);
            clinic.assertAllOnceInOrder(DEVICES, 200);
            Clinic.until("the outbox is empty", () -> outbox.stats().waiting() == 0);
            assertThat(consumer.stats().missing()).isZero();
            assertThat(consumer.stats().refused()).isZero();
            assertThat(uplink.stats().acknowledged()).isEqualTo(1_000);
        }
    }

    @Test
    void readingsSurviveLinksThatAreCutInTheMiddle() throws Exception {
        try (TcpProxy toGateway = new TcpProxy(broker.port());
                TcpProxy toClinic = new TcpProxy(broker.port());
                ObservationConsumer consumer = consumer(toClinic.port());
                Uplink uplink = uplink(toGateway.port())) {
            await(consumer.start());
            await(uplink.start());
            for (int i = 0; i < 8; i++) {
                append(i * 100L + 1, i * 100L + 100);
                clinic.await(i * 500 + 50);
                toGateway.interrupt();
                if (i % 3 == 1) {
                    toClinic.interrupt();
                }
            }
            clinic.await(4_000);
            clinic.assertAllOnceInOrder(DEVICES, 800);
            Clinic.until("the outbox is empty", () -> outbox.stats().waiting() == 0);
            assertThat(consumer.stats().missing()).isZero();
            assertThat(uplink.stats().published() - uplink.stats().retried()).isEqualTo(4_000);
        }
    }

    @Test
    void whatTheGatewayHasGoesAfterTheBrokerHasLostItsJournal() throws Exception {
        try (TcpProxy toGateway = new TcpProxy(broker.port());
                ObservationConsumer consumer = consumer(broker.port());
                Uplink uplink = uplink(toGateway.port())) {
            await(consumer.start());
            await(uplink.start());
            append(1, 20);
            clinic.await(100);
            Clinic.until("all is acknowledged", () -> outbox.stats().waiting() == 0);
            toGateway.cut();
            append(21, 60);
            CompletableFuture<BrokerState> again = Clinic.next(consumer.brokerStates(), BrokerState::isConnected);
            broker.stop();
            broker.forget();
            broker.start();
            assertThat(await(again))
                    .isInstanceOfSatisfying(
                            Connected.class,
                            state -> assertThat(state.isSessionPresent())
                                    .as("the broker has forgotten the session")
                                    .isFalse());
            toGateway.mend();
            clinic.await(300);
            clinic.assertAllOnceInOrder(DEVICES, 60);
            assertThat(consumer.stats().missing()).isZero();
        }
    }

    @Test
    void whatTheBrokerHasLostIsToldAsAGap() throws Exception {
        try (TcpProxy toClinic = new TcpProxy(broker.port());
                ObservationConsumer consumer = consumer(toClinic.port());
                Uplink uplink = uplink(broker.port())) {
            await(consumer.start());
            await(uplink.start());
            append(1, 10);
            clinic.await(50);
            toClinic.cut();
            append(11, 30);
            Clinic.until("the broker has them", () -> outbox.stats().waiting() == 0);
            broker.stop();
            broker.forget();
            broker.start();
            CompletableFuture<BrokerState> back = Clinic.next(consumer.brokerStates(), BrokerState::isConnected);
            toClinic.mend();
            await(back);
            CompletableFuture<ConsumerEvent> told = Clinic.next(
                    consumer.events(),
                    event -> event instanceof Gap gap && gap.device().equals(DEVICES.get(0)));
            append(31, 31);
            assertThat(await(told)).isInstanceOfSatisfying(Gap.class, gap -> {
                assertThat(gap.gateway()).isEqualTo("gw-1");
                assertThat(gap.first()).isEqualTo(11);
                assertThat(gap.last()).isEqualTo(30);
            });
            clinic.await(55);
            assertThat(consumer.stats().missing()).isEqualTo(100);
        }
    }

    @Test
    void anotherBrokerStandsInForTheOneThatStopped() throws Exception {
        try (EmbeddedBroker standIn = EmbeddedBroker.plain(folder.resolve("stand-in"));
                ObservationConsumer consumer =
                        Mqtt.consumer(either(standIn, "clinic"), Scope.site("home-7"), RecordOpener.PLAIN, clinic);
                Uplink uplink = Mqtt.uplink(either(standIn, "gw-1"), TOPICS, outbox, RecordSealer.PLAIN)) {
            await(consumer.start());
            await(uplink.start());
            append(1, 40);
            clinic.await(200);
            CompletableFuture<BrokerState> there = Clinic.next(consumer.brokerStates(), BrokerState::isConnected);
            broker.stop();
            await(there); // a broker drops what comes before there is a subscription
            append(41, 80);
            clinic.await(400);
            CompletableFuture<BrokerState> back = Clinic.next(consumer.brokerStates(), BrokerState::isConnected);
            broker.start();
            standIn.stop();
            append(81, 120);
            await(back);
            clinic.await(600);
            clinic.assertAllOnceInOrder(DEVICES, 120);
            Clinic.until("the outbox is empty", () -> outbox.stats().waiting() == 0);
            assertThat(consumer.stats().missing()).isZero();
        }
    }

    private MqttOptions either(EmbeddedBroker standIn, String clientId) {
        return options(broker.port(), clientId)
                .withOthers(List.of(new MqttOptions.Address("127.0.0.1", standIn.port())));
    }

    @Test
    void theBrokerKeepsWhatComesWhileTheApplicationIsAway() throws Exception {
        try (Uplink uplink = uplink(broker.port())) {
            try (ObservationConsumer consumer = consumer(broker.port())) {
                await(consumer.start());
                await(uplink.start());
                append(1, 20);
                clinic.await(100);
            }
            append(21, 40);
            Clinic.until("the broker has them", () -> outbox.stats().waiting() == 0);
            assertThat(clinic.count()).isEqualTo(100);
            try (ObservationConsumer again = consumer(broker.port())) {
                await(again.start());
                assertThat(again.broker())
                        .isInstanceOfSatisfying(
                                Connected.class,
                                state -> assertThat(state.isSessionPresent()).isTrue());
                clinic.await(200);
                clinic.assertAllOnceInOrder(DEVICES, 40);
            }
        }
    }

    @Test
    void whatAnApplicationHadTakenWhenItsLinkAndItsProcessEndedDoesNotComeTwice() throws Exception {
        Path path = folder.resolve("received");
        try (Uplink uplink = uplink(broker.port());
                TcpProxy toClinic = new TcpProxy(broker.port())) {
            try (FileReceivedLog log = FileReceivedLog.open(path);
                    ObservationConsumer consumer = consumer(toClinic.port(), log)) {
                await(consumer.start());
                await(uplink.start());
                append(1, 20);
                clinic.await(60);
                toClinic.cut(); // what is not acknowledged by now never will be
            }
            append(21, 40);
            Clinic.until("the broker has them", () -> outbox.stats().waiting() == 0);
            try (FileReceivedLog log = FileReceivedLog.open(path);
                    ObservationConsumer again = consumer(broker.port(), log)) {
                await(again.start());
                clinic.await(200);
                clinic.assertAllOnceInOrder(DEVICES, 40);
                assertThat(again.stats().missing()).isZero();
                assertThat(again.stats().unremembered()).isZero();
            }
        }
    }

    @Test
    void asManyAsMayBeReceivedWaitForAKeyAndDoNotKeepItAway() throws Exception {
        FakeSeal seal = new FakeSeal();
        int many = 3 * ConsumerSettings.DEFAULT.unacknowledged();
        try (ObservationConsumer consumer =
                Mqtt.consumer(options(broker.port(), "clinic"), Scope.site("home-7"), seal, clinic)) {
            await(consumer.start());
            HivemqPort port = new HivemqPort(
                    options(broker.port(), "gw-1"), Optional.empty(), new HivemqPort.Limits(16, 1 << 20));
            MqttPort.Connection gateway = await(port.connect(new MqttPort.Events() {
                @Override
                public void received(Inbound message) {}

                @Override
                public void lost(String reason) {}
            }));
            Topic topic = TOPICS.observations(DEVICES.get(0));
            for (int n = 1; n <= many; n++) {
                OutboxRecord sealed = seal.seal(Readings.record(DEVICES.get(0), n), topic.toString());
                byte[] message = seal.message(topic.toString(), List.of(new OutboxEntry(n, 7, n, sealed)));
                await(gateway.publish(Outbound.event(topic, message, seal.contentType())));
            }
            Clinic.until(
                    "as many have come as may",
                    () -> consumer.stats().received() >= ConsumerSettings.DEFAULT.unacknowledged());
            assertThat(clinic.count()).isZero();
            OutboxRecord last = seal.seal(Readings.record(DEVICES.get(0), many), topic.toString());
            RecordSealer.Announcement key = seal.announcement(last).orElseThrow();
            await(gateway.publish(Outbound.announcement(TOPICS.keys(1), key.octets(), key.keptFor())));
            clinic.await(many);
            clinic.assertAllOnceInOrder(DEVICES.subList(0, 1), many);
            await(gateway.disconnect());
        }
    }

    @Test
    void whatIsTooLargeForeignOrNoMessageIsRefusedAndTheStreamGoesOn() throws Exception {
        try (ObservationConsumer consumer = consumer(broker.port());
                Uplink uplink = uplink(broker.port())) {
            await(consumer.start());
            await(uplink.start());
            append(1, 10);
            clinic.await(50);
            HivemqPort port = new HivemqPort(
                    options(broker.port(), "hostile"), Optional.empty(), new HivemqPort.Limits(16, 1 << 20));
            MqttPort.Connection hostile = await(port.connect(new MqttPort.Events() {
                @Override
                public void received(Inbound message) {}

                @Override
                public void lost(String reason) {}
            }));
            Topic cuff = TOPICS.observations(DEVICES.get(0));
            Topic scale = TOPICS.observations(DEVICES.get(2));
            byte[] ofTheCuff = RecordSealer.PLAIN.message(
                    cuff.toString(), List.of(new OutboxEntry(1, 99, 1, Readings.record(DEVICES.get(0), 77))));
            await(hostile.publish(Outbound.event(cuff, new byte[10 << 20], "text/plain")));
            await(hostile.publish(Outbound.event(cuff, new byte[600 << 10], "text/plain")));
            await(hostile.publish(Outbound.event(scale, ofTheCuff, RecordSealer.PLAIN.contentType())));
            await(hostile.publish(Outbound.event(cuff, new byte[] {1, 2, 3}, "text/plain")));
            append(11, 20);
            clinic.await(100);
            clinic.assertAllOnceInOrder(DEVICES, 20);
            Clinic.until(
                    "what came was refused",
                    () -> consumer.stats().refusals().getOrDefault(Refusal.NOT_UNDERSTOOD, 0L) == 2
                            && consumer.stats().refusals().getOrDefault(Refusal.TOO_LARGE, 0L) >= 1);
            assertThat(consumer.broker().isConnected()).isTrue();
            assertThat(consumer.stats().missing()).isZero();
            await(hostile.disconnect());
        }
    }

    @Test
    void aReadingBringsItsTraceAlong() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        try (Scheduler scheduler = Scheduler.system("test", 2);
                ObservationConsumer consumer = consumer(broker.port());
                Uplink uplink = Uplink.open(
                        options(broker.port(), "gw-1"),
                        TOPICS,
                        outbox,
                        RecordSealer.PLAIN,
                        scheduler,
                        UplinkSettings.defaults().withTrace(batch -> Optional.of(trace)))) {
            CompletableFuture<Delivery> first = Clinic.next(consumer.deliveries(), delivery -> true);
            await(consumer.start());
            await(uplink.start());
            append(1, 1);
            assertThat(await(first).traceparent()).contains(trace);
        }
    }

    @Test
    void aGatewayThatVanishesIsToldToBeOffline() throws Exception {
        try (TcpProxy toGateway = new TcpProxy(broker.port());
                ObservationConsumer consumer = consumer(broker.port())) {
            await(consumer.start());
            CompletableFuture<ConsumerEvent> online = state(consumer, true);
            Uplink uplink = uplink(toGateway.port());
            await(uplink.start());
            await(online);
            CompletableFuture<ConsumerEvent> offline = state(consumer, false);
            toGateway.cut();
            await(offline);
            CompletableFuture<ConsumerEvent> back = state(consumer, true);
            toGateway.mend();
            await(back);
            CompletableFuture<ConsumerEvent> goodbye = state(consumer, false);
            uplink.close();
            await(goodbye);
        }
    }

    @Test
    void twoApplicationsOfOneNameAreToldOfEachOther() throws Exception {
        try (ObservationConsumer first = consumer(broker.port())) {
            await(first.start());
            CompletableFuture<BrokerState> lost =
                    Clinic.next(first.brokerStates(), state -> state instanceof Disconnected);
            try (ObservationConsumer second = consumer(broker.port())) {
                second.start(); // the first may come back at once and take the session again
                assertThat(await(lost))
                        .isInstanceOfSatisfying(
                                Disconnected.class,
                                state -> assertThat(state.reason())
                                        .contains("another client came with the client id clinic"));
            }
        }
    }

    private static CompletableFuture<ConsumerEvent> state(ObservationConsumer consumer, boolean isOnline) {
        return Clinic.next(
                consumer.events(), event -> event instanceof GatewayStateChanged state && state.isOnline() == isOnline);
    }

    private ObservationConsumer consumer(int port) {
        return Mqtt.consumer(options(port, "clinic"), Scope.site("home-7"), RecordOpener.PLAIN, clinic);
    }

    private ObservationConsumer consumer(int port, FileReceivedLog log) {
        return ObservationConsumer.open(
                options(port, "clinic"),
                Scope.site("home-7"),
                RecordOpener.PLAIN,
                clinic,
                ConsumerSettings.DEFAULT.withReceived(log));
    }

    private Uplink uplink(int port) {
        return Mqtt.uplink(options(port, "gw-1"), TOPICS, outbox, RecordSealer.PLAIN);
    }

    private static MqttOptions options(int port, String clientId) {
        return MqttOptions.plainOnLoopback("127.0.0.1", port, clientId)
                .withBackoff(new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)))
                .withWillDelay(Duration.ofSeconds(1));
    }

    private void append(long first, long last) throws Exception {
        for (long n = first; n <= last; n++) {
            List<OutboxRecord> records = new ArrayList<>();
            for (DeviceId device : DEVICES) {
                records.add(Readings.record(device, n));
            }
            if (n == last) {
                await(outbox.append(records));
            } else {
                outbox.append(records);
            }
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
