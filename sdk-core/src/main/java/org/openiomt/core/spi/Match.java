package org.openiomt.core.spi;

/**
 * How well a driver fits a device.
 *
 * @param score 0 not at all, 50 a standard service, 80 a known model; the highest wins and a tie is an error
 * @param reason why, for a person
 */
public record Match(int score, String reason) {
    /** The driver does not fit. */
    public static final Match NONE = new Match(0, "no match");

    /** The score of a driver that knows a standard service. */
    public static final int STANDARD_SERVICE = 50;

    /** The score of a driver that knows this very model. */
    public static final int KNOWN_MODEL = 80;

    /** Checks the range. */
    public Match {
        if (score < 0 || score > 100) {
            throw new IllegalArgumentException("score out of range 0..100: " + score);
        }
    }
}
