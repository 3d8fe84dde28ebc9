package org.openiomt.security.primitive;

import java.util.Arrays;

/** HMAC (RFC 2104) and HKDF (RFC 5869) over one {@link Hash}. For one thread at a time. */
public final class Kdf {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final Hash hash;
    private final Hasher hasher;
    private final byte[] pad;
    private final byte[] inner;

    /** Computes with {@code hash}. */
    public Kdf(Hash hash) {
        this(hash, hash.hasher());
    }

    /** Computes with a hasher that others use too, in between: each call leaves it at its beginning. */
    public Kdf(Hash hash, Hasher hasher) {
        this.hash = hash;
        this.hasher = hasher;
        this.pad = new byte[hash.blockLength()];
        this.inner = new byte[hash.length()];
    }

    /** Writes the HMAC under {@code key} of all {@code parts}, one after the other. */
    public void hmac(byte[] key, byte[] output, int offset, byte[]... parts) {
        begin(key, INNER);
        for (byte[] part : parts) {
            hasher.update(part);
        }
        hasher.digest(inner, 0);
        begin(key, OUTER);
        hasher.update(inner);
        hasher.digest(output, offset);
        Arrays.fill(pad, (byte) 0);
        Arrays.fill(inner, (byte) 0);
    }

    /**
     * HKDF of the Noise protocol (section 4.3): extracts with {@code salt}, then expands without info, one digest for each
     * output.
     */
    public byte[][] outputs(byte[] salt, byte[] inputKey, int count) {
        byte[] secret = new byte[hash.length()];
        hmac(salt, secret, 0, inputKey);
        byte[][] outputs = new byte[count][hash.length()];
        byte[] number = new byte[1];
        for (int i = 0; i < count; i++) {
            number[0] = (byte) (i + 1);
            if (i == 0) {
                hmac(secret, outputs[i], 0, number);
            } else {
                hmac(secret, outputs[i], 0, outputs[i - 1], number);
            }
        }
        Arrays.fill(secret, (byte) 0);
        return outputs;
    }

    /**
     * Extracts with {@code salt} and expands with {@code info}.
     *
     * @param length at most 255 digests
     */
    public byte[] derive(byte[] salt, byte[] inputKey, byte[] info, int length) {
        if (length < 0 || length > 255 * hash.length()) {
            throw new IllegalArgumentException(
                    "HKDF gives 0 to " + 255 * hash.length() + " octets, but " + length + " were asked for");
        }
        byte[] secret = new byte[hash.length()];
        hmac(salt, secret, 0, inputKey);
        byte[] block = new byte[0];
        byte[] output = new byte[length];
        for (int i = 1, at = 0; at < length; i++) {
            byte[] next = new byte[hash.length()];
            hmac(secret, next, 0, block, info, new byte[] {(byte) i});
            int part = Math.min(next.length, length - at);
            System.arraycopy(next, 0, output, at, part);
            at += part;
            Arrays.fill(block, (byte) 0);
            block = next;
        }
        Arrays.fill(block, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        return output;
    }

    private void begin(byte[] key, byte mask) {
        Arrays.fill(pad, (byte) 0);
        if (key.length > pad.length) {
            hasher.update(key);
            hasher.digest(pad, 0);
        } else {
            System.arraycopy(key, 0, pad, 0, key.length);
        }
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= mask;
        }
        hasher.update(pad);
    }
}
