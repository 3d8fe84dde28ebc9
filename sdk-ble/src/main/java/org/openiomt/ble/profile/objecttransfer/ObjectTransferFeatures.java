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
 * OTS Feature, characteristic {@code 0x2ABD} of the Object Transfer Service: what a server can do with objects.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * actionFeatures  uint32  4       always        bits 0 to 9, see {@link Action}; others kept
 * listFeatures    uint32  4       always        bits 0 to 3, see {@link ListOf}; others kept
 * </pre>
 *
 * @param actionBits what it can do with one object, as sent, 0 to 4,294,967,295
 * @param listBits what it can do with the list of objects, as sent, 0 to 4,294,967,295
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/object-transfer-service-1-0/">OTS 1.0, 3.1</a>
 */
public record ObjectTransferFeatures(long actionBits, long listBits, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<ObjectTransferFeatures> CODEC =
            Codec.of(ObjectTransferFeatures::read, ObjectTransferFeatures::write);

    private static final int WIDTH = 32;

    /** What a server can do with one object, in the order of the bits. */
    public enum Action implements Bit {
        /** Make it. */
        CREATE(0x0001),
        /** Delete it. */
        DELETE(0x0002),
        /** Compute its check sum. */
        CALCULATE_CHECKSUM(0x0004),
        /** Run it. */
        EXECUTE(0x0008),
        /** Send its content. */
        READ(0x0010),
        /** Take its content. */
        WRITE(0x0020),
        /** Take content behind its end. */
        APPEND(0x0040),
        /** Cut it. */
        TRUNCATE(0x0080),
        /** Take content in its midst. */
        PATCH(0x0100),
        /** Stop what is running. */
        ABORT(0x0200);

        private final int mask;

        Action(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** What a server can do with its list of objects, in the order of the bits. */
    public enum ListOf implements Bit {
        /** Go to an object by its number. */
        GO_TO(0x01),
        /** Sort them. */
        ORDER(0x02),
        /** Count them. */
        REQUEST_NUMBER_OF_OBJECTS(0x04),
        /** Take all marks away. */
        CLEAR_MARKING(0x08);

        private final int mask;

        ListOf(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks the ranges. */
    public ObjectTransferFeatures {
        Bits.requireUnsigned("actionFeatures", actionBits, WIDTH);
        Bits.requireUnsigned("listFeatures", listBits, WIDTH);
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns what it can do with one object. */
    public Set<Action> actions() {
        return Bits.set(Action.class, actionBits);
    }

    /** Returns what it can do with the list of objects. */
    public Set<ListOf> lists() {
        return Bits.set(ListOf.class, listBits);
    }

    private static ObjectTransferFeatures read(ByteReader in) {
        return new ObjectTransferFeatures(
                bits(in, "actionFeatures", Bits.known(Action.class)),
                bits(in, "listFeatures", Bits.known(ListOf.class)),
                in.remainder(0));
    }

    private static long bits(ByteReader in, String field, long known) {
        int at = in.offset();
        long bits = in.uint32(field);
        in.unknownBits(field, at, bits, known);
        return bits;
    }

    private static void write(ObjectTransferFeatures value, ByteWriter out) {
        out.uint32("actionFeatures", value.actionBits);
        out.uint32("listFeatures", value.listBits);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("actionFeatures", actionBits, WIDTH)
                .put("actions", actions())
                .bits("listFeatures", listBits, WIDTH)
                .put("lists", lists())
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
