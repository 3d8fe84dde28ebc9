package org.openiomt.ble.profile;

/** A constant that stands for one bit of a bit field; enums of features and findings implement it. */
public interface Bit {
    /** Returns the bit in its place, {@code 1L << n}. */
    long mask();
}
