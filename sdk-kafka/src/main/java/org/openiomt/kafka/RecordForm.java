package org.openiomt.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.wire.DecodeException;

/**
 * Messages as records of Kafka. Keys and headers are UTF-8 text.
 * <pre>
 * part                   content
 * topic                  one for readings, one for wave forms, one for what is announced about keys
 * key                    site/gateway/device; of an announcement site/gateway/epoch
 * value                  the octets that travel over MQTT, unopened; see docs/payload.md
 * header content-type    the media type of the value: sealed or plain
 * header iomt-place      the topic of MQTT that the message was made for; a sealed message opens for no other
 * header iomt-numbers    epoch/first/last, where the sender can tell: unauthenticated, for those who cannot open the value
 * </pre>
 */
final class RecordForm {
    static final String CONTENT_TYPE = "content-type";
    static final String PLACE = "iomt-place";
    static final String NUMBERS = "iomt-numbers";

    private final KafkaOptions.Topics topics;

    RecordForm(KafkaOptions.Topics topics) {
        this.topics = topics;
    }

    String topic(Lane lane) {
        return lane == Lane.CLINICAL ? topics.readings() : topics.waves();
    }

    ProducerRecord<byte[], byte[]> write(KafkaMessage message) {
        Header place = header(PLACE, message.place());
        Header contentType = header(CONTENT_TYPE, message.contentType());
        List<Header> headers = message.numbers()
                .map(n -> List.of(contentType, place, header(NUMBERS, n.epoch() + "/" + n.first() + "/" + n.last())))
                .orElse(List.of(contentType, place));
        return new ProducerRecord<>(
                topic(message.lane()), null, null, octets(message.key()), message.octets(), headers);
    }

    ProducerRecord<byte[], byte[]> announcement(String site, String gateway, String epoch, byte[] octets) {
        for (String level : List.of(site, gateway, epoch)) {
            if (!KafkaMessage.isLevel(level)) {
                throw new IllegalArgumentException("expected 1 to 64 of A-Z a-z 0-9 _ -, but got " + level);
            }
        }
        return new ProducerRecord<>(
                topics.keys(), null, null, octets(String.join("/", site, gateway, epoch)), octets.clone(), List.of());
    }

    /**
     * Reads a record.
     *
     * @throws DecodeException when it is no message, or its key, its place and its topic contradict each other
     */
    KafkaMessage read(ConsumerRecord<byte[], byte @Nullable []> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new DecodeException("value", 0, "missing");
        }
        KafkaMessage message;
        try {
            message = KafkaMessage.of(
                    text(record, PLACE).orElseThrow(() -> new DecodeException(PLACE, 0, "missing")),
                    text(record, CONTENT_TYPE).orElseThrow(() -> new DecodeException(CONTENT_TYPE, 0, "missing")),
                    value,
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new DecodeException(PLACE, 0, String.valueOf(e.getMessage()));
        }
        if (!message.key().equals(key(record))) {
            throw new DecodeException("key", 0, "expected " + message.key() + ", which the place says");
        }
        if (!topic(message.lane()).equals(record.topic())) {
            throw new DecodeException(PLACE, 0, "does not belong into the topic " + record.topic());
        }
        return message;
    }

    /** Returns who has announced: {@code site/gateway}. */
    static String publisher(ConsumerRecord<byte[], byte @Nullable []> record) {
        String[] levels = key(record).split("/", -1);
        if (levels.length != 3) {
            throw new DecodeException("key", 0, "expected site/gateway/epoch");
        }
        return levels[0] + "/" + levels[1];
    }

    private static String key(ConsumerRecord<byte[], byte @Nullable []> record) {
        byte @Nullable [] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private static Optional<String> text(ConsumerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .flatMap(header -> Optional.ofNullable(header.value()))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, octets(value));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
