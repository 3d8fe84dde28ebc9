package org.openiomt.examples.cli;

import java.util.HexFormat;

/** Octets as people paste them: {@code 1E8A00}, {@code 0x1E8A00}, {@code 1e 8a 00}, {@code 1E:8A:00}, {@code 1E-8A-00}. */
public final class HexText {
    private HexText() {}

    /**
     * Reads octets.
     *
     * @throws IllegalArgumentException when there is something else than hexadecimal digits, or half an octet; says where
     */
    public static byte[] parse(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPrefix = c == '0' && i + 1 < text.length() && (text.charAt(i + 1) | 0x20) == 'x';
            if (isPrefix) {
                i++;
            } else if (Character.digit(c, 16) >= 0 && c < 0x80) {
                digits.append(c);
            } else if (!Character.isWhitespace(c) && c != ':' && c != '-' && c != ',') {
                throw new IllegalArgumentException(
                        "expected hexadecimal digits, but character " + (i + 1) + " is something else");
            }
        }
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected two hexadecimal digits an octet, but got " + digits.length() + " digits");
        }
        return HexFormat.of().parseHex(digits);
    }
}
