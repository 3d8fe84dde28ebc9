package org.openiomt.ble.profile.location;

/** Where a heading comes from. */
public enum HeadingSource {
    /** From the movement. */
    MOVEMENT,
    /** From a magnetic compass. */
    COMPASS
}
