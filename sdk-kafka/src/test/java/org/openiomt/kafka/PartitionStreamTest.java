package org.openiomt.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.testkit.ManualClock;

/** What comes from one partition reaches the application once, in order, and the place to commit never runs ahead. */
class PartitionStreamTest {
    private final ManualClock clock = new ManualClock();
    private final RecordForm form = new RecordForm(KafkaOptions.Topics.DEFAULT);
    private final List<String> taken = new ArrayList<>();
    private final FakeOpener opener = new FakeOpener();
    private int failing;
    private long offset;

    private final SourceContext context =
            new SourceContext(form, opener, this::take, SourceSettings.DEFAULT, clock, clock);

    /** Opens plain messages; those of a gateway whose key it has not learnt wait. */
    private static final class FakeOpener implements RecordOpener {
        private final List<String> unknown = new ArrayList<>();

        @Override
        public boolean needsAnnouncements() {
            return true;
        }

        @Override
        public void learn(String publisher, byte[] announcement) {
            unknown.remove(publisher);
        }

        @Override
        public Checked check(String publisher, String topic, DeviceId device, byte[] message) {
            if (publisher.equals("ward/stranger")) {
                throw new AuthenticationException();
            }
            Checked plain = PLAIN.check(publisher, topic, device, message);
            return new Checked() {
                @Override
                public long epoch() {
                    return plain.epoch();
                }

                @Override
                public long firstSequence() {
                    return plain.firstSequence();
                }

                @Override
                public Optional<ObservationMessage> open() {
                    return unknown.contains(publisher) ? Optional.empty() : plain.open();
                }
            };
        }

        @Override
        public void close() {}
    }

    private void take(Delivery delivery) {
        if (failing > 0) {
            failing--;
            throw new IllegalStateException("not now");
        }
        taken.add(delivery.gateway() + "/" + delivery.observation().device() + " " + delivery.epoch() + "."
                + delivery.sequence());
    }

    private PartitionStream stream(long from) {
        return new PartitionStream(new TopicPartition("iomt.1.obs", 0), from, context);
    }

    private void give(PartitionStream stream, KafkaMessage... messages) {
        for (KafkaMessage message : messages) {
            stream.add(List.of(record(message, offset++)));
        }
        clock.runUntilIdle();
    }

    private ConsumerRecord<byte[], byte @Nullable []> record(KafkaMessage message, long at) {
        ProducerRecord<byte[], byte[]> sent = form.write(message);
        return record(sent.topic(), sent.key(), sent.value(), new RecordHeaders(sent.headers()), at);
    }

    private static ConsumerRecord<byte[], byte @Nullable []> record(
            String topic, byte[] key, byte[] value, RecordHeaders headers, long at) {
        return new ConsumerRecord<>(
                topic,
                0,
                at,
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    @Test
    void devicesOfOneNameAtTwoGatewaysAreTwo() {
        PartitionStream stream = stream(0);

        give(stream, Readings.message("gw-1", "cuff", 1, 1), Readings.message("gw-2", "cuff", 1, 1));

        assertThat(taken).containsExactly("gw-1/cuff 1.1", "gw-2/cuff 1.1");
        assertThat(stream.position()).isEqualTo(2);
    }

    @Test
    void whatComesAgainIsDeliveredOnceAndCounted() {
        PartitionStream stream = stream(0);

        give(
                stream,
                Readings.message("gw-1", "cuff", 1, 2),
                Readings.message("gw-1", "cuff", 1, 3),
                Readings.message("gw-1", "cuff", 2, 1, 1));

        assertThat(taken).containsExactly("gw-1/cuff 1.1", "gw-1/cuff 1.2", "gw-1/cuff 1.3");
        assertThat(context.stats(1).duplicates())
                .as("two by their numbers, one by its id")
                .isEqualTo(3);
    }

    @Test
    void whatWasOvertakenComesFirstAndOthersDoNotWait() {
        PartitionStream stream = stream(0);

        give(
                stream,
                Readings.message("gw-1", "cuff", 1, 1),
                Readings.message("gw-1", "cuff", 3, 3),
                Readings.message("gw-1", "scale", 1, 1));
        assertThat(taken).containsExactly("gw-1/cuff 1.1", "gw-1/scale 1.1");
        assertThat(stream.position()).as("before the one that waits").isEqualTo(1);

        give(stream, Readings.message("gw-1", "cuff", 2, 2));
        assertThat(taken).containsExactly("gw-1/cuff 1.1", "gw-1/scale 1.1", "gw-1/cuff 1.2", "gw-1/cuff 1.3");
        assertThat(stream.position()).isEqualTo(4);
        assertThat(context.stats(1).overtaking()).isEqualTo(1);
        assertThat(context.stats(1).missing()).isZero();
    }

    @Test
    void whatDoesNotComeIsToldAfterTheWait() {
        PartitionStream stream = stream(0);

        give(stream, Readings.message("gw-1", "cuff", 1, 1), Readings.message("gw-1", "cuff", 5, 6));
        clock.advance(SourceSettings.DEFAULT.reorderWait());

        assertThat(taken).containsExactly("gw-1/cuff 1.1", "gw-1/cuff 1.5", "gw-1/cuff 1.6");
        assertThat(context.stats(1).missing()).isEqualTo(3);
        give(stream, Readings.message("gw-1", "cuff", 3, 3));
        assertThat(taken).as("late, and not lost").endsWith("gw-1/cuff 1.3");
    }

    @Test
    void aHandlerThatFailsHoldsItsDeviceOnlyAndGetsTheSameAgain() {
        PartitionStream stream = stream(0);
        failing = 1;

        give(stream, Readings.message("gw-1", "cuff", 1, 2), Readings.message("gw-1", "scale", 1, 1));
        assertThat(taken).containsExactly("gw-1/scale 1.1");
        assertThat(stream.position()).isZero();
        assertThat(stream.inHand()).isEqualTo(1);

        clock.advance(SourceSettings.DEFAULT.retry().cap());
        assertThat(taken).containsExactly("gw-1/scale 1.1", "gw-1/cuff 1.1", "gw-1/cuff 1.2");
        assertThat(stream.position()).isEqualTo(2);
        assertThat(context.stats(1).failures()).isEqualTo(1);
    }

    @Test
    void whatLiesBeforeThePlaceIsLearntAndNotDelivered() {
        PartitionStream stream = stream(2);

        give(
                stream,
                Readings.message("gw-1", "cuff", 1, 3),
                Readings.message("gw-1", "cuff", 4, 4),
                Readings.message("gw-1", "cuff", 2, 4),
                Readings.message("gw-1", "cuff", 5, 5));

        assertThat(taken).containsExactly("gw-1/cuff 1.5");
        assertThat(context.stats(1).duplicates()).isEqualTo(3);
        assertThat(context.stats(1).received()).isEqualTo(2);
        assertThat(stream.position()).isEqualTo(4);
    }

    @Test
    void aKeyThatIsNotKnownYetHoldsItsDeviceUntilItIsAnnounced() {
        PartitionStream stream = stream(0);
        opener.unknown.add("ward/gw-1");

        give(stream, Readings.message("gw-1", "cuff", 1, 1), Readings.message("gw-2", "cuff", 1, 1));
        assertThat(taken).containsExactly("gw-2/cuff 1.1");

        opener.learn("ward/gw-1", new byte[0]);
        stream.look();
        clock.runUntilIdle();
        assertThat(taken).containsExactly("gw-2/cuff 1.1", "gw-1/cuff 1.1");
    }

    @Test
    void aKeyThatIsNeverAnnouncedIsGivenUpAfterTheWait() {
        PartitionStream stream = stream(0);
        opener.unknown.add("ward/gw-1");

        give(stream, Readings.message("gw-1", "cuff", 1, 1), Readings.message("gw-1", "cuff", 2, 2));
        clock.advance(SourceSettings.DEFAULT.announcementWait());

        assertThat(context.stats(1).refusals()).isEqualTo(Map.of(Refusal.KEY_NOT_ANNOUNCED, 2L));
        assertThat(stream.position()).isEqualTo(2);
    }

    @Test
    void whatIsForgedMovedOrNoMessageIsRefusedByItsCauseAndPassedOver() {
        PartitionStream stream = stream(0);
        KafkaMessage good = Readings.message("gw-1", "cuff", 1, 1);
        ProducerRecord<byte[], byte[]> sent = form.write(good);
        RecordHeaders headers = new RecordHeaders(sent.headers());

        stream.add(List.of(
                record(Readings.message("stranger", "cuff", 1, 1), 0),
                record("iomt.1.obs", "ward/gw-1/scale".getBytes(UTF_8), sent.value(), headers, 1),
                record("iomt.1.obs", sent.key(), sent.value(), new RecordHeaders(), 2),
                record("iomt.1.obs", sent.key(), new byte[] {1, 2, 3}, headers, 3),
                record("iomt.1.wave", sent.key(), sent.value(), headers, 4),
                record(good, 5)));
        clock.runUntilIdle();

        assertThat(taken).containsExactly("gw-1/cuff 1.1");
        assertThat(context.stats(1).refusals())
                .isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 1L, Refusal.NOT_UNDERSTOOD, 4L));
        assertThat(stream.position()).isEqualTo(6);
    }

    @Test
    void anObservationOfAnotherDeviceInsideAMessageIsRefused() {
        PartitionStream stream = stream(0);
        KafkaMessage scale = Readings.message("gw-1", "scale", 1, 1);

        give(
                stream,
                KafkaMessage.of(
                        "iomt/1/ward/gw-1/cuff/obs/all", scale.contentType(), scale.octets(), Optional.empty()));

        assertThat(taken).isEmpty();
        assertThat(context.stats(1).refusals()).isEqualTo(Map.of(Refusal.NOT_UNDERSTOOD, 1L));
    }

    @Test
    void aStreamThatWasStoppedTakesNothingMore() {
        PartitionStream stream = stream(0);
        assertThat(stream.stop().toCompletableFuture()).isNotDone();
        give(stream, Readings.message("gw-1", "cuff", 1, 1));
        clock.advance(Duration.ofHours(1));

        assertThat(taken).isEmpty();
        assertThat(stream.position()).isZero();
    }
}
