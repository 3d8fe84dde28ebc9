package org.openiomt.ble.profile.emergency;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Emergency ID, characteristic {@code 0x2B2D} of the Emergency Configuration Service: a random number by which a network knows
 * the device. It names a person's device, so {@code toString} hides it.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * id     uint48  6       always        the first 48 bits of a random number
 * </pre>
 *
 * @param id 0 to 2^48 - 1
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/emergency-configuration-service-1-0/">ECS 1.0</a>
 */
public record EmergencyId(long id, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<EmergencyId> CODEC = Codec.of(EmergencyId::read, EmergencyId::write);

    private static final int OCTETS = 6;
    private static final int WIDTH = 48;

    /** Checks the range. */
    public EmergencyId {
        Bits.requireUnsigned("id", id, WIDTH);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static EmergencyId read(ByteReader in) {
        return new EmergencyId(in.unsigned("id", OCTETS), in.remainder(0));
    }

    private static void write(EmergencyId value, ByteWriter out) {
        out.unsigned("id", value.id, OCTETS);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().bits("id", id, WIDTH).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
