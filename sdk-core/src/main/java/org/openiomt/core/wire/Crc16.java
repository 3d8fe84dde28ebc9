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

    private final int start;
    private final boolean isReflected;
    private final int finalXor;

    @SuppressWarnings("ImmutableEnumChecker") // filled once here and never given away
    private final int[] table = new int[256];

    /** What {@link #table} becomes when an octet of zeros follows, so that two octets take one step. */
    @SuppressWarnings("ImmutableEnumChecker") // filled once here and never given away
    private final int[] followed = new int[256];

    Crc16(int start, boolean isReflected, int finalXor) {
        this.start = start;
        this.isReflected = isReflected;
        this.finalXor = finalXor;
        for (int octet = 0; octet < table.length; octet++) {
            table[octet] = isReflected ? reflectedEntry(octet) : entry(octet);
        }
        for (int octet = 0; octet < followed.length; octet++) {
            followed[octet] = afterOne(table[octet], 0);
        }
    }

    /** Returns the check sum of all octets, 0 to 65,535. */
    public int of(byte[] octets) {
        return of(octets, 0, octets.length);
    }

    /** Returns the check sum of {@code length} octets from {@code offset}, 0 to 65,535. */
    public int of(byte[] octets, int offset, int length) {
        int crc = start;
        int end = offset + length;
        int at = offset;
        for (; at < end - 1; at += 2) {
            crc = afterTwo(crc, octets[at] & 0xFF, octets[at + 1] & 0xFF);
        }
        return (at < end ? afterOne(crc, octets[at] & 0xFF) : crc) ^ finalXor;
    }

    private int afterOne(int crc, int octet) {
        return isReflected
                ? (crc >>> 8) ^ table[(crc ^ octet) & 0xFF]
                : (crc << 8 & 0xFFFF) ^ table[(crc >>> 8) ^ octet];
    }

    private int afterTwo(int crc, int first, int second) {
        int low = isReflected ? first : second;
        int high = isReflected ? second : first;
        int near = (crc & 0xFF) ^ low;
        int far = (crc >>> 8) ^ high;
        return isReflected ? followed[near] ^ table[far] : followed[far] ^ table[near];
    }

    /** Returns the name in the catalogue of check sums, such as {@code CRC-16/CCITT-FALSE}. */
    @Override
    public String toString() {
        return "CRC-16/" + name().replace('_', '-');
    }

    private static int entry(int octet) {
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
