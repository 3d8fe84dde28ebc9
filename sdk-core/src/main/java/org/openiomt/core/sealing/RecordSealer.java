package org.openiomt.core.sealing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;

/**
 * Makes of records, and of the messages that carry them, what only the readers can open: the socket of a gateway's protection.
 * A record is sealed before an outbox stores it ({@link SealedOutbox}), so that neither a thief of the disk nor the gateway itself
 * can read what waits; a message is signed when it is sent. {@link RecordOpener} is the other end.
 *
 * <p>Safe for use by several threads at once.
 */
public interface RecordSealer extends AutoCloseable {
    /** Protects nothing: for tests, and where disk, broker and network are the reader's own. */
    RecordSealer PLAIN = new PlainRecords();

    /**
     * Seals a record. Records given one after the other are of the same epoch of keys or of later ones. May wait for the storage
     * for a moment, where an epoch begins.
     *
     * @param record what an application shall read
     * @param topic the place that it is sent to; it opens nowhere else
     * @return a record of the same device and lane. Its id is another one: an id is made of what was measured, so that who knows
     *     it can find the value by trying.
     * @throws org.openiomt.core.outbox.OutboxException when it cannot be sealed now
     */
    OutboxRecord seal(OutboxRecord record, String topic);

    /** Returns what readers must know before they can open this record; empty where that is nothing. */
    Optional<Announcement> announcement(OutboxRecord record);

    /** Names the announcement that a record needs. Records of one message have the same. */
    long epochOf(OutboxRecord record);

    /**
     * Makes a message of sealed records. What is not sealed yet, because it was stored before there was a sealer, must go through
     * {@link #seal} first: {@link #isSealed}.
     *
     * @param topic the place that it is sent to
     * @param batch records of one device, lane, epoch of the outbox and epoch of keys, in order
     * @throws IllegalArgumentException when they are not
     */
    byte[] message(String topic, List<OutboxEntry> batch);

    /** Whether {@link #seal} has made this record. */
    boolean isSealed(OutboxRecord record);

    /** Returns the media type of a message. */
    String contentType();

    /**
     * Says what waits in the outbox, so that old announcements can be forgotten which nothing needs; at the beginning of each epoch
     * of keys too.
     *
     * @param oldest the oldest record of each lane that has one
     */
    void retain(Collection<OutboxRecord> oldest);

    /** Wipes the keys; nothing is sealed any more. */
    @Override
    void close();

    /** What readers must know before they can open something. It holds no secret. */
    final class Announcement {
        private final long epoch;
        private final byte[] octets;
        private final Duration keptFor;

        /**
         * Makes an announcement.
         *
         * @param epoch names it; a later one has a greater name
         * @param octets for {@link RecordOpener#learn}; copied
         * @param keptFor how long a broker keeps it for readers that come later
         */
        public Announcement(long epoch, byte[] octets, Duration keptFor) {
            this.epoch = epoch;
            this.octets = octets.clone();
            this.keptFor = keptFor;
        }

        /** Returns its name. */
        public long epoch() {
            return epoch;
        }

        /** Returns a copy of what {@link RecordOpener#learn} takes. */
        public byte[] octets() {
            return octets.clone();
        }

        /** Returns how long a broker keeps it. */
        public Duration keptFor() {
            return keptFor;
        }
    }
}
