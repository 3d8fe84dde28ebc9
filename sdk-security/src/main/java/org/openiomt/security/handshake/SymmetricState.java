package org.openiomt.security.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;
import org.openiomt.security.primitive.Hasher;
import org.openiomt.security.primitive.Kdf;

/** The chaining key, the transcript's hash and the current key (Noise rev 34, sections 5.1 and 5.2). */
final class SymmetricState implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Suite suite;
    private final Hasher hasher;
    private final Kdf kdf;
    private final byte[] hash;
    private final byte[] chainingKey;

    /** The first {@link Aead#KEY_LENGTH} octets are the key, if there is one. */
    private final byte[] keyOctets;

    private boolean hasKey;
    private @Nullable AeadKey key;

    /** Whether {@link #key} holds what {@link #keyOctets} says: most keys of a handshake are never used. */
    private boolean isKeyCurrent;

    private long nonce;

    SymmetricState(Suite suite, String protocol) {
        this.suite = suite;
        this.hasher = suite.hash().hasher();
        this.kdf = new Kdf(suite.hash(), hasher);
        this.hash = new byte[suite.hash().length()];
        this.keyOctets = new byte[suite.hash().length()];
        byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
        if (name.length <= hash.length) {
            System.arraycopy(name, 0, hash, 0, name.length);
        } else {
            hasher.update(name);
            hasher.digest(hash, 0);
        }
        this.chainingKey = hash.clone();
    }

    /** The values of {@code other}, for going back to them. */
    private SymmetricState(SymmetricState other) {
        this.suite = other.suite;
        this.hasher = other.hasher;
        this.kdf = other.kdf;
        this.hash = other.hash.clone();
        this.chainingKey = other.chainingKey.clone();
        this.keyOctets = other.keyOctets.clone();
        this.hasKey = other.hasKey;
        this.nonce = other.nonce;
    }

    SymmetricState snapshot() {
        return new SymmetricState(this);
    }

    void restore(SymmetricState snapshot) {
        System.arraycopy(snapshot.hash, 0, hash, 0, hash.length);
        System.arraycopy(snapshot.chainingKey, 0, chainingKey, 0, chainingKey.length);
        System.arraycopy(snapshot.keyOctets, 0, keyOctets, 0, keyOctets.length);
        hasKey = snapshot.hasKey;
        nonce = snapshot.nonce;
        isKeyCurrent = false;
    }

    byte[] hash() {
        return hash.clone();
    }

    boolean hasKey() {
        return hasKey;
    }

    void mixHash(byte[] octets, int offset, int length) {
        hasher.update(hash);
        hasher.update(octets, offset, length);
        hasher.digest(hash, 0);
    }

    void mixHash(byte[] octets) {
        mixHash(octets, 0, octets.length);
    }

    void mixKey(byte[] secret) {
        byte[][] outputs = kdf.outputs(chainingKey, secret, 2);
        take(outputs[0], outputs[1]);
    }

    void mixKeyAndHash(byte[] secret) {
        byte[][] outputs = kdf.outputs(chainingKey, secret, 3);
        mixHash(outputs[1]);
        Arrays.fill(outputs[1], (byte) 0);
        take(outputs[0], outputs[2]);
    }

    /** Writes {@code length} octets, sealed if there is a key. Returns how many were written. */
    int encryptAndHash(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        int written = length;
        if (hasKey) {
            key().seal(nonce++, hash, 0, hash.length, NOTHING, input, offset, length, output, outputOffset);
            written += Aead.TAG_LENGTH;
        } else {
            System.arraycopy(input, offset, output, outputOffset, length);
        }
        mixHash(output, outputOffset, written);
        return written;
    }

    /** Returns what {@code length} octets of a message hold. */
    byte[] decryptAndHash(byte[] input, int offset, int length) {
        byte[] output = new byte[hasKey ? Math.max(0, length - Aead.TAG_LENGTH) : length];
        if (hasKey) {
            key().open(nonce, hash, 0, hash.length, NOTHING, input, offset, length, output, 0);
            nonce++;
        } else {
            System.arraycopy(input, offset, output, 0, length);
        }
        mixHash(input, offset, length);
        return output;
    }

    /** Returns the two keys of the session (section 5.2, Split), then a secret for resumption that neither gives away. */
    byte[][] split(byte[] resumptionLabel) {
        byte[][] keys = kdf.outputs(chainingKey, NOTHING, 2);
        byte[] resumption = kdf.outputs(chainingKey, resumptionLabel, 1)[0];
        return new byte[][] {keys[0], keys[1], resumption};
    }

    @Override
    public void close() {
        if (key != null) {
            key.close();
            key = null;
        }
        Arrays.fill(keyOctets, (byte) 0);
        Arrays.fill(chainingKey, (byte) 0);
        hasKey = false;
    }

    private void take(byte[] newChainingKey, byte[] newKey) {
        System.arraycopy(newChainingKey, 0, chainingKey, 0, chainingKey.length);
        System.arraycopy(newKey, 0, keyOctets, 0, keyOctets.length);
        Arrays.fill(newChainingKey, (byte) 0);
        Arrays.fill(newKey, (byte) 0);
        hasKey = true;
        nonce = 0;
        isKeyCurrent = false;
    }

    private AeadKey key() {
        if (key == null) {
            key = suite.aead().key(keyOctets, 0);
        } else if (!isKeyCurrent) {
            key.replace(keyOctets, 0);
        }
        isKeyCurrent = true;
        return key;
    }
}
