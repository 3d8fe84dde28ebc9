package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Registered User, characteristic {@code 0x2B37} of the User Data Service: one user of a server, as it lists them. Long names
 * are split over packets, each of which begins with a segment header.
 *
 * <pre>
 * field      type   octets      present when  meaning
 * flags      uint8  1           always        bit 0 name, 1 name is cut; others kept
 * userIndex  uint8  1           always        the server's number of the user
 * name       UTF-8  to the end  flags bit 0   as much of the name as the server gives
 * </pre>
 *
 * @param userIndex the server's number of the user, 0 to 255
 * @param name as much of the name as the server gives
 * @param isNameCut whether the name goes on beyond what the server gives
 * @param remainder unknown flags, and trailing octets where there is no name
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1</a>
 */
public record RegisteredUser(int userIndex, Optional<DeviceText> name, boolean isNameCut, Remainder remainder)
        implements Described {

    /** Reads and writes a whole value, without its header. */
    public static final Codec<RegisteredUser> WHOLE = Codec.of(RegisteredUser::read, RegisteredUser::write);

    /** Reads and writes a packet. */
    public static final Codec<Segmented<RegisteredUser>> CODEC = Segmented.codec(WHOLE);

    private static final int FLAGS_WIDTH = 8;
    private static final int NAME = 0x01;
    private static final int CUT = 0x02;
    private static final int KNOWN = NAME | CUT;

    /** Checks the range. */
    public RegisteredUser {
        Bits.requireUnsigned("userIndex", userIndex, Byte.SIZE);
        Bits.requireUnknown(remainder, KNOWN);
        if (name.isPresent() && remainder.trailing().length > 0) {
            throw new IllegalArgumentException("a name goes on to the end, and no octets stand behind it");
        }
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (name.isPresent() ? NAME : 0) | (isNameCut ? CUT : 0) | (int) remainder.unknownFlags();
    }

    private static RegisteredUser read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        int index = in.uint8("userIndex");
        Optional<DeviceText> name = (flags & NAME) != 0 ? Optional.of(DeviceText.read(in, "name")) : Optional.empty();
        return new RegisteredUser(index, name, (flags & CUT) != 0, in.remainder(unknown));
    }

    private static void write(RegisteredUser value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint8("userIndex", value.userIndex);
        value.name.ifPresent(text -> text.writeTo(out));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("userIndex", userIndex)
                .put("name", name)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
