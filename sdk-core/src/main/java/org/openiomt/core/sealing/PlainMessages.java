package org.openiomt.core.sealing;

import java.util.Optional;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;

/** Reads messages that everybody can write. */
final class PlainMessages implements RecordOpener {
    @Override
    public boolean needsAnnouncements() {
        return false;
    }

    @Override
    public void learn(String publisher, byte[] announcement) {}

    @Override
    public Checked check(String publisher, String topic, DeviceId device, byte[] message) {
        return new Read(ObservationMessage.decode(message));
    }

    @Override
    public void close() {}

    private record Read(ObservationMessage content) implements Checked {
        @Override
        public long epoch() {
            return content.epoch();
        }

        @Override
        public long firstSequence() {
            return content.items().isEmpty() ? 0 : content.items().get(0).sequence();
        }

        @Override
        public Optional<ObservationMessage> open() {
            return Optional.of(content);
        }
    }
}
