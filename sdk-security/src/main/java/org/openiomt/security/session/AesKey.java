package org.openiomt.security.session;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** An AES-256 key that can be wiped; the JDK's own {@code SecretKeySpec} cannot. Shows and stores nothing of itself. */
final class AesKey implements SecretKey {
    static final int LENGTH = 32;

    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;
    private transient boolean isDestroyed;

    /** Copies {@link #LENGTH} octets from {@code offset}. */
    AesKey(byte[] source, int offset) {
        this.octets = Arrays.copyOfRange(source, offset, offset + LENGTH);
    }

    /** Returns a key that protects nothing: what a cipher is given to make it forget another. */
    static AesKey dummy() {
        return new AesKey(new byte[LENGTH], 0);
    }

    AesKey copy() {
        return new AesKey(octets, 0);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return octets.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
        isDestroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return isDestroyed;
    }

    @Override
    public String toString() {
        return "AesKey[hidden]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key stays in its process");
    }
}
