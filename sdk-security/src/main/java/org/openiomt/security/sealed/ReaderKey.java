package org.openiomt.security.sealed;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.openiomt.core.spi.AuthenticationException;

/**
 * What makes a reader: the private key that the keys of epochs are wrapped to. There is no forward secrecy against it: who gets it
 * opens everything that was ever sealed for it, and nothing that was sealed after its owner was removed.
 *
 * <p>Safe for use by several threads. {@link #close()} wipes it; copies inside Bouncy Castle go with the collector.
 */
public final class ReaderKey implements AutoCloseable {
    private final ReaderPublicKey publicKey;
    private final byte[] secret;
    private boolean isClosed;

    private ReaderKey(ReaderPublicKey publicKey, byte[] secret) {
        this.publicKey = publicKey;
        this.secret = secret;
    }

    /** Makes a new key. */
    public static ReaderKey generate(SealedSuite suite) {
        HPKE hpke = suite.hpke();
        byte[] secret = hpke.serializePrivateKey(hpke.generatePrivateKey().getPrivate());
        try {
            return of(suite, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Returns the key of these octets.
     *
     * @param secret 32 octets: a private key of X25519, or a seed of X-Wing; copied
     * @throws IllegalArgumentException when there are more or fewer
     */
    static ReaderKey of(SealedSuite suite, byte[] secret) {
        if (secret.length != SealedSuite.SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "a reader's key has " + SealedSuite.SECRET_LENGTH + " octets, but got " + secret.length);
        }
        HPKE hpke = suite.hpke();
        byte[] copy = secret.clone();
        byte[] octets =
                hpke.serializePublicKey(hpke.deserializePrivateKey(copy, null).getPublic());
        return new ReaderKey(ReaderPublicKey.of(suite, octets), copy);
    }

    /** Returns what publishers must know. */
    public ReaderPublicKey publicKey() {
        return publicKey;
    }

    /** Returns a copy of the secret, to be wiped. */
    synchronized byte[] secret() {
        requireOpen();
        return secret.clone();
    }

    /**
     * Opens what {@link ReaderPublicKey#wrap} has made.
     *
     * @return the octets, to be wiped
     * @throws AuthenticationException when it was not made for this key and {@code info}, or the key is closed
     */
    byte[] unwrap(byte[] info, byte[] wrapped) {
        SealedSuite suite = publicKey.suite();
        if (wrapped.length < suite.encapsulationLength()) {
            throw new AuthenticationException();
        }
        byte[] encapsulation = Arrays.copyOf(wrapped, suite.encapsulationLength());
        byte[] sealed = Arrays.copyOfRange(wrapped, suite.encapsulationLength(), wrapped.length);
        HPKE hpke = suite.hpke();
        byte[] copy = secretUnlessClosed();
        try {
            AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(copy, publicKey.octets());
            return hpke.setupBaseR(encapsulation, pair, info).open(publicKey.id(), sealed);
        } catch (RuntimeException | InvalidCipherTextException e) { // one word for every cause
            throw new AuthenticationException();
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    private synchronized byte[] secretUnlessClosed() {
        if (isClosed) {
            throw new AuthenticationException();
        }
        return secret.clone();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "ReaderKey[hidden]";
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the reader's key is closed");
        }
    }
}
