package org.openiomt.security.session;

import java.time.Duration;

/**
 * How long keys and sessions are used. Keys are renewed by whatever comes first, on their own; a session that has reached a
 * limit refuses and is not stretched.
 *
 * @param maxAge how long a session lasts
 * @param maxFrames how many frames each direction of a session may have
 * @param rekeyFrames after how many frames a key is renewed, at most 2^40
 * @param rekeyOctets after how many octets of content a key is renewed
 * @param rekeyAge after what time a key is renewed
 * @param grace how long the key before is still good for frames that were delayed
 */
public record SessionLimits(
        Duration maxAge, long maxFrames, long rekeyFrames, long rekeyOctets, Duration rekeyAge, Duration grace) {
    /*
     * 2^40 frames of at most 2^16 octets are 2^56 octets, the most that one key may protect (Noise rev 34, section 14). The
     * numbers stay far from any overflow.
     */
    static final long MAX_SEQ = 1L << 40;

    /** A day, 2^40 frames; keys for 2^24 frames, 2^32 octets or an hour, the key before for a minute more. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofHours(24), MAX_SEQ, 1L << 24, 1L << 32, Duration.ofHours(1), Duration.ofMinutes(1));

    /** Checks that all are positive and within what a key may protect. */
    public SessionLimits {
        positive("maxAge", maxAge.toMillis());
        positive("maxFrames", maxFrames);
        positive("rekeyFrames", rekeyFrames);
        positive("rekeyOctets", rekeyOctets);
        positive("rekeyAge", rekeyAge.toMillis());
        positive("grace", grace.toMillis());
        if (rekeyFrames > MAX_SEQ || rekeyOctets > 1L << 56) {
            throw new IllegalArgumentException("a key protects at most 2^40 frames and 2^56 octets");
        }
    }

    private static void positive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is positive, but got " + value);
        }
    }
}
