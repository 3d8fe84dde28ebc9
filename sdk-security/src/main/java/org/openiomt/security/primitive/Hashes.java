package org.openiomt.security.primitive;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;

/** Hash functions of JCA providers. */
final class Hashes {
    private Hashes() {}

    /** SHA-256 of a provider, or of the first that has it. */
    static Hash sha256(Optional<Provider> provider) {
        return new Jca("SHA256", "SHA-256", 32, 64, provider);
    }

    private record Jca(String name, String algorithm, int length, int blockLength, Optional<Provider> provider)
            implements Hash {
        Jca {
            digest(algorithm, provider); // fails here and not in the middle of a handshake
        }

        @Override
        public Hasher hasher() {
            return new JcaHasher(digest(algorithm, provider));
        }

        private static MessageDigest digest(String algorithm, Optional<Provider> provider) {
            try {
                return provider.isPresent()
                        ? MessageDigest.getInstance(algorithm, provider.get())
                        : MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalArgumentException("no provider has " + algorithm, e);
            }
        }
    }

    private record JcaHasher(MessageDigest digest) implements Hasher {
        @Override
        public void update(byte[] octets, int offset, int length) {
            digest.update(octets, offset, length);
        }

        @Override
        public void digest(byte[] output, int offset) {
            try {
                digest.digest(output, offset, digest.getDigestLength());
            } catch (DigestException e) {
                throw new IllegalArgumentException("the output is too short for a digest", e);
            }
        }
    }
}
