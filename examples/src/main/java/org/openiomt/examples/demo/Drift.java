package org.openiomt.examples.demo;

import java.util.Random;

/** A number that wanders slowly between two bounds, as a vital sign does. Not for use by several threads at once. */
final class Drift {
    private final Random random;
    private final double min;
    private final double max;
    private final double step;
    private double value;

    /** Begins in the middle; each {@link #next} moves by at most {@code step}. */
    Drift(Random random, double min, double max, double step) {
        this.random = random;
        this.min = min;
        this.max = max;
        this.step = step;
        this.value = (min + max) / 2;
    }

    /** Moves a little and returns the number. */
    double next() {
        value = Math.min(max, Math.max(min, value + (2 * random.nextDouble() - 1) * step));
        return value;
    }

    /** Moves a little and returns the nearest whole number. */
    int nextWhole() {
        return (int) Math.round(next());
    }

    /** Returns the number without moving. */
    double value() {
        return value;
    }
}
