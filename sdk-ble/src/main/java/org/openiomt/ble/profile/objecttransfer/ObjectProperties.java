package org.openiomt.ble.profile.objecttransfer;

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
 * Object Properties, characteristic {@code 0x2AC4} of the Object Transfer Service: what may be done with the current object.
 *
 * <pre>
 * field       type    octets  present when  meaning
 * properties  uint32  4       always        bits 0 to 7, see {@link Property}; others kept
 * </pre>
 *
 * @param allowed what may be done
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.2.8</a>
 */
public record ObjectProperties(Set<Property> allowed, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectProperties> CODEC = Codec.of(ObjectProperties::read, ObjectProperties::write);

    private static final int WIDTH = 32;

    /** What may be done with an object, in the order of the bits. */
    public enum Property implements Bit {
        /** Delete it. */
        DELETE(0x01),
        /** Run it. */
        EXECUTE(0x02),
        /** Read it. */
        READ(0x04),
        /** Write it. */
        WRITE(0x08),
        /** Write behind its end. */
        APPEND(0x10),
        /** Cut it. */
        TRUNCATE(0x20),
        /** Write in its midst. */
        PATCH(0x40),
        /** It is marked. */
        MARK(0x80);

        private final int mask;

        Property(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public ObjectProperties {
        allowed = Bits.copy(Property.class, allowed);
        Bits.requireUnknown(remainder, Bits.known(Property.class));
    }

    private long bits() {
        return Bits.mask(allowed) | remainder.unknownFlags();
    }

    private static ObjectProperties read(ByteReader in) {
        int at = in.offset();
        long bits = in.uint32("properties");
        long unknown = in.unknownBits("properties", at, bits, Bits.known(Property.class));
        return new ObjectProperties(Bits.set(Property.class, bits), in.remainder(unknown));
    }

    private static void write(ObjectProperties value, ByteWriter out) {
        out.uint32("properties", value.bits());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("properties", bits(), WIDTH)
                .put("allowed", allowed)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
