package org.openiomt.core.wire;

/** Check sums of 16 bits with the polynomial 0x1021, as medical device profiles use them. */
public enum Crc16 {
    /** CRC-16/MCRF4XX: start 0xFFFF, reflected, no final change; check value 0x6F91. The Bluetooth health profiles. */
    MCRF4XX(0xFFFF, true, 0),
    /** CRC-16/CCITT-FALSE: start 0xFFFF, not reflected, no final change; check value 0x29B1. Seen in insulin pumps. */
    CCITT_FALSE(0xFFFF, false, 0),
    /** CRC-16/X-25: start 0xFFFF, reflected, inverted at the end; check value 0x906E. Serial monitor protocols. */
    X25(0xFFFF, true, 0xFFFF),
    /** CRC-16/XMODEM: start 0, not reflected, no final change; check value 0x31C3. Serial analysers. */
    XMODEM(0x0000, false, 0);

    private static final int POLYNOMIAL = 0x1021;
    private static final int REFLECTED_POLYNOMIAL = 0x8408;
    private static final int STEP = 16;

    private final int start;
    private final boolean isReflected;
    private final int finalXor;

    /*
     * Row k, entry o: what an octet o leaves when k octets of zeros follow it. So the octets of one step are looked up side by side,
     * none waits for the one before, and their entries are added without carry. The register is kept in the order in which it meets
     * the octets, lowest first, whatever the algorithm; for one that is not reflected that is its two octets swapped.
     */
    @SuppressWarnings("ImmutableEnumChecker") // filled once here and never given away
    private final char[] table = new char[STEP << Byte.SIZE];

    Crc16(int start, boolean isReflected, int finalXor) {
        this.start = start;
        this.isReflected = isReflected;
        this.finalXor = finalXor;
        int row = 1 << Byte.SIZE;
        for (int octet = 0; octet < row; octet++) {
            table[octet] = (char) (isReflected ? reflectedEntry(octet) : swapped(plainEntry(octet)));
        }
        for (int at = row; at < table.length; at++) {
            int before = table[at - row];
            table[at] = (char) ((before >>> Byte.SIZE) ^ table[before & 0xFF]);
        }
    }

    /** Returns the check sum of all octets, 0 to 65,535. */
    public int of(byte[] octets) {
        return of(octets, 0, octets.length);
    }

    /** Returns the check sum of {@code length} octets from {@code offset}, 0 to 65,535. */
    public int of(byte[] octets, int offset, int length) {
        int first = length % STEP;
        int crc = first == 0 ? start : after(start, octets, offset, first);
        for (int at = offset + first; at < offset + length; at += STEP) {
            crc = after(crc, octets, at, STEP);
        }
        return (isReflected ? crc : swapped(crc)) ^ finalXor;
    }

    private int after(int crc, byte[] octets, int from, int count) {
        int sum = entry(count - 1, octets[from] ^ crc);
        if (count == 1) {
            return sum ^ (crc >>> Byte.SIZE);
        }
        sum ^= entry(count - 2, octets[from + 1] ^ (crc >>> Byte.SIZE));
        for (int i = 2; i < count; i++) {
            sum ^= entry(count - 1 - i, octets[from + i]);
        }
        return sum;
    }

    private int entry(int row, int octet) {
        return table[(row << Byte.SIZE) | (octet & 0xFF)];
    }

    private static int swapped(int crc) {
        return (crc >>> Byte.SIZE) | ((crc & 0xFF) << Byte.SIZE);
    }

    /** Returns the name in the catalogue of check sums, such as {@code CRC-16/CCITT-FALSE}. */
    @Override
    public String toString() {
        return "CRC-16/" + name().replace('_', '-');
    }

    private static int plainEntry(int octet) {
        int crc = octet << 8;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
        }
        return crc & 0xFFFF;
    }

    private static int reflectedEntry(int octet) {
        int crc = octet;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
        }
        return crc;
    }
}
