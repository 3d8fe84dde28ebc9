package org.openiomt.ble.advertising;

import java.util.UUID;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/** Numbers with the high octet first, as beacons have them. */
final class BigEndian {
    private BigEndian() {}

    /** Reads an unsigned number of {@code size} octets, 1 to 7. */
    static long read(ByteReader in, String field, int size) {
        long value = 0;
        for (byte octet : in.octets(field, size)) {
            value = value << Byte.SIZE | (octet & 0xFF);
        }
        return value;
    }

    /** Writes an unsigned number of {@code size} octets, 1 to 7. */
    static void write(ByteWriter out, String field, long value, int size) {
        for (int shift = Byte.SIZE * (size - 1); shift >= 0; shift -= Byte.SIZE) {
            out.uint8(field, value >>> shift & 0xFF);
        }
    }

    /** Reads 16 octets. */
    static UUID readUuid(ByteReader in, String field) {
        return new UUID(readHalf(in, field), readHalf(in, field));
    }

    /** Writes 16 octets. */
    static void write(ByteWriter out, String field, UUID uuid) {
        writeHalf(out, field, uuid.getMostSignificantBits());
        writeHalf(out, field, uuid.getLeastSignificantBits());
    }

    private static long readHalf(ByteReader in, String field) {
        return read(in, field, 4) << Integer.SIZE | read(in, field, 4);
    }

    private static void writeHalf(ByteWriter out, String field, long half) {
        write(out, field, half >>> Integer.SIZE, 4);
        write(out, field, half & 0xFFFF_FFFFL, 4);
    }
}
