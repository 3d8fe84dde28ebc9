package org.openiomt.ble.profile.speedcadence;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Features;
import org.openiomt.core.wire.Codec;

/**
 * RSC Feature, characteristic {@code 0x2A54} of the Running Speed and Cadence Service: the bits of its field. Bits 5 to 15 are reserved.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/running-speed-and-cadence-service-1-0/">RSCS 1.0, 3.2</a>
 */
public enum RunningFeature implements Bit {
    /** It measures the length of a stride. */
    STRIDE_LENGTH(0),
    /** It measures the distance. */
    TOTAL_DISTANCE(1),
    /** It tells running from walking. */
    WALKING_OR_RUNNING(2),
    /** It can be calibrated. */
    CALIBRATION(3),
    /** It can be worn at several places. */
    MULTIPLE_SENSOR_LOCATIONS(4);

    /** Reads and writes it. */
    public static final Codec<Features> CODEC = Features.codec(RunningFeature.class, Short.SIZE);

    private final int bit;

    RunningFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
