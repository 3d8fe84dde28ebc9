package org.openiomt.ble.profile.authorization;

import java.util.Map;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * ACS Status, characteristic {@code 0x2B2F} of the Authorization Control Service.
 *
 * <pre>
 * field             type    octets  present when  meaning
 * flags             uint8   1       always        bit 0 security controls are on, 1 security is established; others kept
 * restrictionMapId  uint16  2       always        which table of restrictions holds
 * </pre>
 *
 * @param states what holds
 * @param restrictionMapId which table of restrictions holds, 0 to 65,535
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/authorization-control-service-1-0/">ACS 1.0, 3</a>
 */
public record AuthorizationStatus(Set<State> states, int restrictionMapId, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<AuthorizationStatus> CODEC =
            Codec.of(AuthorizationStatus::read, AuthorizationStatus::write);

    private static final int FLAGS_WIDTH = 8;

    /** What holds on this device. */
    public enum State implements Bit {
        /** Its security controls are switched on. */
        SECURITY_CONTROLS(0x01),
        /** This client has keys. */
        SECURITY_ESTABLISHED(0x02);

        private final int mask;

        State(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public AuthorizationStatus {
        states = Bits.copy(State.class, states);
        Bits.requireUnsigned("restrictionMapId", restrictionMapId, 16);
        Bits.requireUnknown(remainder, Bits.known(State.class));
    }

    private int flags() {
        return (int) (Bits.mask(states) | remainder.unknownFlags());
    }

    private static AuthorizationStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, Bits.known(State.class));
        return new AuthorizationStatus(
                Bits.set(State.class, flags), in.uint16("restrictionMapId"), in.remainder(unknown));
    }

    private static void write(AuthorizationStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("restrictionMapId", value.restrictionMapId);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("states", states)
                .put("restrictionMapId", restrictionMapId)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
