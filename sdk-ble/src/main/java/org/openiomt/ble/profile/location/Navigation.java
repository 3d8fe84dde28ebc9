package org.openiomt.ble.profile.location;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
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
 * Navigation, characteristic {@code 0x2A68} of the Location and Navigation Service.
 *
 * <pre>
 * field                        type       octets  present when  meaning
 * flags                        uint16     2       always        bits 0 to 2 presence; 3-4 position status; bit 5 heading by
 *                                                               compass (not by movement); bits 6 to 8 see {@link Sign};
 *                                                               others kept
 * bearingHundredthsDegree      uint16     2       always        0.01 deg
 * headingHundredthsDegree      uint16     2       always        0.01 deg
 * remainingDistanceDecimetre   uint24     3       flags bit 0   0.1 m
 * remainingVerticalCentimetre  int24      3       flags bit 1   0.01 m
 * estimatedArrival             date-time  7       flags bit 2   0 = part not known
 * </pre>
 *
 * @param bearingHundredthsDegree where to go in 0.01 degrees, 0 to 65,535; a sound sensor stays below 36,000
 * @param headingHundredthsDegree where one goes in 0.01 degrees, 0 to 65,535; a sound sensor stays below 36,000
 * @param remainingDistanceDecimetre the way that is left in 0.1 m, 0 to 16,777,215
 * @param remainingVerticalCentimetre the climb that is left in 0.01 m, -8,388,608 to 8,388,607
 * @param estimatedArrival when one will arrive
 * @param positionStatus what the sensor says about its position
 * @param headingSource where the heading comes from
 * @param signs what else holds
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/location-and-navigation-service-1-0/">LNS 1.0, 3.5</a>
 */
public record Navigation(
        int bearingHundredthsDegree,
        int headingHundredthsDegree,
        OptionalInt remainingDistanceDecimetre,
        OptionalInt remainingVerticalCentimetre,
        Optional<DeviceDateTime> estimatedArrival,
        PositionStatus positionStatus,
        HeadingSource headingSource,
        Set<Sign> signs,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<Navigation> CODEC = Codec.of(Navigation::read, Navigation::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int DISTANCE = 1;
    private static final int VERTICAL = 1 << 1;
    private static final int ARRIVAL = 1 << 2;
    private static final int STATUS_SHIFT = 3;
    private static final int COMPASS = 1 << 5;
    private static final long KNOWN =
            DISTANCE | VERTICAL | ARRIVAL | PositionStatus.mask(STATUS_SHIFT) | COMPASS | Bits.known(Sign.class);

    /** What a bit alone tells. */
    public enum Sign implements Bit {
        /** All numbers are about the destination; without this sign they are about the next waypoint. */
        TO_DESTINATION(6),
        /** The waypoint was reached. */
        WAYPOINT_REACHED(7),
        /** The destination was reached. */
        DESTINATION_REACHED(8);

        private final int bit;

        Sign(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** Checks the ranges. */
    public Navigation {
        Bits.requireUnsigned("bearingHundredthsDegree", bearingHundredthsDegree, Short.SIZE);
        Bits.requireUnsigned("headingHundredthsDegree", headingHundredthsDegree, Short.SIZE);
        Bits.requireUnsigned("remainingDistanceDecimetre", remainingDistanceDecimetre, 24);
        remainingVerticalCentimetre.ifPresent(
                value -> IntegerForm.SINT24.require("remainingVerticalCentimetre", value));
        Objects.requireNonNull(estimatedArrival, "estimatedArrival");
        Objects.requireNonNull(positionStatus, "positionStatus");
        Objects.requireNonNull(headingSource, "headingSource");
        signs = Bits.copy(Sign.class, signs);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags of this value: what is present, what is said about it, and the unknown bits. */
    public int flags() {
        return (remainingDistanceDecimetre.isPresent() ? DISTANCE : 0)
                | (remainingVerticalCentimetre.isPresent() ? VERTICAL : 0)
                | (estimatedArrival.isPresent() ? ARRIVAL : 0)
                | positionStatus.flags(STATUS_SHIFT)
                | (headingSource == HeadingSource.COMPASS ? COMPASS : 0)
                | (int) (Bits.mask(signs) | remainder.unknownFlags());
    }

    private static Navigation read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new Navigation(
                in.uint16("bearingHundredthsDegree"),
                in.uint16("headingHundredthsDegree"),
                (flags & DISTANCE) != 0 ? OptionalInt.of(in.uint24("remainingDistanceDecimetre")) : OptionalInt.empty(),
                (flags & VERTICAL) != 0 ? OptionalInt.of(in.int24("remainingVerticalCentimetre")) : OptionalInt.empty(),
                (flags & ARRIVAL) != 0 ? Optional.of(DateTimeCodec.read(in, "estimatedArrival")) : Optional.empty(),
                PositionStatus.from(flags, STATUS_SHIFT),
                (flags & COMPASS) != 0 ? HeadingSource.COMPASS : HeadingSource.MOVEMENT,
                Bits.set(Sign.class, flags),
                in.remainder(unknown));
    }

    private static void write(Navigation value, ByteWriter out) {
        out.uint16("flags", value.flags());
        out.uint16("bearingHundredthsDegree", value.bearingHundredthsDegree);
        out.uint16("headingHundredthsDegree", value.headingHundredthsDegree);
        value.remainingDistanceDecimetre.ifPresent(way -> out.uint24("remainingDistanceDecimetre", way));
        value.remainingVerticalCentimetre.ifPresent(climb -> out.int24("remainingVerticalCentimetre", climb));
        value.estimatedArrival.ifPresent(time -> DateTimeCodec.write(out, "estimatedArrival", time));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("bearingHundredthsDegree", bearingHundredthsDegree)
                .put("headingHundredthsDegree", headingHundredthsDegree)
                .put("remainingDistanceDecimetre", remainingDistanceDecimetre)
                .put("remainingVerticalCentimetre", remainingVerticalCentimetre)
                .put("estimatedArrival", estimatedArrival)
                .put("positionStatus", positionStatus)
                .put("headingSource", headingSource)
                .put("signs", signs)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
