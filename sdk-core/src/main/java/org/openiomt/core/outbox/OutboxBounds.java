package org.openiomt.core.outbox;

import java.util.Objects;

/**
 * How much may wait in an outbox. The lanes are bounded one by one, so that wave forms never take the room of readings.
 *
 * @param clinical the bound of {@link Lane#CLINICAL}
 * @param waveform the bound of {@link Lane#WAVEFORM}
 */
public record OutboxBounds(LaneBound clinical, LaneBound waveform) {
    /** Checks that both are there. */
    public OutboxBounds {
        Objects.requireNonNull(clinical, "clinical");
        Objects.requireNonNull(waveform, "waveform");
    }

    /** Returns the same bound for both lanes: readings are refused beyond it, of wave forms the oldest are given up. */
    public static OutboxBounds of(long records, long octets) {
        return new OutboxBounds(
                new LaneBound(records, octets, WhenFull.REJECT), new LaneBound(records, octets, WhenFull.DROP_OLDEST));
    }

    /** Returns the bound of a lane. */
    public LaneBound of(Lane lane) {
        return switch (lane) {
            case CLINICAL -> clinical;
            case WAVEFORM -> waveform;
        };
    }
}
