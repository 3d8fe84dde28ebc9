package org.openiomt.ble.profile.speedcadence;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Sensor Location, characteristic {@code 0x2A5D} of the Running Speed and Cadence, the Cycling Speed and Cadence and the
 * Cycling Power Service.
 *
 * <pre>
 * field     type   octets  present when  meaning
 * location  uint8  1       always        0 other .. 16 chain ring; others kept as a raw code
 * </pre>
 *
 * @param code the place as sent, 0 to 255; see {@link #place()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-speed-and-cadence-service-1-0/">CSCS 1.0, 3.3</a>
 */
public record SensorLocation(int code, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<SensorLocation> CODEC = Codec.of(SensorLocation::read, SensorLocation::write);

    /** Where a sensor is, in the order of the codes. */
    public enum Place {
        /** Somewhere else. */
        OTHER,
        /** On top of a shoe. */
        TOP_OF_SHOE,
        /** In a shoe. */
        IN_SHOE,
        /** At the hip. */
        HIP,
        /** At the front wheel. */
        FRONT_WHEEL,
        /** At the left crank. */
        LEFT_CRANK,
        /** At the right crank. */
        RIGHT_CRANK,
        /** At the left pedal. */
        LEFT_PEDAL,
        /** At the right pedal. */
        RIGHT_PEDAL,
        /** At the front hub. */
        FRONT_HUB,
        /** At the rear dropout. */
        REAR_DROPOUT,
        /** At the chainstay. */
        CHAINSTAY,
        /** At the rear wheel. */
        REAR_WHEEL,
        /** At the rear hub. */
        REAR_HUB,
        /** At the chest. */
        CHEST,
        /** At the spider of the crank. */
        SPIDER,
        /** At the chain ring. */
        CHAIN_RING;

        /** Returns the code on the wire, 0 to 16. */
        @SuppressWarnings("EnumOrdinal") // the standard numbers them in this order
        public int code() {
            return ordinal();
        }

        /** Returns the place of a code, or empty when the standard reserves it. */
        public static Optional<Place> of(int code) {
            return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
        }
    }

    /** Checks the range. */
    public SensorLocation {
        Bits.requireUnsigned("location", code, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a location without a tail. */
    public static SensorLocation of(Place place) {
        return new SensorLocation(place.code(), Remainder.NONE);
    }

    /** Returns the place, or empty when the standard reserves its code. */
    public Optional<Place> place() {
        return Place.of(code);
    }

    private static SensorLocation read(ByteReader in) {
        int at = in.offset();
        int code = in.uint8("location");
        if (Place.of(code).isEmpty()) {
            in.unforeseen("location", at, "unknown code " + code);
        }
        return new SensorLocation(code, in.remainder(0));
    }

    private static void write(SensorLocation value, ByteWriter out) {
        out.uint8("location", value.code);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("location", code)
                .put("place", place())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
