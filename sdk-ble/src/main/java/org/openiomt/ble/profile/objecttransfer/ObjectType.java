package org.openiomt.ble.profile.objecttransfer;

import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Object Type, characteristic {@code 0x2ABF} of the Object Transfer Service: what kind of object the current one is.
 *
 * <pre>
 * field  type  octets   present when  meaning
 * type   UUID  2 or 16  always        an assigned number, or a UUID of its maker; 16 octets when there are as many
 * </pre>
 *
 * @param uuid the kind
 * @param octets the octets of the UUID on the wire, 2 or 16
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.2.2</a>
 */
public record ObjectType(UUID uuid, int octets, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectType> CODEC = Codec.of(ObjectType::read, ObjectType::writeTo);

    private static final int SHORT = 2;
    private static final int LONG = 16;
    private static final long BASE_HIGH = 0x0000_0000_0000_1000L;
    private static final long BASE_LOW = 0x8000_0080_5F9B_34FBL;
    private static final int NUMBER_SHIFT = 32;
    private static final int NUMBER_WIDTH = 16;

    /** Checks that the UUID fits its octets. */
    public ObjectType {
        Objects.requireNonNull(uuid, "uuid");
        if (octets != LONG && (octets != SHORT || !uuid.equals(assigned(number(uuid))))) {
            throw new IllegalArgumentException("expected an assigned number in 2 octets or any UUID in 16");
        }
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a kind with an assigned number, 0 to 65,535. */
    public static ObjectType of(int assignedNumber) {
        Bits.requireUnsigned("type", assignedNumber, NUMBER_WIDTH);
        return new ObjectType(assigned(assignedNumber), SHORT, Remainder.NONE);
    }

    /** Returns a kind of its maker. */
    public static ObjectType of(UUID uuid) {
        return new ObjectType(uuid, LONG, Remainder.NONE);
    }

    private static UUID assigned(int number) {
        return new UUID((long) number << NUMBER_SHIFT | BASE_HIGH, BASE_LOW);
    }

    private static int number(UUID uuid) {
        return (int) (uuid.getMostSignificantBits() >>> NUMBER_SHIFT) & 0xFFFF;
    }

    /** Reads a type that goes on to the end of a value. */
    static ObjectType read(ByteReader in) {
        if (in.remaining() < LONG) {
            return new ObjectType(assigned(in.uint16("type")), SHORT, in.remainder(0));
        }
        long low = in.unsigned("type", 4) | in.unsigned("type", 4) << NUMBER_SHIFT;
        long high = in.unsigned("type", 4) | in.unsigned("type", 4) << NUMBER_SHIFT;
        return new ObjectType(new UUID(high, low), LONG, in.remainder(0));
    }

    void writeTo(ByteWriter out) {
        if (octets == SHORT) {
            out.uint16("type", number(uuid));
        } else {
            long low = uuid.getLeastSignificantBits();
            long high = uuid.getMostSignificantBits();
            out.uint32("type", low & 0xFFFF_FFFFL);
            out.uint32("type", low >>> NUMBER_SHIFT);
            out.uint32("type", high & 0xFFFF_FFFFL);
            out.uint32("type", high >>> NUMBER_SHIFT);
        }
        remainder.writeTo(out);
    }

    /** Returns the UUID as text: 4 digits for an assigned number, all 36 characters else. */
    String text() {
        return octets == SHORT ? HexFormat.of().withUpperCase().toHexDigits((short) number(uuid)) : uuid.toString();
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("type", text()).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
