package org.openiomt.ble.profile.objecttransfer;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Object Size, characteristic {@code 0x2AC0} of the Object Transfer Service.
 *
 * <pre>
 * field            type    octets  present when  meaning
 * currentOctets    uint32  4       always        how many octets the current object has
 * allocatedOctets  uint32  4       always        how many it may have
 * </pre>
 *
 * @param currentOctets how many octets it has, 0 to 4,294,967,295
 * @param allocatedOctets how many it may have, 0 to 4,294,967,295
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.2.3</a>
 */
public record ObjectSize(long currentOctets, long allocatedOctets, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectSize> CODEC = Codec.of(ObjectSize::read, ObjectSize::write);

    /** Checks the ranges. */
    public ObjectSize {
        Bits.requireUnsigned("currentOctets", currentOctets, 32);
        Bits.requireUnsigned("allocatedOctets", allocatedOctets, 32);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static ObjectSize read(ByteReader in) {
        return new ObjectSize(in.uint32("currentOctets"), in.uint32("allocatedOctets"), in.remainder(0));
    }

    private static void write(ObjectSize value, ByteWriter out) {
        out.uint32("currentOctets", value.currentOctets);
        out.uint32("allocatedOctets", value.allocatedOctets);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("currentOctets", currentOctets)
                .put("allocatedOctets", allocatedOctets)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
