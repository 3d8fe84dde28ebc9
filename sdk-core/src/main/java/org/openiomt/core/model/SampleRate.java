package org.openiomt.core.model;

import java.time.Duration;

/**
 * How many samples in how much time: 360 in one second, one in a minute. A fraction, because neither 1/360 s nor 1/60 Hz
 * is a decimal.
 *
 * @param samples at least 1
 * @param per longer than zero, at most 366 days
 */
public record SampleRate(int samples, Duration per) {
    private static final Duration MAX_PER = Duration.ofDays(366);

    /** Checks the ranges. */
    public SampleRate {
        if (samples < 1 || per.isNegative() || per.isZero() || per.compareTo(MAX_PER) > 0) {
            throw new IllegalArgumentException(
                    "a rate needs at least one sample in a positive time of at most 366 days");
        }
    }

    /** Returns so many samples a second. */
    public static SampleRate hertz(int samples) {
        return new SampleRate(samples, Duration.ofSeconds(1));
    }

    /** Returns the time that {@code count} samples take, rounded down to a nanosecond. */
    public Duration durationOf(int count) {
        return per.multipliedBy(count).dividedBy(samples);
    }
}
