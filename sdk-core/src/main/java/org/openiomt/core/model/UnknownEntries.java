package org.openiomt.core.model;

import java.util.Arrays;

/**
 * What a newer writer said and this version cannot read: the entries of an encoded map that have keys it does not know, in their
 * order, as they came. They are kept so that nothing is lost when what was decoded is encoded again. Immutable.
 */
public final class UnknownEntries {
    /** Nothing unknown. */
    public static final UnknownEntries NONE = new UnknownEntries(0, new byte[0]);

    private final int count;
    private final byte[] octets;

    private UnknownEntries(int count, byte[] octets) {
        this.count = count;
        this.octets = octets;
    }

    /**
     * Returns entries as they came. Whether they are well formed is checked where they are encoded.
     *
     * @param count how many keys with their values
     * @param octets key, value, key, value, ... in deterministic CBOR, keys ascending; copied
     * @throws IllegalArgumentException when {@code count} is negative or cannot be: each entry has at least 2 octets
     */
    public static UnknownEntries of(int count, byte[] octets) {
        if (count < 0 || count > octets.length / 2 || (count == 0 && octets.length > 0)) {
            throw new IllegalArgumentException(octets.length + " octets are not " + count + " entries");
        }
        return count == 0 ? NONE : new UnknownEntries(count, octets.clone());
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Returns a copy of the octets: key, value, key, value, ... */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownEntries that && count == that.count && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "UnknownEntries[" + count + "]";
    }
}
