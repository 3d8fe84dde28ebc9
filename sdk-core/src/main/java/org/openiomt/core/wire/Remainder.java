package org.openiomt.core.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a lenient decoder keeps of a value beyond its standard layout, so that encoding gives the same octets back.
 */
public final class Remainder {
    /** Nothing unknown and nothing trailing. */
    public static final Remainder NONE = new Remainder(0, new byte[0]);

    private final long unknownFlags;
    private final byte[] trailing;

    private Remainder(long unknownFlags, byte[] trailing) {
        this.unknownFlags = unknownFlags;
        this.trailing = trailing;
    }

    /**
     * Keeps flags and octets.
     *
     * @param unknownFlags the flag bits that the standard reserves, in their places
     * @param trailing the octets after the last known field; copied
     */
    public static Remainder of(long unknownFlags, byte[] trailing) {
        return owning(unknownFlags, trailing.clone());
    }

    /** Keeps an array that nobody else has. */
    static Remainder owning(long unknownFlags, byte[] trailing) {
        return unknownFlags == 0 && trailing.length == 0 ? NONE : new Remainder(unknownFlags, trailing);
    }

    /** Returns the flag bits that the standard reserves, in their places. */
    public long unknownFlags() {
        return unknownFlags;
    }

    /** Returns a copy of the octets after the last known field. */
    public byte[] trailing() {
        return trailing.clone();
    }

    /** Whether nothing was left over. */
    public boolean isEmpty() {
        return unknownFlags == 0 && trailing.length == 0;
    }

    /** Writes the trailing octets. */
    public void writeTo(ByteWriter out) {
        out.octets(trailing);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Remainder that
                && unknownFlags == that.unknownFlags
                && Arrays.equals(trailing, that.trailing);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(unknownFlags) + Arrays.hashCode(trailing);
    }

    /** Returns the unknown flags and the number of trailing octets, not their content. */
    @Override
    public String toString() {
        return "Remainder[unknownFlags=0x" + HexFormat.of().toHexDigits(unknownFlags) + ", trailing=" + trailing.length
                + " octets]";
    }
}
