package org.openiomt.ble.profile.positioning;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.ScalarValue;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A number of the Indoor Positioning Service: one characteristic for each {@link Kind}, one number in each.
 *
 * <pre>
 * field     type            octets  present when  meaning
 * the kind  see the table   1 to 4  always        the number in the steps of the table of {@link Kind}
 * </pre>
 *
 * A server refuses a number that it cannot use with the ATT error 0x80.
 *
 * @param kind what it says of the place
 * @param value the number in the unit of its kind; NaN when nobody has set it
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/indoor-positioning-service-1-0/">IPS 1.0, 3</a>
 */
public record Position(Kind kind, MedicalFloat value, Remainder remainder) implements ScalarValue {

    /** Gives the number the resolution of the wire. */
    public Position {
        value = Objects.requireNonNull(kind, "kind").scalar.atResolution(value);
        Bits.requireUnknown(remainder, ~0L);
    }

    @Override
    public Scalar scalar() {
        return kind.scalar;
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }

    /** The table: UUID, name, octets, step with unit, range, and the code for "not set". */
    @SuppressWarnings("ImmutableEnumChecker") // a Profile is a record of a stateless codec
    public enum Kind {
        /** North of the equator, WGS 84. */
        LATITUDE(
                "2AAE",
                "Latitude",
                Scalar.of(IntegerForm.SINT32, "latitude", "0.0000001 deg").between("-90", "90")),
        /** East of Greenwich, WGS 84. */
        LONGITUDE(
                "2AAF",
                "Longitude",
                Scalar.of(IntegerForm.SINT32, "longitude", "0.0000001 deg").between("-180", "180")),
        /** North of a point that the building has chosen. */
        LOCAL_NORTH("2AB0", "Local North Coordinate", metres("localNorthCoordinate")),
        /** East of a point that the building has chosen. */
        LOCAL_EAST("2AB1", "Local East Coordinate", metres("localEastCoordinate")),
        /** The octet less 20; -20 and 234 also stand for all that is below or above. */
        FLOOR_NUMBER(
                "2AB2",
                "Floor Number",
                Scalar.of(IntegerForm.UINT8, "floorNumber", "1 1").from(-20).unknown(0xFF)),
        /** Above the WGS 84 ellipsoid: the octets less 1000; the lowest and highest also stand for all beyond. */
        ALTITUDE(
                "2AB3",
                "Altitude",
                Scalar.of(IntegerForm.UINT16, "altitude", "0.1 m").from(-1000).unknown(0xFFFF));

        private final Scalar scalar;
        private final Profile<Position> profile;

        Kind(String uuid, String name, Scalar scalar) {
            this.scalar = scalar;
            this.profile = new Profile<>(
                    uuid,
                    name,
                    scalar.codec((value, remainder) -> new Position(this, value, remainder)),
                    Position.class);
        }

        /** Returns the characteristic. */
        public Profile<Position> profile() {
            return profile;
        }

        /** Returns how the number stands in its octets. */
        public Scalar scalar() {
            return scalar;
        }

        /**
         * Returns a number.
         *
         * @param value in the unit of this kind; NaN where it has a code for "not set"
         * @throws IllegalArgumentException when the octets cannot bear it
         */
        public Position of(MedicalFloat value) {
            return new Position(this, value, Remainder.NONE);
        }

        private static Scalar metres(String field) {
            return Scalar.of(IntegerForm.SINT16, field, "0.1 m").unknown(-0x8000);
        }
    }
}
