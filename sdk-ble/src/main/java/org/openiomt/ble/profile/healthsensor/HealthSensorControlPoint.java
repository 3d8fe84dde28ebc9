package org.openiomt.ble.profile.healthsensor;

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
 * GHS Control Point, characteristic {@code 0x2BF4} of the Generic Health Sensor Service: starts and stops live observations.
 *
 * <pre>
 * field  type   octets  present when  meaning
 * code   uint8  1       always        1 start, 2 stop; answers: 128 done, 129 busy, 130 live observations are not switched on;
 *                                     others kept and reported, strict refuses
 * </pre>
 *
 * @param code 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record HealthSensorControlPoint(int code, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<HealthSensorControlPoint> CODEC =
            Codec.of(HealthSensorControlPoint::read, HealthSensorControlPoint::write);

    /** What a code means. */
    public enum Meaning {
        /** Send live observations. */
        START(0x01),
        /** Send no more live observations. */
        STOP(0x02),
        /** The command was carried out. */
        DONE(0x80),
        /** The sensor cannot now. */
        BUSY(0x81),
        /** Live observations cannot be sent, because announcements are not switched on. */
        LIVE_NOT_ENABLED(0x82);

        private final int code;

        Meaning(int code) {
            this.code = code;
        }
    }

    /** Checks the range. */
    public HealthSensorControlPoint {
        Bits.requireUnsigned("code", code, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a command or an answer. */
    public static HealthSensorControlPoint of(Meaning meaning) {
        return new HealthSensorControlPoint(meaning.code, Remainder.NONE);
    }

    /** Returns what the code means, unless it is reserved. */
    public Optional<Meaning> meaning() {
        for (Meaning meaning : Meaning.values()) {
            if (meaning.code == code) {
                return Optional.of(meaning);
            }
        }
        return Optional.empty();
    }

    private static HealthSensorControlPoint read(ByteReader in) {
        int at = in.offset();
        HealthSensorControlPoint value = new HealthSensorControlPoint(in.uint8("code"), Remainder.NONE);
        if (value.meaning().isEmpty()) {
            in.unforeseen("code", at, "unknown code " + value.code);
        }
        return new HealthSensorControlPoint(value.code, in.remainder(0));
    }

    private static void write(HealthSensorControlPoint value, ByteWriter out) {
        out.uint8("code", value.code);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("code", code)
                .put("meaning", meaning())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
