package org.openiomt.security.sealed;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.Ids;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.security.identity.Signer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what a gateway stores and sends, for readers whose private keys it does not have: it cannot open itself what it has
 * sealed. It holds the readers' public keys and its own signing key; the key of the content is in memory for one epoch and wiped at
 * its end.
 *
 * <p>An epoch begins with the first record that needs one and ends after {@link Settings#epochLife}, after 2^24 records, when the
 * readers change, and with the process. Its header, with the key wrapped to each reader, is on the disk before its first record
 * is sealed, and is announced to the broker before the first message that needs it.
 *
 * <p>Each message carries the publisher's signature: who knows the key of the content, as every reader does, cannot make one. What
 * an observation says, its id and the number of its digits are hidden; the device, the lane, how many records there are, when they
 * come and their length in steps of 32 octets are not.
 *
 * <p>Into the audit log go each epoch's beginning and end, which readers came and went since the epoch before, also while no process
 * ran, and each epoch whose header is gone although something sealed in it is sent.
 */
public final class SealedPublisher implements RecordSealer {
    /** For how long headers are kept here at least; longer where the outbox holds what needs them. */
    public static final Duration HEADERS_KEPT = Duration.ofDays(31);

    /**
     * For how long brokers are asked to keep headers: what waits longer there opens only for readers who know its epoch already.
     * Some brokers count in milliseconds of 32 bits and would drop at once what is to be kept for more than 24 days.
     */
    public static final Duration ANNOUNCED_FOR = Duration.ofDays(21);

    private static final Logger LOG = LoggerFactory.getLogger(SealedPublisher.class);
    private static final long MAX_RECORDS = 1L << 24;

    private final String name;
    private final Settings settings;
    private final Signer signer;
    private final Clock clock;
    private final AuditSink audit;
    private final EpochFolder folder;
    private final Set<Long> lost = new HashSet<>();
    private List<ReaderPublicKey> readers;
    private @Nullable Epoch current;
    private boolean isClosed;

    /**
     * Where and how long.
     *
     * @param site the site in topics: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param gateway the gateway's name in topics, the same rule
     * @param folder where headers are kept
     * @param epochLife how long one key is used at most, 1 s to 31 days
     */
    public record Settings(String site, String gateway, Path folder, Duration epochLife) {
        /** Checks names and range. */
        public Settings {
            Ids.require("a site", site);
            Ids.require("a gateway", gateway);
            Objects.requireNonNull(folder, "folder");
            if (epochLife.compareTo(Duration.ofSeconds(1)) < 0 || epochLife.compareTo(HEADERS_KEPT) > 0) {
                throw new IllegalArgumentException("epochLife must be 1 s to 31 days, but got " + epochLife);
            }
        }

        /** Returns settings with epochs of at most 6 hours. */
        public static Settings of(String site, String gateway, Path folder) {
            return new Settings(site, gateway, folder, Duration.ofHours(6));
        }
    }

    /** What seals now. */
    private static final class Epoch {
        private final EpochHeader header;
        private final ContentKey key;
        private long next;

        Epoch(EpochHeader header, ContentKey key) {
            this.header = header;
            this.key = key;
        }
    }

    private SealedPublisher(
            Settings settings,
            Signer signer,
            List<ReaderPublicKey> readers,
            EpochFolder folder,
            Clock clock,
            AuditSink audit) {
        this.name = settings.site() + "/" + settings.gateway();
        this.settings = settings;
        this.signer = signer;
        this.readers = readers;
        this.folder = folder;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Opens a publisher. What an earlier run has sealed is sent on by this one.
     *
     * @param signer signs; stays the caller's, and must live longer
     * @param readers who may read: 1 to 256, all of one suite
     * @param audit where it is written down which epochs began and who may read them
     * @throws org.openiomt.core.outbox.OutboxException when the folder cannot be used
     * @throws IllegalArgumentException when the readers are none, too many, or of two suites
     */
    public static SealedPublisher open(
            Settings settings, Signer signer, Collection<ReaderPublicKey> readers, Clock clock, AuditSink audit) {
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(audit, "audit");
        return new SealedPublisher(
                settings,
                signer,
                EpochHeader.requireReaders(readers),
                EpochFolder.open(settings.folder()),
                clock,
                audit);
    }

    /**
     * Ends the epoch, and lets others read from the next one on. Who was removed opens nothing that is sealed from now on, and
     * still opens what was sealed before.
     *
     * @throws IllegalArgumentException when the readers are none, too many, or of two suites; nothing has changed then
     */
    public synchronized void setReaders(Collection<ReaderPublicKey> others) {
        readers = EpochHeader.requireReaders(others);
        endEpoch();
    }

    /** Ends the epoch: its key is wiped. The next record begins another. */
    public synchronized void endEpoch() {
        if (current != null) {
            current.key.close();
            audit.record(AuditEvent.of(AuditEventType.KEY_WIPED, subject(current.header.number())));
            current = null;
        }
    }

    @Override
    public synchronized OutboxRecord seal(OutboxRecord record, String topic) {
        Epoch epoch = epoch();
        byte[] content = record.payload();
        long number = epoch.next++; // before the cipher runs: a number is never used twice, whatever happens
        SealedRecord sealed = SealedRecord.seal(
                epoch.header, epoch.key, number, topic, record.device().value(), content);
        Arrays.fill(content, (byte) 0);
        return OutboxRecord.of(
                ObservationId.of(epoch.header.number(), number), record.device(), record.lane(), sealed.octets());
    }

    private Epoch epoch() {
        if (isClosed) {
            throw new IllegalStateException("the publisher is closed");
        }
        Instant now = clock.instant();
        if (current != null) {
            Instant start = current.header.startedAt();
            boolean isOver = now.isBefore(start) || !now.isBefore(start.plus(settings.epochLife()));
            if (isOver || current.next >= MAX_RECORDS) {
                endEpoch();
            }
        }
        if (current == null) {
            current = begin(now);
        }
        return current;
    }

    /** A number grows with the clock too, so that it is not used again where the folder was lost or restored. */
    private Epoch begin(Instant now) {
        Optional<EpochHeader> before = folder.last();
        long number = Math.max(before.map(EpochHeader::number).orElse(0L) + 1, now.toEpochMilli());
        byte[] key = ContentKey.random();
        try {
            EpochHeader header = EpochHeader.create(
                    EpochHeader.Purpose.MESSAGES,
                    number,
                    Instant.ofEpochMilli(now.toEpochMilli()),
                    name,
                    readers,
                    key,
                    signer);
            folder.add(header);
            LOG.info("epoch {} begins, for {} readers", number, readers.size());
            account(before.map(EpochHeader::readers).orElseGet(TreeSet::new), header);
            return new Epoch(header, ContentKey.of(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private void account(Set<String> readersBefore, EpochHeader header) {
        String epoch = subject(header.number());
        audit.record(AuditEvent.of(AuditEventType.KEY_CREATED, epoch));
        Set<String> readersNow = header.readers();
        account(AuditEventType.READER_REMOVED, readersBefore, readersNow, epoch);
        account(AuditEventType.READER_ADDED, readersNow, readersBefore, epoch);
    }

    /** Writes down each reader who is in one set and not in the other. */
    private void account(AuditEventType type, Set<String> in, Set<String> notIn, String epoch) {
        in.stream()
                .filter(reader -> !notIn.contains(reader))
                .forEach(reader -> audit.record(new AuditEvent(type, Optional.empty(), reader, "", epoch)));
    }

    private static String subject(long number) {
        return "epoch " + number;
    }

    /** Where the header is gone, that is written down once for each epoch: only readers who know it already can open the record. */
    @Override
    public synchronized Optional<Announcement> announcement(OutboxRecord record) {
        long number = epochOf(record);
        Optional<EpochHeader> header = folder.find(number);
        if (header.isEmpty() && lost.add(number)) {
            LOG.warn(
                    "the header of epoch {} is gone: what waits for it opens only for readers who know it already",
                    number);
            audit.record(AuditEvent.of(AuditEventType.KEY_LOST, subject(number)));
        }
        return header.map(found -> new Announcement(number, found.octets(), ANNOUNCED_FOR));
    }

    @Override
    public long epochOf(OutboxRecord record) {
        return SealedRecord.parse(record.payload()).epoch();
    }

    @Override
    public boolean isSealed(OutboxRecord record) {
        return SealedRecord.isSealed(record);
    }

    @Override
    public byte[] message(String topic, List<OutboxEntry> batch) {
        OutboxEntry first = batch.get(0);
        long keyEpoch = epochOf(first.record());
        List<SealedMessage.Frame> frames = new ArrayList<>(batch.size());
        for (OutboxEntry entry : batch) {
            SealedRecord sealed = SealedRecord.parse(entry.record().payload());
            if (sealed.epoch() != keyEpoch
                    || entry.epoch() != first.epoch()
                    || !entry.record().device().equals(first.record().device())) {
                throw new IllegalArgumentException("a message holds records of one device and one epoch");
            }
            frames.add(new SealedMessage.Frame(entry.sequence(), sealed.number(), sealed.sealed()));
        }
        return new SealedMessage(keyEpoch, first.epoch(), frames)
                .sign(signer, name, topic, first.record().device().value());
    }

    @Override
    public String contentType() {
        return SealedMessage.CONTENT_TYPE;
    }

    @Override
    public synchronized void retain(Collection<OutboxRecord> oldest) {
        long needed = oldest.stream()
                .filter(this::isSealed)
                .mapToLong(this::epochOf)
                .min()
                .orElse(Long.MAX_VALUE);
        folder.forget(needed, clock.instant().minus(HEADERS_KEPT));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        endEpoch();
    }

    @Override
    public String toString() {
        return "SealedPublisher[" + name + "]";
    }
}
