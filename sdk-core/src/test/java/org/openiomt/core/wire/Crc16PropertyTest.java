package org.openiomt.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of check sums; the vectors are in {@link Crc16Test}. */
class Crc16PropertyTest {
    private static final int POLYNOMIAL = 0x1021;

    @Property
    void anyOctetsGiveWhatAShiftBitByBitGives(
            @ForAll Crc16 crc,
            @ForAll @Size(max = 64) byte[] octets,
            @ForAll @IntRange(max = 64) int from,
            @ForAll @IntRange(max = 64) int size) {
        int offset = Math.min(from, octets.length);
        int length = Math.min(size, octets.length - offset);
        int expected = switch (crc) {
            case MCRF4XX -> reflected(bitByBit(0xFFFF, true, octets, offset, length));
            case CCITT_FALSE -> bitByBit(0xFFFF, false, octets, offset, length);
            case X25 -> reflected(bitByBit(0xFFFF, true, octets, offset, length)) ^ 0xFFFF;
            case XMODEM -> bitByBit(0, false, octets, offset, length);
        };
        assertThat(crc.of(octets, offset, length)).isEqualTo(expected);
    }

    /** The division by the polynomial as the catalogue defines it, one bit at a time, highest first. */
    private static int bitByBit(int start, boolean isReflected, byte[] octets, int offset, int length) {
        int register = start;
        for (int i = 0; i < length * Byte.SIZE; i++) {
            int place = i % Byte.SIZE;
            int bit = octets[offset + i / Byte.SIZE] >> (isReflected ? place : Byte.SIZE - 1 - place) & 1;
            int top = register >> 15;
            register = register << 1 & 0xFFFF;
            register ^= top != bit ? POLYNOMIAL : 0;
        }
        return register;
    }

    private static int reflected(int register) {
        return Integer.reverse(register) >>> 16;
    }
}
