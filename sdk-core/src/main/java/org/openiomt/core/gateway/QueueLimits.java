package org.openiomt.core.gateway;

/**
 * How many observations of one device may wait. When a queue is full, a clinical reading that comes is refused and the driver
 * told so; of wave forms the oldest piece is given up. Wave forms never take the place of readings. Every loss is counted and
 * reported.
 *
 * @param clinical readings, at least 1
 * @param waveform pieces of wave forms, at least 1
 */
public record QueueLimits(int clinical, int waveform) {
    /** 4,096 readings and 256 pieces. */
    public static final QueueLimits DEFAULT = new QueueLimits(4_096, 256);

    /** Checks the bounds. */
    public QueueLimits {
        if (clinical < 1 || waveform < 1) {
            throw new IllegalArgumentException("each queue needs room for one, but got " + clinical + ", " + waveform);
        }
    }
}
