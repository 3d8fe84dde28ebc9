package org.openiomt.security.handshake;

import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;
import org.openiomt.security.primitive.Hash;
import org.openiomt.security.primitive.Hasher;
import org.openiomt.security.primitive.Primitives;

/** Primitives that public vectors use and that our suites do not. */
final class VectorPrimitives {
    private VectorPrimitives() {}

    static Hash hash(String name) {
        return switch (name) {
            case "SHA256" -> Primitives.preferred().sha256();
            case "SHA512" -> new BouncyHash(name, 64, 128, SHA512Digest::new);
            case "BLAKE2s" -> new BouncyHash(name, 32, 64, () -> new Blake2sDigest(256));
            case "BLAKE2b" -> new BouncyHash(name, 64, 128, () -> new Blake2bDigest(512));
            default -> throw new AssertionError(name);
        };
    }

    static Aead aead(String name) {
        return switch (name) {
            case "AESGCM" -> Primitives.preferred().aesGcm();
            case "ChaChaPoly" -> Primitives.preferred().chaChaPoly().orElseThrow();
            case "XChaChaPoly" -> new XChaChaPoly();
            default -> throw new AssertionError(name);
        };
    }

    private record BouncyHash(String name, int length, int blockLength, Supplier<Digest> digest) implements Hash {
        @Override
        public Hasher hasher() {
            Digest computing = digest.get();
            return new Hasher() {
                @Override
                public void update(byte[] octets, int offset, int count) {
                    computing.update(octets, offset, count);
                }

                @Override
                public void digest(byte[] output, int offset) {
                    computing.doFinal(output, offset);
                }
            };
        }
    }

    private record XChaChaPoly() implements Aead {
        @Override
        public String name() {
            return "XChaChaPoly";
        }

        @Override
        public String provider() {
            return "Bouncy Castle";
        }

        @Override
        public AeadKey key(byte[] octets, int offset) {
            return new XChaChaPolyKey(new KeyParameter(octets, offset, KEY_LENGTH));
        }
    }

    private static final class XChaChaPolyKey implements AeadKey {
        private KeyParameter key;

        XChaChaPolyKey(KeyParameter key) {
            this.key = key;
        }

        @Override
        public void seal(
                long nonce,
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            run(true, nonce, head, headOffset, headLength, tail, input, inputOffset, length, output, outputOffset);
        }

        @Override
        public void open(
                long nonce,
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            run(false, nonce, head, headOffset, headLength, tail, input, inputOffset, length, output, outputOffset);
        }

        private void run(
                boolean sealing,
                long nonce,
                byte[] head,
                int headOffset,
                int headLength,
                byte[] tail,
                byte[] input,
                int inputOffset,
                int length,
                byte[] output,
                int outputOffset) {
            byte[] octets = new byte[24]; // sixteen zeros, then the number, little-endian
            for (int i = 0; i < 8; i++) {
                octets[16 + i] = (byte) (nonce >>> (8 * i));
            }
            XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
            cipher.init(sealing, new AEADParameters(key, Aead.TAG_LENGTH * 8, octets));
            cipher.processAADBytes(head, headOffset, headLength);
            cipher.processAADBytes(tail, 0, tail.length);
            try {
                int written = cipher.processBytes(input, inputOffset, length, output, outputOffset);
                cipher.doFinal(output, outputOffset + written);
            } catch (InvalidCipherTextException e) {
                throw new AuthenticationException();
            }
        }

        @Override
        public void replace(byte[] octets, int offset) {
            key = new KeyParameter(octets, offset, Aead.KEY_LENGTH);
        }

        @Override
        public void close() {}
    }
}
