package org.openiomt.security.sealed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What is authenticated together: a label that says for what, then each part behind its length, so that no two lists of parts give
 * the same octets.
 * <pre>
 * field   type    octets
 * length  uint32  4       of the label; then the label, ASCII
 * length  uint32  4       of the first part; then the part; and so on
 * </pre>
 */
final class Bound {
    private Bound() {}

    static byte[] octets(String label, byte[]... parts) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        int size = Integer.BYTES + name.length;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(name.length).put(name);
        for (byte[] part : parts) {
            out.putInt(part.length).put(part);
        }
        return out.array();
    }

    /** Returns the SHA-256 of these octets: what is signed. */
    static byte[] digest(String label, byte[]... parts) {
        return sha256().digest(octets(label, parts));
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
