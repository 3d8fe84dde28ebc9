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
 * Object Changed, characteristic {@code 0x2AC8} of the Object Transfer Service.
 *
 * <pre>
 * field  type    octets  present when  meaning
 * flags  uint8   1       always        bit 0 changed by a client (else by the server), 1 content, 2 metadata, 3 made,
 *                                      4 deleted; others kept
 * id     uint48  6       always        which object, see {@link ObjectId}
 * </pre>
 *
 * @param changes what happened
 * @param id which object, 48 bits
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.6</a>
 */
public record ObjectChanged(Set<Change> changes, long id, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectChanged> CODEC = Codec.of(ObjectChanged::read, ObjectChanged::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int ID_WIDTH = 48;

    /** What happened to an object, in the order of the bits. */
    public enum Change implements Bit {
        /** A client did it; else the server. */
        BY_CLIENT(0x01),
        /** Its content is another. */
        CONTENTS(0x02),
        /** Its metadata is another. */
        METADATA(0x04),
        /** It is new. */
        CREATION(0x08),
        /** It is gone. */
        DELETION(0x10);

        private final int mask;

        Change(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public ObjectChanged {
        changes = Bits.copy(Change.class, changes);
        ObjectId.requireId(id);
        Bits.requireUnknown(remainder, Bits.known(Change.class));
    }

    private int flags() {
        return (int) (Bits.mask(changes) | remainder.unknownFlags());
    }

    private static ObjectChanged read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, Bits.known(Change.class));
        return new ObjectChanged(Bits.set(Change.class, flags), ObjectId.read(in), in.remainder(unknown));
    }

    private static void write(ObjectChanged value, ByteWriter out) {
        out.uint8("flags", value.flags());
        ObjectId.write(value.id, out);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("changes", changes)
                .bits("id", id, ID_WIDTH)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
