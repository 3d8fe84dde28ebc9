package org.openiomt.security.primitive;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.openiomt.core.spi.AuthenticationException;

/** ML-KEM-768 (FIPS 203) of Bouncy Castle. */
final class BouncyMlKem implements Kem {
    private static final int PUBLIC_KEY_LENGTH = 1184;
    private static final int ENCAPSULATION_LENGTH = 1088;

    private final SecureRandom random;

    BouncyMlKem(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "MLKEM768";
    }

    @Override
    public String provider() {
        return "Bouncy Castle";
    }

    @Override
    public int publicKeyLength() {
        return PUBLIC_KEY_LENGTH;
    }

    @Override
    public int encapsulationLength() {
        return ENCAPSULATION_LENGTH;
    }

    @Override
    public KemKeyPair generate() {
        MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(random, MLKEMParameters.ml_kem_768));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return new Pair(
                (MLKEMPrivateKeyParameters) pair.getPrivate(),
                ((MLKEMPublicKeyParameters) pair.getPublic()).getEncoded());
    }

    @Override
    public KemKeyPair pair(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("a seed has " + SEED_LENGTH + " octets, but got " + seed.length);
        }
        MLKEMPrivateKeyParameters key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
        return new Pair(key, key.getPublicKey());
    }

    @Override
    public Encapsulated encapsulate(byte[] publicKey) {
        MLKEMPublicKeyParameters key;
        try {
            key = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, publicKey);
        } catch (IllegalArgumentException e) {
            throw new AuthenticationException();
        }
        SecretWithEncapsulation made = new MLKEMGenerator(random).generateEncapsulated(key);
        return new Encapsulated(made.getEncapsulation(), made.getSecret());
    }

    private static final class Pair extends OwnedKeyPair<MLKEMPrivateKeyParameters> implements KemKeyPair {
        Pair(MLKEMPrivateKeyParameters privateKey, byte[] publicKey) {
            super(privateKey, publicKey);
        }

        @Override
        public byte[] decapsulate(byte[] encapsulation) {
            MLKEMPrivateKeyParameters key = privateKey();
            if (encapsulation.length != ENCAPSULATION_LENGTH) {
                throw new AuthenticationException();
            }
            return new MLKEMExtractor(key).extractSecret(encapsulation);
        }
    }
}
