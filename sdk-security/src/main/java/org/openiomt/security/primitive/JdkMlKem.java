package org.openiomt.security.primitive;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.openiomt.core.spi.AuthenticationException;

/**
 * ML-KEM-768 (FIPS 203) of a JCA provider, by {@code javax.crypto.KEM}, which not every JDK 17 has and which is therefore
 * called through handles.
 */
final class JdkMlKem implements Kem {
    private static final String ALGORITHM = "ML-KEM-768";
    private static final int PUBLIC_KEY_LENGTH = 1184;
    private static final int ENCAPSULATION_LENGTH = 1088;
    private static final int PRIVATE_KEY_LENGTH = 2400;
    private static final KeyEncoding PUBLIC =
            new KeyEncoding("308204b2300b0609608648016503040402038204a100", PUBLIC_KEY_LENGTH);
    private static final KeyEncoding PRIVATE =
            new KeyEncoding("30820978020100300b06096086480165030404020482096404820960", PRIVATE_KEY_LENGTH);

    private final Provider provider;
    private final SecureRandom random;
    private final Calls calls;
    private final Object kem;

    /**
     * Computes with {@code provider}.
     *
     * @throws IllegalArgumentException when this JDK has no KEM interface or the provider no ML-KEM-768
     */
    JdkMlKem(Provider provider, SecureRandom random) {
        this.provider = provider;
        this.random = random;
        try {
            this.calls = new Calls(MethodHandles.publicLookup());
            this.kem = calls.getInstance(provider);
        } catch (ReflectiveOperationException | GeneralSecurityException e) {
            throw new IllegalArgumentException(provider.getName() + " has no " + ALGORITHM + " on this JDK", e);
        }
    }

    @Override
    public String name() {
        return "MLKEM768";
    }

    @Override
    public String provider() {
        return provider.getName();
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
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM, provider);
            KeyPair pair = generator.generateKeyPair();
            return new Pair(pair.getPrivate(), PUBLIC.decode(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no key for " + ALGORITHM, e);
        }
    }

    @Override
    public KemKeyPair pair(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("a seed has " + SEED_LENGTH + " octets, but got " + seed.length);
        }
        MLKEMPrivateKeyParameters expanded = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
        byte[] octets = expanded.getEncoded();
        byte[] encoded = PRIVATE.encode(octets);
        try {
            PrivateKey key =
                    KeyFactory.getInstance(ALGORITHM, provider).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new Pair(key, expanded.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " takes no expanded key of " + ALGORITHM, e);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    public Encapsulated encapsulate(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new AuthenticationException();
        }
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM, provider)
                    .generatePublic(new X509EncodedKeySpec(PUBLIC.encode(publicKey)));
            return calls.encapsulate(kem, key, random);
        } catch (GeneralSecurityException e) {
            throw new AuthenticationException();
        }
    }

    private final class Pair extends OwnedKeyPair<PrivateKey> implements KemKeyPair {
        Pair(PrivateKey privateKey, byte[] publicKey) {
            super(privateKey, publicKey);
        }

        @Override
        public byte[] decapsulate(byte[] encapsulation) {
            PrivateKey key = privateKey();
            if (encapsulation.length != ENCAPSULATION_LENGTH) {
                throw new AuthenticationException();
            }
            try {
                return calls.decapsulate(kem, key, encapsulation);
            } catch (GeneralSecurityException e) {
                throw new AuthenticationException();
            }
        }
    }

    /** The methods of {@code javax.crypto.KEM} that we need. */
    private static final class Calls {
        private final MethodHandle getInstance;
        private final MethodHandle newEncapsulator;
        private final MethodHandle encapsulate;
        private final MethodHandle key;
        private final MethodHandle encapsulation;
        private final MethodHandle newDecapsulator;
        private final MethodHandle decapsulate;

        Calls(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
            Class<?> kem = Class.forName("javax.crypto.KEM");
            Class<?> encapsulator = Class.forName("javax.crypto.KEM$Encapsulator");
            Class<?> encapsulated = Class.forName("javax.crypto.KEM$Encapsulated");
            Class<?> decapsulator = Class.forName("javax.crypto.KEM$Decapsulator");
            getInstance =
                    lookup.findStatic(kem, "getInstance", MethodType.methodType(kem, String.class, Provider.class));
            newEncapsulator = lookup.findVirtual(
                    kem, "newEncapsulator", MethodType.methodType(encapsulator, PublicKey.class, SecureRandom.class));
            encapsulate = lookup.findVirtual(encapsulator, "encapsulate", MethodType.methodType(encapsulated));
            key = lookup.findVirtual(encapsulated, "key", MethodType.methodType(SecretKey.class));
            encapsulation = lookup.findVirtual(encapsulated, "encapsulation", MethodType.methodType(byte[].class));
            newDecapsulator =
                    lookup.findVirtual(kem, "newDecapsulator", MethodType.methodType(decapsulator, PrivateKey.class));
            decapsulate = lookup.findVirtual(
                    decapsulator, "decapsulate", MethodType.methodType(SecretKey.class, byte[].class));
        }

        Object getInstance(Provider provider) throws GeneralSecurityException {
            return run(() -> getInstance.invoke(ALGORITHM, provider));
        }

        Encapsulated encapsulate(Object kem, PublicKey publicKey, SecureRandom random) throws GeneralSecurityException {
            return run(() -> {
                Object made = encapsulate.invoke(newEncapsulator.invoke(kem, publicKey, random));
                return new Encapsulated(
                        (byte[]) encapsulation.invoke(made), ((SecretKey) key.invoke(made)).getEncoded());
            });
        }

        byte[] decapsulate(Object kem, PrivateKey privateKey, byte[] octets) throws GeneralSecurityException {
            return run(() ->
                    ((SecretKey) decapsulate.invoke(newDecapsulator.invoke(kem, privateKey), octets)).getEncoded());
        }

        private interface Call<T> {
            T call() throws Throwable;
        }

        private static <T> T run(Call<T> call) throws GeneralSecurityException {
            try {
                return call.call();
            } catch (GeneralSecurityException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("the KEM interface declares nothing else", e);
            }
        }
    }
}
