package org.openiomt.ble.profile.location;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DateTimeCodec;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Location and Speed, characteristic {@code 0x2A67} of the Location and Navigation Service. A sensor may spread what it knows
 * over several values; each is whole for itself.
 *
 * <pre>
 * field                    type       octets  present when  meaning
 * flags                    uint16     2       always        bits 0 to 6 presence; 7-8 position status; bit 9 speed and
 *                                                           distance are in space (not on the ground); 10-11 source of the
 *                                                           elevation; bit 12 heading by compass (not by movement);
 *                                                           others kept
 * speedCentimetrePerSecond uint16     2       flags bit 0   0.01 m/s
 * totalDistanceDecimetre   uint24     3       flags bit 1   0.1 m
 * latitude7                int32      4       flags bit 2   10<sup>-7</sup> deg, north of the equator
 * longitude7               int32      4       flags bit 2   10<sup>-7</sup> deg, east of Greenwich
 * elevationCentimetre      int24      3       flags bit 3   0.01 m
 * headingHundredthsDegree  uint16     2       flags bit 4   0.01 deg
 * rollingTimeSecond        uint8      1       flags bit 5   s, rolls over
 * utcTime                  date-time  7       flags bit 6   UTC; 0 = part not known
 * </pre>
 *
 * @param speedCentimetrePerSecond the speed in 0.01 m/s, 0 to 65,535
 * @param totalDistanceDecimetre the distance in 0.1 m, 0 to 16,777,215
 * @param location the place
 * @param elevationCentimetre the elevation in 0.01 m, -8,388,608 to 8,388,607
 * @param headingHundredthsDegree the heading in 0.01 degrees, 0 to 65,535; a sound sensor stays below 36,000
 * @param rollingTimeSecond a time in seconds that rolls over, 0 to 255
 * @param utcTime when, in UTC
 * @param positionStatus what the sensor says about its position
 * @param dimensions whether speed and distance are on the ground or in space
 * @param elevationSource where the elevation comes from
 * @param headingSource where the heading comes from
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/location-and-navigation-service-1-0/">LNS 1.0, 3.2</a>
 */
public record LocationAndSpeed(
        OptionalInt speedCentimetrePerSecond,
        OptionalInt totalDistanceDecimetre,
        Optional<Place> location,
        OptionalInt elevationCentimetre,
        OptionalInt headingHundredthsDegree,
        OptionalInt rollingTimeSecond,
        Optional<DeviceDateTime> utcTime,
        PositionStatus positionStatus,
        Dimensions dimensions,
        ElevationSource elevationSource,
        HeadingSource headingSource,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<LocationAndSpeed> CODEC = Codec.of(LocationAndSpeed::read, LocationAndSpeed::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int SPEED = 1;
    private static final int DISTANCE = 1 << 1;
    private static final int LOCATION = 1 << 2;
    private static final int ELEVATION = 1 << 3;
    private static final int HEADING = 1 << 4;
    private static final int ROLLING_TIME = 1 << 5;
    private static final int UTC_TIME = 1 << 6;
    private static final int STATUS_SHIFT = 7;
    private static final int IN_SPACE = 1 << 9;
    private static final int ELEVATION_SHIFT = 10;
    private static final int ELEVATION_SOURCE = 3;
    private static final int COMPASS = 1 << 12;
    private static final int KNOWN = (COMPASS << 1) - 1;

    /**
     * A place on the earth.
     *
     * @param latitude7 10<sup>-7</sup> degrees north of the equator; a sound sensor stays within 90 degrees
     * @param longitude7 10<sup>-7</sup> degrees east of Greenwich; a sound sensor stays within 180 degrees
     */
    public record Place(int latitude7, int longitude7) {
        /** Hides the place. */
        @Override
        public String toString() {
            return "Place[]";
        }
    }

    /** Whether speed and distance are on the ground or in space. */
    public enum Dimensions {
        /** On the ground. */
        TWO,
        /** In space. */
        THREE
    }

    /** Where an elevation comes from; two bits, in the order of their value. */
    public enum ElevationSource {
        /** From the positioning system. */
        POSITIONING_SYSTEM(0),
        /** From the pressure of the air. */
        AIR_PRESSURE(1),
        /** From a database. */
        DATABASE(2),
        /** From elsewhere. */
        OTHER(3);

        private final int bits;

        ElevationSource(int bits) {
            this.bits = bits;
        }
    }

    /** Checks the ranges. */
    public LocationAndSpeed {
        Bits.requireUnsigned("speedCentimetrePerSecond", speedCentimetrePerSecond, Short.SIZE);
        Bits.requireUnsigned("totalDistanceDecimetre", totalDistanceDecimetre, 24);
        Objects.requireNonNull(location, "location");
        elevationCentimetre.ifPresent(value -> IntegerForm.SINT24.require("elevationCentimetre", value));
        Bits.requireUnsigned("headingHundredthsDegree", headingHundredthsDegree, Short.SIZE);
        Bits.requireUnsigned("rollingTimeSecond", rollingTimeSecond, Byte.SIZE);
        Objects.requireNonNull(utcTime, "utcTime");
        Objects.requireNonNull(positionStatus, "positionStatus");
        Objects.requireNonNull(dimensions, "dimensions");
        Objects.requireNonNull(elevationSource, "elevationSource");
        Objects.requireNonNull(headingSource, "headingSource");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags of this value: what is present, what is said about it, and the unknown bits. */
    public int flags() {
        return (speedCentimetrePerSecond.isPresent() ? SPEED : 0)
                | (totalDistanceDecimetre.isPresent() ? DISTANCE : 0)
                | (location.isPresent() ? LOCATION : 0)
                | (elevationCentimetre.isPresent() ? ELEVATION : 0)
                | (headingHundredthsDegree.isPresent() ? HEADING : 0)
                | (rollingTimeSecond.isPresent() ? ROLLING_TIME : 0)
                | (utcTime.isPresent() ? UTC_TIME : 0)
                | positionStatus.flags(STATUS_SHIFT)
                | (dimensions == Dimensions.THREE ? IN_SPACE : 0)
                | elevationSource.bits << ELEVATION_SHIFT
                | (headingSource == HeadingSource.COMPASS ? COMPASS : 0)
                | (int) remainder.unknownFlags();
    }

    private static LocationAndSpeed read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new LocationAndSpeed(
                (flags & SPEED) != 0 ? OptionalInt.of(in.uint16("speedCentimetrePerSecond")) : OptionalInt.empty(),
                (flags & DISTANCE) != 0 ? OptionalInt.of(in.uint24("totalDistanceDecimetre")) : OptionalInt.empty(),
                (flags & LOCATION) != 0
                        ? Optional.of(new Place(in.int32("latitude7"), in.int32("longitude7")))
                        : Optional.empty(),
                (flags & ELEVATION) != 0 ? OptionalInt.of(in.int24("elevationCentimetre")) : OptionalInt.empty(),
                (flags & HEADING) != 0 ? OptionalInt.of(in.uint16("headingHundredthsDegree")) : OptionalInt.empty(),
                (flags & ROLLING_TIME) != 0 ? OptionalInt.of(in.uint8("rollingTimeSecond")) : OptionalInt.empty(),
                (flags & UTC_TIME) != 0 ? Optional.of(DateTimeCodec.read(in, "utcTime")) : Optional.empty(),
                PositionStatus.from(flags, STATUS_SHIFT),
                (flags & IN_SPACE) != 0 ? Dimensions.THREE : Dimensions.TWO,
                ElevationSource.values()[flags >> ELEVATION_SHIFT & ELEVATION_SOURCE],
                (flags & COMPASS) != 0 ? HeadingSource.COMPASS : HeadingSource.MOVEMENT,
                in.remainder(unknown));
    }

    private static void write(LocationAndSpeed value, ByteWriter out) {
        out.uint16("flags", value.flags());
        value.speedCentimetrePerSecond.ifPresent(speed -> out.uint16("speedCentimetrePerSecond", speed));
        value.totalDistanceDecimetre.ifPresent(distance -> out.uint24("totalDistanceDecimetre", distance));
        value.location.ifPresent(place -> {
            out.int32("latitude7", place.latitude7);
            out.int32("longitude7", place.longitude7);
        });
        value.elevationCentimetre.ifPresent(elevation -> out.int24("elevationCentimetre", elevation));
        value.headingHundredthsDegree.ifPresent(heading -> out.uint16("headingHundredthsDegree", heading));
        value.rollingTimeSecond.ifPresent(time -> out.uint8("rollingTimeSecond", time));
        value.utcTime.ifPresent(time -> DateTimeCodec.write(out, "utcTime", time));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("speedCentimetrePerSecond", speedCentimetrePerSecond)
                .put("totalDistanceDecimetre", totalDistanceDecimetre)
                .put("latitude7", location.map(Place::latitude7))
                .put("longitude7", location.map(Place::longitude7))
                .put("elevationCentimetre", elevationCentimetre)
                .put("headingHundredthsDegree", headingHundredthsDegree)
                .put("rollingTimeSecond", rollingTimeSecond)
                .put("utcTime", utcTime)
                .put("positionStatus", positionStatus);
        if (speedCentimetrePerSecond.isPresent() || totalDistanceDecimetre.isPresent()) {
            fields.put("dimensions", dimensions);
        }
        if (elevationCentimetre.isPresent()) {
            fields.put("elevationSource", elevationSource);
        }
        if (headingHundredthsDegree.isPresent()) {
            fields.put("headingSource", headingSource);
        }
        return fields.remainder(remainder, FLAGS_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
