package org.openiomt.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.IomtException;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.AuthenticationException;

/**
 * Both ends of a protection without ciphers: a record is sealed when its payload has the current epoch before it, and a message names
 * its topic before the plain one.
 */
public final class FakeSeal implements RecordSealer, RecordOpener {
    /** The epoch of what is sealed next, 1 to 127. */
    public byte epoch = 1;

    /** Whether what is opened was sealed for other readers. */
    public boolean isForOthers;

    /** Whether the records of what is opened were changed in the outbox, although their message is genuine. */
    public boolean isChanged;

    private final Set<String> learnt = new HashSet<>();

    /** Begins with epoch 1. */
    public FakeSeal() {}

    @Override
    public OutboxRecord seal(OutboxRecord record, String topic) {
        byte[] plain = record.payload();
        byte[] sealed = new byte[plain.length + 1];
        sealed[0] = epoch;
        System.arraycopy(plain, 0, sealed, 1, plain.length);
        return OutboxRecord.of(record.id(), record.device(), record.lane(), sealed);
    }

    @Override
    public Optional<Announcement> announcement(OutboxRecord record) {
        byte[] octets = ("epoch " + epochOf(record)).getBytes(StandardCharsets.US_ASCII);
        return Optional.of(new Announcement(epochOf(record), octets, Duration.ofDays(1)));
    }

    @Override
    public long epochOf(OutboxRecord record) {
        return record.payload()[0];
    }

    @Override
    public byte[] message(String topic, List<OutboxEntry> batch) {
        List<ObservationMessage.Item> items = batch.stream()
                .map(entry -> {
                    byte[] sealed = entry.record().payload();
                    byte[] plain = Arrays.copyOfRange(sealed, 1, sealed.length);
                    return ObservationMessage.Item.of(entry.sequence(), plain);
                })
                .toList();
        byte[] plain = ObservationMessage.encode(batch.get(0).epoch(), items);
        byte[] head = (topic + "\n" + epochOf(batch.get(0).record()) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + plain.length);
        System.arraycopy(plain, 0, message, head.length, plain.length);
        return message;
    }

    @Override
    public boolean isSealed(OutboxRecord record) {
        return record.payload()[0] > 0; // an encoded observation begins with a map, 0xA5 or more
    }

    @Override
    public String contentType() {
        return "application/x-sealed";
    }

    @Override
    public void retain(Collection<OutboxRecord> oldest) {}

    @Override
    public boolean needsAnnouncements() {
        return true;
    }

    @Override
    public void learn(String publisher, byte[] announcement) {
        String text = new String(announcement, StandardCharsets.US_ASCII);
        if (!text.startsWith("epoch ")) {
            throw new AuthenticationException();
        }
        learnt.add(publisher + " " + text);
    }

    @Override
    public Checked check(String publisher, String topic, DeviceId device, byte[] message) {
        String[] parts = new String(message, StandardCharsets.ISO_8859_1).split("\n", 3);
        if (parts.length != 3 || !parts[0].equals(topic)) {
            throw new AuthenticationException();
        }
        ObservationMessage content = ObservationMessage.decode(parts[2].getBytes(StandardCharsets.ISO_8859_1));
        return new Checked() {
            @Override
            public long epoch() {
                return content.epoch();
            }

            @Override
            public long firstSequence() {
                return content.items().get(0).sequence();
            }

            @Override
            public Optional<ObservationMessage> open() {
                if (isForOthers) {
                    throw new IomtException("sealed for others");
                }
                return Optional.of(content)
                        .filter(any -> learnt.contains(publisher + " epoch " + parts[1]))
                        .map(any -> isChanged ? unopened(any) : any);
            }
        };
    }

    private static ObservationMessage unopened(ObservationMessage content) {
        return new ObservationMessage(
                content.epoch(),
                content.items().stream()
                        .map(item -> ObservationMessage.Item.unopened(item.sequence()))
                        .toList());
    }

    @Override
    public void close() {}
}
