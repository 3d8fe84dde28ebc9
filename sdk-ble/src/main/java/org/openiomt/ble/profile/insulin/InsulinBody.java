package org.openiomt.ble.profile.insulin;

/** Fields of an insulin value that write themselves; the values of this package implement it. */
public interface InsulinBody {
    /** Writes the fields in the order of the layout. */
    void write(FieldWriter out);

    /** Returns the flag bits that the layout knows; all when it has no flags. */
    default long knownFlags() {
        return ~0L;
    }
}
