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
 * Object ID, characteristic {@code 0x2AC3} of the Object Transfer Service: the number of the current object.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * id     uint48  6       always        0 the list of all objects; 1 to 255 reserved: kept and reported, strict refuses
 * </pre>
 *
 * @param id the number, 48 bits
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.2.6</a>
 */
public record ObjectId(long id, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectId> CODEC =
            Codec.of(in -> new ObjectId(read(in), in.remainder(0)), ObjectId::write);

    private static final int SIZE = 6;
    private static final int WIDTH = 48;
    private static final int FIRST = 256;

    /** Checks the range. */
    public ObjectId {
        requireId(id);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a number without a tail. */
    public static ObjectId of(long id) {
        return new ObjectId(id, Remainder.NONE);
    }

    /** Whether it is the list of all objects. */
    public boolean isDirectoryListing() {
        return id == 0;
    }

    static void requireId(long id) {
        Bits.requireUnsigned("id", id, WIDTH);
    }

    /** Reads the field, which other values hold too. */
    static long read(ByteReader in) {
        int at = in.offset();
        long id = in.unsigned("id", SIZE);
        if (id > 0 && id < FIRST) {
            in.unforeseen("id", at, "expected 0 or 256 and more, but got the reserved number " + id);
        }
        return id;
    }

    /** Writes the field. */
    static void write(long id, ByteWriter out) {
        out.unsigned("id", id, SIZE);
    }

    private static void write(ObjectId value, ByteWriter out) {
        write(value.id, out);
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
