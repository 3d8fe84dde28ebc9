package org.openiomt.ble.profile.insulin;

/** A constant that stands for a code on the wire, mostly one of a Hamming code of distance 4. */
public interface InsulinCode {
    /** Returns the code on the wire. */
    int code();
}
