package org.openiomt.core.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;

/**
 * What is published: several encoded observations of one outbox in one message. They are carried as octets, so that nobody on
 * the way encodes them again, and one that is damaged spoils none of the others.
 *
 * <pre>
 * key  name     CBOR
 *  0   version  1
 *  1   epoch    integer
 *  2   items    [sequence, octets, sequence, octets, ...]
 * </pre>
 * Entries with other keys are kept as they came.
 *
 * @param epoch names the outbox that the sequence numbers belong to
 * @param items the observations in order, at most {@value #MAX_ITEMS}
 * @param unknown what a newer writer said beside them
 */
public record ObservationMessage(long epoch, List<Item> items, UnknownEntries unknown) {
    /** The most observations in one message. */
    public static final int MAX_ITEMS = 1024;

    /** The most octets of one message. */
    public static final int MAX_OCTETS = 1024 * 1024;

    /** The media type of an encoded message. */
    public static final String CONTENT_TYPE = "application/vnd.openiomt.observations+cbor";

    private static final String FIELD = "message";
    private static final int VERSION = 1;
    private static final int LAST_KEY = 2;

    /** One observation with its place in the outbox. */
    public static final class Item {
        private final long sequence;
        private final byte[] octets;
        private final boolean isOpened;

        private Item(long sequence, byte[] octets, boolean isOpened) {
            this.sequence = sequence;
            this.octets = octets;
            this.isOpened = isOpened;
        }

        /**
         * Returns an item.
         *
         * @param sequence its place in the outbox
         * @param observation an observation as {@link ObservationCbor#encode} makes it; copied
         */
        public static Item of(long sequence, byte[] observation) {
            return new Item(sequence, observation.clone(), true);
        }

        /**
         * Returns an item that came and could not be opened: it keeps its place, and {@link #observation} throws.
         *
         * @param sequence its place in the outbox
         */
        public static Item unopened(long sequence) {
            return new Item(sequence, new byte[0], false);
        }

        /** Whether its content is there: it was opened, or was never sealed. */
        public boolean isOpened() {
            return isOpened;
        }

        /** Returns its place in the outbox. */
        public long sequence() {
            return sequence;
        }

        /** Returns a copy of the encoded observation. */
        public byte[] octets() {
            return octets.clone();
        }

        /**
         * Decodes the observation.
         *
         * @throws DecodeException when its octets are none, or it is {@link #unopened}; the offset counts from the first of
         *     {@link #octets}
         */
        public Observation observation() {
            if (!isOpened) {
                throw new DecodeException("observation", 0, "sealed, and not authentic");
            }
            return ObservationCbor.decode(octets);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Item that
                    && sequence == that.sequence
                    && isOpened == that.isOpened
                    && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(sequence) + Arrays.hashCode(octets);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Item[sequence=" + sequence + ", " + octets.length + " octets]";
        }
    }

    /** Checks the number of items and copies the list. */
    public ObservationMessage {
        items = List.copyOf(items);
        Objects.requireNonNull(unknown, "unknown");
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("at most " + MAX_ITEMS + " items, but got " + items.size());
        }
    }

    /** Makes a message of which this version knows all. */
    public ObservationMessage(long epoch, List<Item> items) {
        this(epoch, items, UnknownEntries.NONE);
    }

    /**
     * Encodes a message; the same message always gives the same octets.
     *
     * @throws IllegalArgumentException when it has more than {@link #MAX_ITEMS} items or {@link #MAX_OCTETS}
     */
    public static byte[] encode(long epoch, List<Item> items) {
        return new ObservationMessage(epoch, items).encode();
    }

    /**
     * Encodes this message.
     *
     * @throws IllegalArgumentException when it has more than {@link #MAX_OCTETS}, or unknown entries that are none
     */
    public byte[] encode() {
        long content = 0;
        for (Item item : items) {
            content += item.octets.length;
        }
        if (content > MAX_OCTETS) {
            throw tooLong(content);
        }
        CborWriter out = new CborWriter();
        out.map(3);
        out.key(0);
        out.integer(VERSION);
        out.key(1);
        out.integer(epoch);
        out.key(2);
        out.array(2 * items.size());
        for (Item item : items) {
            out.integer(item.sequence);
            out.octets(item.octets);
        }
        out.endArray();
        out.endMap();
        byte[] octets = out.finish(unknown, LAST_KEY);
        if (octets.length > MAX_OCTETS) {
            throw tooLong(octets.length);
        }
        return octets;
    }

    /**
     * Decodes a message. The observations inside are decoded one by one, by {@link Item#observation}.
     *
     * @throws DecodeException when the octets are no message of version 1, or too many
     */
    public static ObservationMessage decode(byte[] octets) {
        CborReader in = new CborReader(octets, MAX_OCTETS, FIELD);
        @Nullable Long version = null;
        @Nullable Long epoch = null;
        @Nullable List<Item> items = null;
        int key = in.nextKey(FIELD);
        while (key >= 0 && key <= LAST_KEY) {
            switch (key) {
                case 0 -> version = version(in);
                case 1 -> epoch = in.integer("epoch");
                default -> items = items(in);
            }
            key = in.nextKey(FIELD);
        }
        UnknownEntries unknown = in.rest(key);
        in.required("version", version);
        return new ObservationMessage(in.required("epoch", epoch), in.required("items", items), unknown);
    }

    private static long version(CborReader in) {
        long version = in.integer("version");
        if (version != VERSION) {
            throw in.refuse("version", "expected " + VERSION + ", but got " + version);
        }
        return version;
    }

    private static List<Item> items(CborReader in) {
        List<Item> items = new ArrayList<>();
        in.array("items");
        while (in.hasMore("items")) {
            if (items.size() == MAX_ITEMS) {
                throw in.refuse("items", "more than " + MAX_ITEMS);
            }
            long sequence = in.integer("items");
            items.add(new Item(sequence, in.octets("items"), true));
        }
        return items;
    }

    private static IllegalArgumentException tooLong(long octets) {
        return new IllegalArgumentException(
                "a message has at most " + MAX_OCTETS + " octets, but this one needs " + octets);
    }
}
