package org.openiomt.security.sealed;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** What a publisher knows of a reader: to whom the keys of epochs are wrapped. Immutable. */
public final class ReaderPublicKey {
    /** The length of an id, in octets. */
    static final int ID_LENGTH = 8;

    private static final String LABEL = "OpenIoMT-sealed/1 reader";

    private final SealedSuite suite;
    private final byte[] octets;
    private final byte[] id;

    private ReaderPublicKey(SealedSuite suite, byte[] octets) {
        this.suite = suite;
        this.octets = octets;
        this.id = Arrays.copyOf(Bound.digest(LABEL, new byte[] {(byte) suite.id()}, octets), ID_LENGTH);
    }

    /**
     * Returns the key of these octets.
     *
     * @param octets 32 of X25519 (RFC 7748), or 1,216 of X-Wing; copied
     * @throws IllegalArgumentException when they are no public key of the suite, or one with which every secret is the same
     */
    public static ReaderPublicKey of(SealedSuite suite, byte[] octets) {
        Objects.requireNonNull(suite, "suite");
        if (octets.length != suite.publicKeyLength()) {
            throw new IllegalArgumentException("a reader's public key of suite " + suite.word() + " has "
                    + suite.publicKeyLength() + " octets, but got " + octets.length);
        }
        ReaderPublicKey key = new ReaderPublicKey(suite, octets.clone());
        key.wrap(new byte[0], new byte[0]); // points of small order, and lattices that are none, are refused here
        return key;
    }

    /** Returns the suite. */
    public SealedSuite suite() {
        return suite;
    }

    /** Returns a copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Returns the id that headers name the reader by: the first 8 octets of a hash of suite and key. */
    byte[] id() {
        return id.clone();
    }

    /** Returns the id as 16 hexadecimal digits, to show it and to compare it. */
    public String fingerprint() {
        return HexFormat.of().formatHex(id);
    }

    /**
     * Wraps octets so that only this reader opens them.
     *
     * @return the encapsulation, then the octets and a tag
     * @throws IllegalArgumentException when the key is none
     */
    byte[] wrap(byte[] info, byte[] plain) {
        HPKE hpke = suite.hpke();
        try {
            AsymmetricKeyParameter key = hpke.deserializePublicKey(octets);
            HPKEContextWithEncapsulation context = hpke.setupBaseS(key, info);
            byte[] sealed = context.seal(id, plain);
            byte[] encapsulation = context.getEncapsulation();
            byte[] wrapped = Arrays.copyOf(encapsulation, encapsulation.length + sealed.length);
            System.arraycopy(sealed, 0, wrapped, encapsulation.length, sealed.length);
            return wrapped;
        } catch (RuntimeException | InvalidCipherTextException e) {
            throw new IllegalArgumentException("these octets are no public key of suite " + suite.word(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReaderPublicKey that && suite == that.suite && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "ReaderPublicKey[" + suite.word() + " " + fingerprint() + "]";
    }
}
