package org.openiomt.security.primitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;

/** An authenticated cipher of a JCA provider. */
final class JcaAead implements Aead {
    private static final int NONCE_LENGTH = 12;
    private static final int COUNTER_OFFSET = 4;
    private static final byte[] NOTHING = {};
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What differs between the ciphers, but for the order of the nonce's octets (Noise rev 34, section 12). */
    enum Kind {
        AES_GCM("AESGCM", "AES", "AES/GCM/NoPadding"),
        CHACHA20_POLY1305("ChaChaPoly", "ChaCha20", "ChaCha20-Poly1305");

        private final String noiseName;
        private final String keyAlgorithm;
        private final String transformation;

        Kind(String noiseName, String keyAlgorithm, String transformation) {
            this.noiseName = noiseName;
            this.keyAlgorithm = keyAlgorithm;
            this.transformation = transformation;
        }
    }

    private final Kind kind;
    private final Provider provider;

    /** Computes {@code kind} with {@code provider}. */
    JcaAead(Kind kind, Provider provider) {
        this.kind = kind;
        this.provider = provider;
        cipher(); // fails here and not in the middle of a session
    }

    @Override
    public String name() {
        return kind.noiseName;
    }

    @Override
    public String provider() {
        return provider.getName();
    }

    @Override
    public Key key(byte[] octets, int offset) {
        return new Key(new RawKey(kind.keyAlgorithm, octets, offset));
    }

    private Cipher cipher() {
        try {
            return Cipher.getInstance(kind.transformation, provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " has no " + kind.transformation, e);
        }
    }

    final class Key implements AeadKey {
        private final byte[] nonce = new byte[NONCE_LENGTH];
        private RawKey key;

        /** Made when it is used first: a key of a session that says nothing costs little. */
        private @Nullable Cipher cipher;

        Key(RawKey key) {
            this.key = key;
        }

        @Override
        public void seal(
                long number,
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            requireOpen();
            try {
                fillNonce(number);
                start(Cipher.ENCRYPT_MODE, head, headOffset, headLength, tail)
                        .doFinal(input, inputOffset, length, output, outputOffset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(provider.getName() + " cannot seal with " + kind.noiseName, e);
            }
        }

        @Override
        public void open(
                long number,
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            if (key.isDestroyed() || length < TAG_LENGTH) {
                throw new AuthenticationException();
            }
            fillNonce(number);
            open(head, headOffset, headLength, tail, input, inputOffset, length, output, outputOffset);
        }

        /** Opens under the nonce that is filled in. */
        private void open(
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            try {
                start(Cipher.DECRYPT_MODE, head, headOffset, headLength, tail)
                        .doFinal(input, inputOffset, length, output, outputOffset);
            } catch (GeneralSecurityException e) {
                Arrays.fill(output, outputOffset, outputOffset + length - TAG_LENGTH, (byte) 0); // some leave plaintext
                throw new AuthenticationException();
            }
        }

        /** Seals under any nonce, for known answers. */
        byte[] seal(byte[] anyNonce, byte[] associatedData, byte[] plaintext) throws GeneralSecurityException {
            System.arraycopy(anyNonce, 0, nonce, 0, NONCE_LENGTH);
            return start(Cipher.ENCRYPT_MODE, NOTHING, 0, 0, associatedData).doFinal(plaintext);
        }

        /** Opens under any nonce, for known answers. */
        byte[] open(byte[] anyNonce, byte[] associatedData, byte[] sealed) {
            System.arraycopy(anyNonce, 0, nonce, 0, NONCE_LENGTH);
            byte[] plaintext = new byte[sealed.length - TAG_LENGTH];
            open(NOTHING, 0, 0, associatedData, sealed, 0, sealed.length, plaintext, 0);
            return plaintext;
        }

        /** Four zero octets, then the number in the cipher's own order. */
        private void fillNonce(long number) {
            INT.set(nonce, 0, 0);
            if (kind == Kind.AES_GCM) {
                BIG_ENDIAN.set(nonce, COUNTER_OFFSET, number);
            } else {
                LITTLE_ENDIAN.set(nonce, COUNTER_OFFSET, number);
            }
        }

        /** Returns the cipher with key, nonce and associated data in it. */
        private Cipher start(int mode, byte[] head, int headOffset, int headLength, byte[] tail)
                throws GeneralSecurityException {
            Cipher starting = cipher;
            if (starting == null) {
                starting = cipher();
                cipher = starting;
            }
            try {
                init(starting, mode);
            } catch (InvalidKeyException e) {
                if (mode == Cipher.ENCRYPT_MODE) {
                    throw e;
                }
                /*
                 * ChaCha20-Poly1305 of JDK 17 refuses the key and nonce of its last call, for opening too: one forged
                 * frame would kill the genuine one of the same number. Another nonce in between makes it forget.
                 */
                nonce[0] ^= 1;
                init(starting, mode);
                nonce[0] ^= 1;
                init(starting, mode);
            }
            if (headLength > 0) {
                starting.updateAAD(head, headOffset, headLength);
            }
            if (tail.length > 0) {
                starting.updateAAD(tail);
            }
            return starting;
        }

        /** Two calls and not one with either parameter: so the compiler sees that neither is kept, and makes none. */
        private void init(Cipher starting, int mode) throws GeneralSecurityException {
            if (kind == Kind.AES_GCM) {
                starting.init(mode, key, new GCMParameterSpec(TAG_LENGTH * 8, nonce));
            } else {
                starting.init(mode, key, new IvParameterSpec(nonce));
            }
        }

        @Override
        public void replace(byte[] octets, int offset) {
            requireOpen();
            key.destroy();
            key = new RawKey(kind.keyAlgorithm, octets, offset);
        }

        private void requireOpen() {
            if (key.isDestroyed()) {
                throw new IllegalStateException("the key is closed");
            }
        }

        @Override
        public void close() {
            if (key.isDestroyed()) {
                return;
            }
            key.destroy();
            if (cipher == null) {
                return;
            }
            try { // the cipher keeps the last key that it was given; for opening it never refuses a nonce that is new
                Arrays.fill(nonce, (byte) 0xff);
                key = new RawKey(kind.keyAlgorithm, new byte[KEY_LENGTH], 0);
                init(cipher, Cipher.DECRYPT_MODE);
                key.destroy();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(kind.noiseName + " takes any key", e);
            }
        }

        @Override
        public String toString() {
            return "AeadKey[hidden]";
        }
    }
}
