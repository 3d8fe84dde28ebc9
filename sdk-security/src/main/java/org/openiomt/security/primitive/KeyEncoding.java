package org.openiomt.security.primitive;

import java.util.Arrays;
import java.util.HexFormat;

/** How a JCA provider takes and gives the keys of one kind (X.509, PKCS #8): always the same octets, then the key itself. */
final class KeyEncoding {
    private final byte[] prefix;
    private final int keyLength;

    /** Puts {@code prefix}, in hexadecimal, before keys of this length. */
    KeyEncoding(String prefix, int keyLength) {
        this.prefix = HexFormat.of().parseHex(prefix);
        this.keyLength = keyLength;
    }

    /** Returns the encoding of a key, a new array. */
    byte[] encode(byte[] key) {
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, encoded, prefix.length, key.length);
        return encoded;
    }

    /** Returns the key at the end of what a provider gave. */
    byte[] decode(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - keyLength, encoded.length);
    }
}
