package org.openiomt.ble.profile.speedcadence;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Features;
import org.openiomt.core.wire.Codec;

/**
 * CSC Feature, characteristic {@code 0x2A5C} of the Cycling Speed and Cadence Service: the bits of its field.
 * Bits 3 to 15 are reserved.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-speed-and-cadence-service-1-0/">CSCS 1.0, 3.2</a>
 */
public enum CyclingFeature implements Bit {
    /** It counts turns of the wheel. */
    WHEEL_REVOLUTIONS(0),
    /** It counts turns of the crank. */
    CRANK_REVOLUTIONS(1),
    /** It can be mounted at several places. */
    MULTIPLE_SENSOR_LOCATIONS(2);

    /** Reads and writes it. */
    public static final Codec<Features> CODEC = Features.codec(CyclingFeature.class, Short.SIZE);

    private final int bit;

    CyclingFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
