package org.openiomt.mqtt.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.Ack;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.FakeSeal;
import org.openiomt.mqtt.Readings;
import org.openiomt.mqtt.port.FakePort;
import org.openiomt.mqtt.port.MqttPort;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.testkit.ManualClock;

class MessageSinkTest {
    private static final DeviceId CUFF = DeviceId.of("cuff");

    /** The example of W3C Trace Context, 3.2.3. */
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final FakePort port = new FakePort();
    private final FakePort.Attempt link = connect(port);
    private OptionalInt maxPacket = OptionalInt.of(1 << 28);
    private final MessageSink sink = new MessageSink(
            Topics.of("s", "g"),
            link::publish,
            () -> maxPacket,
            RecordSealer.PLAIN,
            TraceContext.NONE,
            new ManualClock());

    @Test
    void aBatchIsOneMessageWithItsNumbersAndOctets() {
        OutboxRecord first = Readings.record(CUFF, 1);
        OutboxRecord second = Readings.record(CUFF, 2);
        CompletableFuture<Ack> answer =
                sink.write(List.of(entry(7, 1, first), entry(7, 2, second))).toCompletableFuture();
        assertThat(link.sent).hasSize(1);
        assertThat(link.sent.get(0).topic()).isEqualTo("iomt/1/s/g/cuff/obs/all");
        ObservationMessage message = ObservationMessage.decode(link.sent.get(0).payload());
        assertThat(message.epoch()).isEqualTo(7);
        assertThat(message.items())
                .containsExactly(
                        ObservationMessage.Item.of(1, first.payload()),
                        ObservationMessage.Item.of(2, second.payload()));
        assertThat(answer).isNotDone();
        link.sent.get(0).answer.complete(null);
        assertThat(answer).isCompletedWithValue(Ack.RECEIVED);
        assertThat(sink.stats().acknowledged()).isEqualTo(2);
    }

    @Test
    void waveFormsGoToATopicOfTheirOwn() {
        sink.write(List.of(entry(7, 1, Readings.record(CUFF, 1, Lane.WAVEFORM))));
        assertThat(link.sent.get(0).topic()).isEqualTo("iomt/1/s/g/cuff/wave/all");
    }

    @Test
    void readingsCarryTheirTraceAndWaveFormsNone() {
        MessageSink traced = traced(batch -> Optional.of(TRACE));
        traced.write(List.of(entry(7, 1, Readings.record(CUFF, 1))));
        traced.write(List.of(entry(7, 1, Readings.record(CUFF, 1, Lane.WAVEFORM))));
        assertThat(link.sent.get(0).traceparent()).contains(TRACE);
        assertThat(link.sent.get(1).traceparent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
            })
    void whatIsNoTraceIsLeftOutAndTheReadingGoes(String text) {
        traced(batch -> Optional.of(text)).write(List.of(entry(7, 1, Readings.record(CUFF, 1))));
        assertThat(link.sent).hasSize(1);
        assertThat(link.sent.get(0).traceparent()).isEmpty();
    }

    @Test
    void aTraceThatFailsHoldsUpNoReading() {
        traced(batch -> {
                    throw new IllegalStateException("no tracer");
                })
                .write(List.of(entry(7, 1, Readings.record(CUFF, 1))));
        assertThat(link.sent).hasSize(1);
    }

    private MessageSink traced(TraceContext trace) {
        return new MessageSink(
                Topics.of("s", "g"), link::publish, () -> maxPacket, RecordSealer.PLAIN, trace, new ManualClock());
    }

    @Test
    void aMessageHoldsOneEpochAndTheNextWaitsForTheAcknowledgement() {
        CompletableFuture<Ack> answer = sink.write(List.of(
                        entry(7, 9, Readings.record(CUFF, 9)),
                        entry(8, 1, Readings.record(CUFF, 10)),
                        entry(8, 2, Readings.record(CUFF, 11))))
                .toCompletableFuture();
        assertThat(link.sent).hasSize(1);
        link.sent.get(0).answer.complete(null);
        assertThat(link.sent).hasSize(2);
        assertThat(ObservationMessage.decode(link.sent.get(1).payload()).epoch())
                .isEqualTo(8);
        assertThat(answer).isNotDone();
        link.sent.get(1).answer.complete(null);
        assertThat(answer).isCompleted();
    }

    @Test
    void aRefusedMessageIsNotOvertaken() {
        CompletableFuture<Ack> answer = sink.write(
                        List.of(entry(7, 9, Readings.record(CUFF, 9)), entry(8, 1, Readings.record(CUFF, 10))))
                .toCompletableFuture();
        link.sent.get(0).answer.completeExceptionally(new LinkException("quota exceeded"));
        assertThat(link.sent).hasSize(1);
        assertThat(answer).isCompletedExceptionally();
        assertThat(sink.stats().retried()).isEqualTo(1);
        assertThat(sink.stats().lastFault()).contains("quota exceeded");
    }

    @Test
    void aMessageStaysBelowTheUsualSizeAndASingleLargeOneStillGoes() {
        List<OutboxEntry> batch = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            batch.add(entry(7, i, large(i, 20_000)));
        }
        batch.add(entry(7, 21, large(21, 200_000)));
        batch.add(entry(7, 22, large(22, 10)));
        CompletableFuture<Ack> answer = sink.write(batch).toCompletableFuture();
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < link.sent.size(); i++) {
            byte[] payload = link.sent.get(i).payload();
            List<ObservationMessage.Item> items =
                    ObservationMessage.decode(payload).items();
            assertThat(payload.length <= MessageSink.USUAL_MESSAGE || items.size() == 1)
                    .isTrue();
            items.forEach(item -> sequences.add(item.sequence()));
            link.sent.get(i).answer.complete(null);
        }
        assertThat(answer).isCompleted();
        assertThat(link.sent).hasSize(9);
        assertThat(sequences).isSorted().hasSize(22);
    }

    @Test
    void whatTheBrokerCannotTakeIsGivenUpAndHoldsUpNoOther() {
        maxPacket = OptionalInt.of(4_096);
        CompletableFuture<Ack> answer = sink.write(
                        List.of(entry(7, 1, large(1, 100)), entry(7, 2, large(2, 5_000)), entry(7, 3, large(3, 100))))
                .toCompletableFuture();
        link.sent.get(0).answer.complete(null);
        assertThat(answer).isCompletedWithValue(Ack.RECEIVED);
        assertThat(sink.stats().refused()).isEqualTo(1);
        assertThat(sink.stats().acknowledged()).isEqualTo(2);
    }

    @Test
    void aBatchOfWhichNothingCanGoIsDoneWith() {
        maxPacket = OptionalInt.of(1_024);
        assertThat(sink.write(List.of(entry(7, 1, large(1, 5_000)))).toCompletableFuture())
                .isCompleted();
        assertThat(link.sent).isEmpty();
    }

    @Test
    void whatReadersMustKnowIsAcknowledgedBeforeTheFirstMessageThatNeedsIt() {
        FakeSeal seal = new FakeSeal();
        ManualClock clock = new ManualClock();
        MessageSink sealing =
                new MessageSink(Topics.of("s", "g"), link::publish, () -> maxPacket, seal, TraceContext.NONE, clock);
        CompletableFuture<Ack> answer =
                sealing.write(List.of(sealed(seal, 1), sealed(seal, 2))).toCompletableFuture();
        assertThat(link.sent).hasSize(1);
        assertThat(link.sent.get(0)).hasToString("iomt/1/s/g/-/keys/1 (retained) epoch 1");
        link.sent.get(0).answer.complete(null);
        assertThat(link.sent).hasSize(2);
        link.sent.get(1).answer.complete(null);
        assertThat(answer).isCompletedWithValue(Ack.RECEIVED);

        sealing.write(List.of(sealed(seal, 3)));
        assertThat(link.sent).as("once").hasSize(3);
        clock.advance(MessageSink.ANNOUNCED_FOR);
        sealing.write(List.of(sealed(seal, 4)));
        assertThat(link.sent.get(3)).as("again after a while").hasToString("iomt/1/s/g/-/keys/1 (retained) epoch 1");
        sealing.linked();
        sealing.write(List.of(sealed(seal, 5)));
        assertThat(link.sent.get(4)).as("again on a new link").hasToString("iomt/1/s/g/-/keys/1 (retained) epoch 1");
    }

    @Test
    void anAnnouncementThatTheBrokerRefusedIsMadeAgain() {
        FakeSeal seal = new FakeSeal();
        MessageSink sealing = new MessageSink(
                Topics.of("s", "g"), link::publish, () -> maxPacket, seal, TraceContext.NONE, new ManualClock());
        CompletableFuture<Ack> answer = sealing.write(List.of(sealed(seal, 1))).toCompletableFuture();
        link.sent.get(0).answer.completeExceptionally(new LinkException("quota exceeded"));
        assertThat(answer).isCompletedExceptionally();
        sealing.write(List.of(sealed(seal, 1)));
        assertThat(link.sent).hasSize(2);
        assertThat(link.sent.get(1).topic()).isEqualTo("iomt/1/s/g/-/keys/1");
    }

    @Test
    void recordsOfTwoEpochsOfKeysGoInTwoMessagesAndPlainOnesAreSealed() {
        FakeSeal seal = new FakeSeal();
        MessageSink sealing = new MessageSink(
                Topics.of("s", "g"), link::publish, () -> maxPacket, seal, TraceContext.NONE, new ManualClock());
        OutboxEntry first = sealed(seal, 1);
        seal.epoch = 2;
        sealing.write(List.of(first, sealed(seal, 2), entry(7, 3, Readings.record(CUFF, 3))));
        for (int i = 0; i < 4; i++) {
            link.sent.get(i).answer.complete(null);
        }
        assertThat(link.sent)
                .extracting(FakePort.Sent::topic)
                .containsExactly(
                        "iomt/1/s/g/-/keys/1",
                        "iomt/1/s/g/cuff/obs/all",
                        "iomt/1/s/g/-/keys/2",
                        "iomt/1/s/g/cuff/obs/all");
    }

    private static OutboxEntry sealed(FakeSeal seal, long number) {
        return entry(7, number, seal.seal(Readings.record(CUFF, number), "iomt/1/s/g/cuff/obs/all"));
    }

    private static FakePort.Attempt connect(FakePort port) {
        port.connect(new MqttPort.Events() {
            @Override
            public void received(org.openiomt.mqtt.port.Inbound message) {}

            @Override
            public void lost(String reason) {}
        });
        return port.last();
    }

    private static OutboxEntry entry(long epoch, long sequence, OutboxRecord record) {
        return new OutboxEntry(epoch * 1_000 + sequence, epoch, sequence, record);
    }

    private static OutboxRecord large(long id, int octets) {
        return OutboxRecord.of(ObservationId.of(0, id), CUFF, Lane.CLINICAL, new byte[octets]);
    }
}
