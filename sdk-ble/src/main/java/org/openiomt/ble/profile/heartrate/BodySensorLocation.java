package org.openiomt.ble.profile.heartrate;

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
 * Body Sensor Location, characteristic {@code 0x2A38} of the Heart Rate Service.
 *
 * <pre>
 * field     type   octets  present when  meaning
 * location  uint8  1       always        0 other .. 6 foot; others kept as a raw code
 * </pre>
 *
 * @param code the place as sent, 0 to 255; see {@link #site()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/heart-rate-service-1-0/">HRS 1.0, 3.2</a>
 */
public record BodySensorLocation(int code, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<BodySensorLocation> CODEC = Codec.of(BodySensorLocation::read, BodySensorLocation::write);

    /** Where the sensor is worn, in the order of the codes. */
    public enum Site {
        /** Somewhere else. */
        OTHER,
        /** The chest. */
        CHEST,
        /** The wrist. */
        WRIST,
        /** A finger. */
        FINGER,
        /** The hand. */
        HAND,
        /** The ear lobe. */
        EAR_LOBE,
        /** The foot. */
        FOOT
    }

    /** Checks the range. */
    public BodySensorLocation {
        Bits.requireUnsigned("location", code, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a location without a tail. */
    public static BodySensorLocation of(int code) {
        return new BodySensorLocation(code, Remainder.NONE);
    }

    /** Returns the place, or empty when the standard reserves its code. */
    public Optional<Site> site() {
        return code < Site.values().length ? Optional.of(Site.values()[code]) : Optional.empty();
    }

    private static BodySensorLocation read(ByteReader in) {
        int at = in.offset();
        int code = in.uint8("location");
        if (code >= Site.values().length) {
            in.unforeseen("location", at, "unknown code " + code);
        }
        return new BodySensorLocation(code, in.remainder(0));
    }

    private static void write(BodySensorLocation value, ByteWriter out) {
        out.uint8("location", value.code);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("location", code)
                .put("site", site())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
