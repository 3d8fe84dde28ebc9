package org.openiomt.ble.profile.authorization;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * ACS Control Point, characteristic {@code 0x2B33} of the Authorization Control Service: how keys are agreed upon and tables of
 * restrictions are chosen.
 *
 * <pre>
 * field    type            octets      present when  meaning
 * segment  segment header  1           always        see {@link org.openiomt.ble.profile.SegmentHeader}
 * opCode   uint8           1           always        what is asked for or answered
 * operand  octets          to the end  always        by its op code; its layouts are not known here, so it is kept as it came
 * </pre>
 *
 * @param opCode what is asked for or answered, 0 to 255
 * @param operand by its op code
 * @see <a href="https://www.bluetooth.com/specifications/specs/authorization-control-service-1-0/">ACS 1.0, 3</a>
 */
public record AuthorizationMessage(int opCode, Opaque operand) implements Described {
    /** Reads and writes one packet, with its segment header. */
    public static final Codec<Segmented<AuthorizationMessage>> CODEC =
            Segmented.codec(Codec.of(AuthorizationMessage::read, AuthorizationMessage::write));

    /** Checks the range. */
    public AuthorizationMessage {
        Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
        Objects.requireNonNull(operand, "operand");
    }

    private static AuthorizationMessage read(ByteReader in) {
        return new AuthorizationMessage(in.uint8("opCode"), Opaque.of(in.octets("operand", in.remaining())));
    }

    private static void write(AuthorizationMessage value, ByteWriter out) {
        out.uint8("opCode", value.opCode);
        out.octets(value.operand.octets());
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("opCode", opCode)
                .octets("operand", operand.octets())
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
