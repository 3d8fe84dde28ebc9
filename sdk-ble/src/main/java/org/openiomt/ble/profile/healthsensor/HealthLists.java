package org.openiomt.ble.profile.healthsensor;

import java.util.List;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/** Lists of 32-bit numbers behind an octet that counts them: terms and references. */
final class HealthLists {
    private HealthLists() {}

    /** Checks that a list fits and copies it. */
    static List<Long> codes(List<Long> codes) {
        Bits.requireUnsigned("count", codes.size(), Byte.SIZE);
        codes.forEach(code -> Bits.requireUnsigned("code", code, Integer.SIZE));
        return List.copyOf(codes);
    }

    static List<Long> read(ByteReader in, String field) {
        int count = in.uint8(field);
        return in.list(count, one -> one.uint32(field));
    }

    static void write(ByteWriter out, List<Long> codes) {
        out.uint8("count", codes.size());
        codes.forEach(code -> out.uint32("code", code));
    }
}
