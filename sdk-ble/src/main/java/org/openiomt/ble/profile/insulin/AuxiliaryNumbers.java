package org.openiomt.ble.profile.insulin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;

/** The numbers that a manufacturer adds to an annunciation: a row of uint16, each present when its flag is set. */
final class AuxiliaryNumbers {
    private AuxiliaryNumbers() {}

    static List<OptionalInt> copy(List<OptionalInt> auxiliary, int count) {
        if (auxiliary.size() != count) {
            throw new IllegalArgumentException("expected " + count + " auxiliary numbers, but got " + auxiliary.size());
        }
        auxiliary.forEach(number -> Bits.requireUnsigned("auxiliary", number, Short.SIZE));
        return List.copyOf(auxiliary);
    }

    /**
     * Reads a row.
     *
     * @param flags bit 0 says whether the first is there
     * @param first the number in the name of the first
     */
    static List<OptionalInt> read(FieldReader in, int flags, int first, int count) {
        List<OptionalInt> auxiliary = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            auxiliary.add(in.uint16If(flags & 1 << i, "auxiliary" + (first + i)));
        }
        return auxiliary;
    }

    static int flags(List<OptionalInt> auxiliary) {
        int flags = 0;
        for (int i = 0; i < auxiliary.size(); i++) {
            flags |= auxiliary.get(i).isPresent() ? 1 << i : 0;
        }
        return flags;
    }

    static void write(FieldWriter out, int first, List<OptionalInt> auxiliary) {
        for (int i = 0; i < auxiliary.size(); i++) {
            out.uint16("auxiliary" + (first + i), auxiliary.get(i));
        }
    }
}
