package org.openiomt.ble.profile.location;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Features;
import org.openiomt.core.wire.Codec;

/**
 * LN Feature, characteristic {@code 0x2A6A} of the Location and Navigation Service: the bits of its field. Bits 21 to 31 are
 * reserved.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/location-and-navigation-service-1-0/">LNS 1.0, 3.1</a>
 */
public enum LocationFeature implements Bit {
    /** Speed. */
    SPEED(0),
    /** Distance. */
    TOTAL_DISTANCE(1),
    /** Latitude and longitude. */
    LOCATION(2),
    /** Elevation. */
    ELEVATION(3),
    /** Heading. */
    HEADING(4),
    /** A time that rolls over. */
    ROLLING_TIME(5),
    /** The time in UTC. */
    UTC_TIME(6),
    /** The way that is left. */
    REMAINING_DISTANCE(7),
    /** The climb that is left. */
    REMAINING_VERTICAL_DISTANCE(8),
    /** When one will arrive. */
    ESTIMATED_ARRIVAL(9),
    /** How many beacons the position was computed with. */
    BEACONS_IN_SOLUTION(10),
    /** How many beacons are in view. */
    BEACONS_IN_VIEW(11),
    /** The time to the first fix. */
    TIME_TO_FIRST_FIX(12),
    /** The estimated horizontal error. */
    HORIZONTAL_ERROR(13),
    /** The estimated vertical error. */
    VERTICAL_ERROR(14),
    /** The horizontal dilution of precision. */
    HORIZONTAL_DILUTION(15),
    /** The vertical dilution of precision. */
    VERTICAL_DILUTION(16),
    /** It can leave out fields of its values. */
    CONTENT_MASKING(17),
    /** How often it measures can be set. */
    FIX_RATE(18),
    /** Its elevation can be set. */
    ELEVATION_SETTING(19),
    /** What it says about its position. */
    POSITION_STATUS(20);

    /** Reads and writes it. */
    public static final Codec<Features> CODEC = Features.codec(LocationFeature.class, Integer.SIZE);

    private final int bit;

    LocationFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }
}
