package org.openiomt.ble.profile.heartrate;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Heart Rate Control Point, characteristic {@code 0x2A39} of the Heart Rate Service. A server refuses a command that it
 * does not know with the ATT error 0x80.
 *
 * <pre>
 * field    type   octets  present when  meaning
 * command  uint8  1       always        1 reset energy expended; others kept
 * </pre>
 *
 * @param command what to do, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/heart-rate-service-1-0/">HRS 1.0, 3.3</a>
 */
public record HeartRateControlPoint(int command, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<HeartRateControlPoint> CODEC =
            Codec.of(HeartRateControlPoint::read, HeartRateControlPoint::write);

    /** Sets the energy expended back to 0. */
    public static final HeartRateControlPoint RESET_ENERGY_EXPENDED = new HeartRateControlPoint(1, Remainder.NONE);

    /** Checks the range. */
    public HeartRateControlPoint {
        Bits.requireUnsigned("command", command, Byte.SIZE);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static HeartRateControlPoint read(ByteReader in) {
        int at = in.offset();
        int command = in.uint8("command");
        if (command != RESET_ENERGY_EXPENDED.command) {
            in.unforeseen("command", at, "unknown code " + command);
        }
        return new HeartRateControlPoint(command, in.remainder(0));
    }

    private static void write(HeartRateControlPoint value, ByteWriter out) {
        out.uint8("command", value.command);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("command", command).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
