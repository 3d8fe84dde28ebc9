package org.openiomt.security.primitive;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key for a JCA cipher that can be wiped; the JDK's own {@code SecretKeySpec} cannot. Shows and stores nothing of itself. */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;
    private final transient String algorithm;
    private transient boolean isDestroyed;

    /** Copies {@link Aead#KEY_LENGTH} octets from {@code offset}. */
    RawKey(String algorithm, byte[] source, int offset) {
        this.algorithm = algorithm;
        this.octets = Arrays.copyOfRange(source, offset, offset + Aead.KEY_LENGTH);
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
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
        return "RawKey[hidden]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key stays in its process");
    }
}
