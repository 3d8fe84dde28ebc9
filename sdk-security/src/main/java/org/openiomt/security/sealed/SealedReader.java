package org.openiomt.security.sealed;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.IomtException;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.AuthenticationException;

/**
 * Opens what publishers have sealed for one reader. Only publishers whose keys it was given are believed, each under its own
 * name.
 *
 * <p>The order is the defence: the publisher's signature over the whole message and its place, the epoch, the tag of each record,
 * then the content leaves. What fails on the way changes no state. Each epoch of a publisher has one header; a second one with the
 * same number is refused. The newest {@value #MAX_EPOCHS} epochs of each publisher are known; one that is older than all of them
 * is refused, so that nobody turns a reader back.
 *
 * <p>That a genuine message comes twice is found by the numbers and ids inside it, which are authentic here: that is the
 * consumer's part.
 */
public final class SealedReader implements RecordOpener {
    static final int MAX_EPOCHS = 1_024;

    private final ReaderKey key;
    private final Map<String, List<PublicKey>> publishers = new HashMap<>();
    private final Map<String, NavigableMap<Long, Epoch>> epochs = new HashMap<>();
    private boolean isClosed;

    /** An epoch that this reader has heard of; without a key where it is none of its readers. */
    private record Epoch(EpochHeader header, @Nullable ContentKey key) {}

    private SealedReader(ReaderKey key) {
        this.key = key;
    }

    /**
     * Returns a reader.
     *
     * @param key opens; stays the caller's, and must live longer
     * @param publishers whom to believe: the keys of each {@code site/gateway}, more than one while a key is exchanged
     */
    public static SealedReader of(ReaderKey key, Map<String, ? extends List<PublicKey>> publishers) {
        SealedReader reader = new SealedReader(Objects.requireNonNull(key, "key"));
        publishers.forEach(reader::trust);
        return reader;
    }

    /**
     * Believes these keys of a publisher from now on, and no others of it.
     *
     * @param publisher {@code site/gateway}
     * @param keys none, so that it is believed no more; one; or more while a key is exchanged
     */
    public synchronized void trust(String publisher, List<PublicKey> keys) {
        if (!EpochHeader.isPublisher(publisher)) {
            throw new IllegalArgumentException("a publisher is named site/gateway, but got " + publisher);
        }
        publishers.put(publisher, List.copyOf(keys));
    }

    @Override
    public boolean needsAnnouncements() {
        return true;
    }

    @Override
    public void learn(String publisher, byte[] announcement) {
        EpochHeader header = EpochHeader.parse(announcement);
        boolean isGenuine = header.purpose() == EpochHeader.Purpose.MESSAGES
                && header.publisher().equals(publisher)
                && keysOf(publisher).stream().anyMatch(header::isSignedBy);
        if (!isGenuine) {
            throw new AuthenticationException();
        }
        if (!isNew(header)) {
            return;
        }
        Optional<byte[]> unwrapped = header.unwrap(key);
        try {
            add(header, unwrapped.map(ContentKey::of).orElse(null));
        } finally {
            unwrapped.ifPresent(octets -> Arrays.fill(octets, (byte) 0));
        }
    }

    private synchronized boolean isNew(EpochHeader header) {
        NavigableMap<Long, Epoch> known = epochs.getOrDefault(header.publisher(), new TreeMap<>());
        Epoch same = known.get(header.number());
        boolean isRollback = same == null && known.size() >= MAX_EPOCHS && header.number() < known.firstKey();
        boolean isOther = same != null && !Arrays.equals(same.header().digest(), header.digest());
        if (isClosed || isRollback || isOther) {
            throw new AuthenticationException();
        }
        return same == null;
    }

    private synchronized void add(EpochHeader header, @Nullable ContentKey contentKey) {
        if (!isNew(header)) {
            return;
        }
        NavigableMap<Long, Epoch> known = epochs.computeIfAbsent(header.publisher(), name -> new TreeMap<>());
        known.put(header.number(), new Epoch(header, contentKey));
        if (known.size() > MAX_EPOCHS) {
            wipe(known.pollFirstEntry().getValue());
        }
    }

    private synchronized List<PublicKey> keysOf(String publisher) {
        if (isClosed) {
            throw new AuthenticationException();
        }
        return publishers.getOrDefault(publisher, List.of());
    }

    private synchronized Optional<Epoch> find(String publisher, long number) {
        return Optional.ofNullable(
                epochs.getOrDefault(publisher, new TreeMap<>()).get(number));
    }

    @Override
    public Checked check(String publisher, String topic, DeviceId device, byte[] message) {
        SealedMessage sealed = SealedMessage.parse(message);
        if (!SealedMessage.isSigned(message, keysOf(publisher), publisher, topic, device.value())) {
            throw new AuthenticationException();
        }
        return new CheckedMessage(publisher, topic, device, sealed);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        epochs.values().forEach(known -> known.values().forEach(SealedReader::wipe));
        epochs.clear();
    }

    @Override
    public String toString() {
        return "SealedReader[hidden]";
    }

    private static void wipe(Epoch epoch) {
        if (epoch.key() != null) {
            epoch.key().close();
        }
    }

    private final class CheckedMessage implements Checked {
        private final String publisher;
        private final String topic;
        private final DeviceId device;
        private final SealedMessage sealed;

        CheckedMessage(String publisher, String topic, DeviceId device, SealedMessage sealed) {
            this.publisher = publisher;
            this.topic = topic;
            this.device = device;
            this.sealed = sealed;
        }

        @Override
        public long epoch() {
            return sealed.epoch();
        }

        @Override
        public long firstSequence() {
            return sealed.frames().isEmpty() ? 0 : sealed.frames().get(0).sequence();
        }

        @Override
        public Optional<ObservationMessage> open() {
            return find(publisher, sealed.keyEpoch()).map(this::open);
        }

        private ObservationMessage open(Epoch epoch) {
            ContentKey contentKey = epoch.key();
            if (contentKey == null) {
                throw new IomtException("sealed for others: this reader is none of epoch "
                        + epoch.header().number() + " of " + publisher);
            }
            List<ObservationMessage.Item> items =
                    new ArrayList<>(sealed.frames().size());
            for (SealedMessage.Frame frame : sealed.frames()) {
                items.add(open(frame, epoch.header(), contentKey));
            }
            return new ObservationMessage(sealed.epoch(), items);
        }

        private ObservationMessage.Item open(SealedMessage.Frame frame, EpochHeader header, ContentKey contentKey) {
            try {
                byte[] content =
                        SealedRecord.open(header, contentKey, frame.number(), topic, device.value(), frame.sealed());
                return ObservationMessage.Item.of(frame.sequence(), content);
            } catch (AuthenticationException e) {
                return ObservationMessage.Item.unopened(frame.sequence());
            }
        }
    }
}
