package org.openiomt.ble.profile;

/** The octets at the end of a protected value. */
public enum E2eLayout {
    /** A check sum of 2 octets. */
    CRC(2),
    /** A counter of 1 octet, then a check sum of 2 octets that covers it. */
    COUNTER_AND_CRC(3);

    private final int size;

    E2eLayout(int size) {
        this.size = size;
    }

    /** Returns how many octets they are. */
    public int size() {
        return size;
    }
}
