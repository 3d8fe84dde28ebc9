package org.openiomt.ble.profile.activity;

import org.openiomt.ble.profile.Bit;

/** How a person sleeps; several may be true at once. */
public enum SleepStage implements Bit {
    /** Awake. */
    WAKE(0),
    /** Asleep. */
    SLEEP(1),
    /** Rapid eye movement. */
    REM(2),
    /** No rapid eye movement. */
    NON_REM(3),
    /** Light sleep. */
    LIGHT_SLEEP(4),
    /** Deep sleep. */
    DEEP_SLEEP(5),
    /** Stage N1. */
    N1(6),
    /** Stage N2. */
    N2(7),
    /** Stage N3. */
    N3(8),
    /** Stage N4. */
    N4(9),
    /** Active sleep. */
    ACTIVE_SLEEP(10),
    /** Quiet sleep. */
    QUIET_SLEEP(11),
    /** Between active and quiet sleep. */
    INTERMEDIATE_SLEEP(12),
    /** Arousal. */
    AROUSAL(13),
    /** The device does not know. */
    UNKNOWN(23);

    private final int mask;

    SleepStage(int bit) {
        this.mask = 1 << bit;
    }

    @Override
    public long mask() {
        return mask;
    }
}
