package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.mqtt.FakeSeal;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Scope;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class SealedConsumerTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");
    private static final DeviceId SCALE = DeviceId.of("scale");
    private static final Topics TOPICS = Topics.of("s", "g");

    private final ManualClock clock = new ManualClock();
    private final FakePort port = new FakePort();
    private final FakePort keys = new FakePort();
    private final FakeSeal seal = new FakeSeal();
    private final List<String> taken = new ArrayList<>();
    private final List<String> audited = new ArrayList<>();
    private int acknowledged;
    private long outboxEpoch = 7;
    private final ObservationConsumer consumer = new ObservationConsumer(
            options -> options.clientId().equals("app-keys") ? keys : port,
            MqttOptions.plainOnLoopback("127.0.0.1", 1883, "app"),
            Scope.site("s"),
            seal,
            Taker.with(delivery -> taken.add(delivery.observation().device() + "/" + delivery.sequence())),
            ConsumerSettings.DEFAULT.withAudit(this::record),
            clock,
            clock,
            List.of(),
            new SplittableRandom(1));

    @BeforeEach
    void start() {
        port.isAutomatic = true;
        keys.isAutomatic = true;
        consumer.start();
        clock.runUntilIdle();
    }

    @Test
    void listensToAnnouncementsOnAConnectionOfTheirOwn() {
        assertThat(port.last().filters)
                .containsExactly("iomt/1/s/+/-/state", "iomt/1/s/+/+/obs/+", "iomt/1/s/+/+/wave/+");
        assertThat(keys.last().filters).containsExactly("iomt/1/s/+/-/keys/+");
        consumer.closeAsync();
        clock.advance(Duration.ofSeconds(10));
        assertThat(port.last().isDisconnected).isTrue();
        assertThat(keys.last().isDisconnected).isTrue();
    }

    @Test
    void aClientIdThatLeavesNoRoomForTheSecondConnectionIsRefused() {
        MqttOptions broker = MqttOptions.plainOnLoopback("127.0.0.1", 1883, "a".repeat(60));

        assertThatThrownBy(() -> ObservationConsumer.open(
                        broker, Scope.site("s"), seal, delivery -> {}, ConsumerSettings.DEFAULT, clock, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 59 characters");
    }

    @Test
    void nothingIsGivenUpWhileAnnouncementsCannotBeHeard() {
        keys.isAutomatic = false;
        keys.last().cut("gone");
        deliver(1, CUFF, 1);
        clock.advance(ConsumerSettings.DEFAULT.announcementWait().multipliedBy(3));
        assertThat(consumer.stats().refused()).isZero();
        keys.last().accept(false);
        clock.advance(Duration.ofMinutes(1));
        assertThat(consumer.stats().refused()).isZero();
        announce("g", "epoch 1");
        assertThat(taken).containsExactly("cuff/1");
    }

    @Test
    void whatCameBeforeItsAnnouncementWaitsForItInOrder() {
        deliver(1, CUFF, 1);
        deliver(1, CUFF, 2);
        announce("g", "epoch 2");
        deliver(2, SCALE, 1);
        deliver(2, CUFF, 3);
        assertThat(taken).containsExactly("scale/1");
        announce("other", "epoch 1");
        assertThat(taken).hasSize(1);
        announce("g", "epoch 1");
        assertThat(taken).containsExactly("scale/1", "cuff/1", "cuff/2", "cuff/3");
        assertThat(consumer.stats().refused()).isZero();
        assertThat(consumer.stats().missing()).isZero();
        assertThat(acknowledged).isEqualTo(7);
    }

    @Test
    void whatIsNeverAnnouncedIsRefusedInTheEndAndTheDeviceGoesOn() {
        announce("g", "epoch 2");
        deliver(1, CUFF, 1);
        deliver(1, CUFF, 2);
        deliver(2, CUFF, 3);
        clock.advance(ConsumerSettings.DEFAULT.announcementWait().minusMillis(1));
        assertThat(taken).isEmpty();
        assertThat(consumer.stats().refused()).isZero();
        clock.advance(ConsumerSettings.DEFAULT.reorderWait());
        assertThat(taken).containsExactly("cuff/3");
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.KEY_NOT_ANNOUNCED, 2L));
        assertThat(acknowledged).isEqualTo(4);
    }

    @Test
    void aMessageOfAnotherTopicAndAPlainOneAreRefusedAtOnce() {
        announce("g", "epoch 1");
        byte[] message = message(1, CUFF, 1);
        deliver(TOPICS.observations(SCALE).toString(), message);
        deliver(
                TOPICS.observations(CUFF).toString(),
                ObservationMessage.encode(
                        7, List.of(ObservationMessage.Item.of(1, ObservationCbor.encode(Readings.reading(CUFF, 1))))));
        assertThat(taken).isEmpty();
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 2L));
        deliver(TOPICS.observations(CUFF).toString(), message);
        assertThat(taken).containsExactly("cuff/1");
    }

    @Test
    void everyRefusalIsWrittenDownWithItsTopicAndCause() {
        announce("g", "nonsense");
        announce("g", "epoch 1");
        deliver(TOPICS.observations(SCALE).toString(), message(1, CUFF, 1));
        seal.isChanged = true;
        deliver(1, CUFF, 1);
        seal.isChanged = false;
        deliver("iomt/1/elsewhere/g/cuff/obs/all", message(1, CUFF, 2));
        deliver(1, CUFF, 2);
        assertThat(audited)
                .containsExactly(
                        "MESSAGE_REFUSED iomt/1/s/g/-/keys/1 not authentic",
                        "MESSAGE_REFUSED iomt/1/s/g/scale/obs/all not authentic",
                        "MESSAGE_REFUSED iomt/1/s/g/cuff/obs/all not authentic",
                        "MESSAGE_REFUSED iomt/1/elsewhere/g/cuff/obs/all not expected");
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 3L, Refusal.NOT_EXPECTED, 1L));
        assertThat(taken).containsExactly("cuff/2");
    }

    @Test
    void whatIsSealedForOthersIsRefusedAsThat() {
        announce("g", "epoch 1");
        seal.isForOthers = true;
        deliver(1, CUFF, 1);
        seal.isForOthers = false;
        deliver(1, CUFF, 2);
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.SEALED_FOR_OTHERS, 1L));
        assertThat(taken).containsExactly("cuff/2");
    }

    @Test
    void aRunOfTheOutboxOlderThanAllThatAreKnownIsRefusedAndNotTakenForARepeat() {
        announce("g", "epoch 1");
        for (int run = 10; run < 11 + SeenNumbers.MAX_EPOCHS; run++) {
            outboxEpoch = run;
            deliver(1, CUFF, 1);
        }
        int before = taken.size();
        outboxEpoch = 10;
        deliver(1, CUFF, 2);
        assertThat(taken).hasSize(before);
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.TOO_OLD, 1L));
    }

    @Test
    void anAnnouncementThatIsNoneIsRefused() {
        announce("g", "nonsense");
        assertThat(consumer.stats().refusals()).isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 1L));
        assertThat(acknowledged).isEqualTo(1);
    }

    @Test
    void aRepeatIsKnownHoweverLateItComes() {
        announce("g", "epoch 1");
        byte[] first = message(1, CUFF, 1);
        deliver(TOPICS.observations(CUFF).toString(), first);
        int many = ConsumerSettings.DEFAULT.idsPerDevice() + 10;
        for (int n = 2; n <= many; n++) {
            deliver(1, CUFF, n);
        }
        deliver(TOPICS.observations(CUFF).toString(), first);
        assertThat(taken).hasSize(many);
        assertThat(consumer.stats().duplicates()).isEqualTo(1);
    }

    private CompletionStage<Void> record(AuditEvent event) {
        audited.add(event.type() + " " + event.subject() + " " + event.detail());
        return CompletableFuture.completedFuture(null);
    }

    private void announce(String gateway, String text) {
        deliver(keys, "iomt/1/s/" + gateway + "/-/keys/1", text.getBytes(StandardCharsets.US_ASCII));
    }

    private void deliver(int keyEpoch, DeviceId device, long number) {
        deliver(TOPICS.observations(device).toString(), message(keyEpoch, device, number));
    }

    private byte[] message(int keyEpoch, DeviceId device, long number) {
        seal.epoch = (byte) keyEpoch;
        String topic = TOPICS.observations(device).toString();
        return seal.message(
                topic,
                List.of(new OutboxEntry(
                        number,
                        outboxEpoch,
                        number,
                        seal.seal(Readings.record(device, 1_000 * outboxEpoch + number), topic))));
    }

    private void deliver(String topic, byte[] payload) {
        deliver(port, topic, payload);
    }

    private void deliver(FakePort to, String topic, byte[] payload) {
        to.last().deliver(new Inbound(topic, payload, () -> false, () -> acknowledged++));
        clock.runUntilIdle();
    }
}
