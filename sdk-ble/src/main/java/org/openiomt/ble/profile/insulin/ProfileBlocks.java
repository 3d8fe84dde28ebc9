package org.openiomt.ble.profile.insulin;

import java.util.List;
import org.openiomt.core.wire.DecodeException;

/** The one to three blocks of a profile that fit a message; bit 0 says that a second is there, bit 1 a third. */
final class ProfileBlocks {
    private static final int MAX_VALUES = 3;
    private static final int MAX_RANGES = 2;
    private static final int SECOND = 0x01;
    private static final int THIRD = 0x02;

    private ProfileBlocks() {}

    /** Returns the flags that a profile knows. */
    static int more(boolean isRange) {
        return isRange ? SECOND : SECOND | THIRD;
    }

    static List<TimeBlock> read(FieldReader in, int flags, boolean isRange) {
        int present = flags & more(isRange);
        int count = 1 + Integer.bitCount(present);
        if (present == THIRD) {
            throw new DecodeException("flags", in.octets().offset() - 3, "a third block without a second");
        }
        return in.list(count, isRange ? TimeBlock::readRange : TimeBlock::readValue);
    }

    static boolean isRange(List<TimeBlock> blocks) {
        return blocks.get(0).upper().isPresent();
    }

    static int flags(List<TimeBlock> blocks) {
        return (blocks.size() > 1 ? SECOND : 0) | (blocks.size() > 2 ? THIRD : 0);
    }

    static List<TimeBlock> copy(List<TimeBlock> blocks) {
        List<TimeBlock> copy = List.copyOf(blocks);
        if (copy.isEmpty() || copy.size() > (isRange(copy) ? MAX_RANGES : MAX_VALUES)) {
            throw new IllegalArgumentException(
                    "a message holds 1 to 3 values or 1 to 2 ranges, but got " + copy.size());
        }
        if (copy.stream().anyMatch(block -> block.upper().isPresent() != isRange(copy))) {
            throw new IllegalArgumentException("values and ranges do not mix");
        }
        return copy;
    }
}
