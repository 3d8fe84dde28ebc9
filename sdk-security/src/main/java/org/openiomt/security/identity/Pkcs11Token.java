package org.openiomt.security.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.login.LoginException;
import org.openiomt.core.model.Ids;
import org.openiomt.security.identity.enrolment.CsrBuilder;
import org.openiomt.security.primitive.DhKeyPair;

/**
 * Keys in a token behind PKCS#11 (a TPM, a secure element, SoftHSM): made there, used there, never shown. The JDK's own provider
 * (SunPKCS11) talks to it; keys are on P-256, the curve that it and most tokens share.
 *
 * <p>May be used by several threads. Every use may wait for the token. A run-time image made with jlink needs the module
 * {@code jdk.crypto.cryptoki}.
 */
public final class Pkcs11Token implements AutoCloseable {
    private final Provider provider;
    private final KeyStore store;

    private Pkcs11Token(Provider provider, KeyStore store) {
        this.provider = provider;
        this.store = store;
    }

    /**
     * Opens a token.
     *
     * @param library the token's PKCS#11 module, for example {@code /usr/lib/softhsm/libsofthsm2.so}
     * @param slotIndex which of its slots, from 0
     * @param pin the user's PIN; the caller wipes it
     * @throws IdentityException when there is no such library or slot, or the PIN is wrong (a token counts those)
     */
    public static Pkcs11Token open(Path library, int slotIndex, char[] pin) {
        if (slotIndex < 0) {
            throw new IllegalArgumentException("slots count from 0, but got " + slotIndex);
        }
        if (library.toString().chars().anyMatch(character -> character < ' ' || character == '"')) {
            throw new IllegalArgumentException("a path without quotation marks and line ends is needed");
        }
        Provider sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw new IdentityException("this JDK has no SunPKCS11: add the module jdk.crypto.cryptoki");
        }
        try {
            Provider provider = sun.configure(configuration(library, slotIndex));
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return new Pkcs11Token(provider, store);
        } catch (GeneralSecurityException | IOException | ProviderException | InvalidParameterException e) {
            throw new IdentityException(
                    "the token behind " + library + ", slot " + slotIndex
                            + ", does not open: check the path, the slot and the PIN",
                    e);
        }
    }

    /** Two agreements with one session key type: the bare secret of ECDH has to come out, a private key never does. */
    private static String configuration(Path library, int slotIndex) {
        return String.join(
                "\n",
                "--name = openiomt" + slotIndex,
                "library = \"" + library + "\"",
                "slotListIndex = " + slotIndex,
                "attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {",
                "  CKA_SENSITIVE = true",
                "  CKA_EXTRACTABLE = false",
                "  CKA_SIGN = true",
                "  CKA_DERIVE = true",
                "}",
                "attributes(*, CKO_SECRET_KEY, *) = {",
                "  CKA_SENSITIVE = false",
                "  CKA_EXTRACTABLE = true",
                "}",
                "");
    }

    /**
     * Makes a key in the token. It comes with a certificate that says nothing, which {@link #install} replaces.
     *
     * @param alias a new name in the token: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param clock dates the certificate that says nothing
     * @throws IllegalArgumentException when the name is taken
     */
    public Signer generate(String alias, Clock clock) {
        Ids.require("an alias", alias);
        try {
            if (store.containsAlias(alias)) {
                throw new IllegalArgumentException("the token has a key named \"" + alias + "\" already");
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            try (Signer signer = Signer.of(pair.getPrivate(), pair.getPublic(), provider)) {
                X509Certificate placeholder = CsrBuilder.of(alias).selfSigned(signer, clock);
                store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {placeholder});
            }
            return signer(alias);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException("the token makes no key named \"" + alias + "\"", e);
        }
    }

    /**
     * Returns a handle on a key that signs.
     *
     * @throws IdentityException when the token has no such key
     */
    public Signer signer(String alias) {
        return Signer.of(key(alias), chain(alias).get(0).getPublicKey(), provider);
    }

    /**
     * Returns a handle on a key as the static key of a handshake on P-256. A key serves as this or as a {@link Signer}, never as
     * both.
     *
     * @throws IdentityException when the token has no such key
     */
    public DhKeyPair staticKey(String alias) {
        if (!(chain(alias).get(0).getPublicKey() instanceof ECPublicKey publicKey)) {
            throw new IdentityException("the token's key \"" + alias + "\" is not on P-256");
        }
        return DhKeyPair.of(key(alias), publicKey, provider);
    }

    /**
     * Puts the certificate of a key in the place of the one before.
     *
     * @param chain the certificate first, then its issuers
     * @throws IllegalArgumentException when the certificate is for another key
     */
    public void install(String alias, List<X509Certificate> chain) {
        byte[] held = chain(alias).get(0).getPublicKey().getEncoded();
        if (chain.isEmpty() || !Arrays.equals(held, chain.get(0).getPublicKey().getEncoded())) {
            throw new IllegalArgumentException("the certificate is for another key than \"" + alias + "\"");
        }
        try {
            store.setKeyEntry(alias, key(alias), null, chain.toArray(Certificate[]::new));
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException("the token takes no certificate for \"" + alias + "\"", e);
        }
    }

    /**
     * Returns the certificates of a key, its own first.
     *
     * @throws IdentityException when the token has no such key
     */
    public List<X509Certificate> chain(String alias) {
        try {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain == null || chain.length == 0) {
                throw new IdentityException("the token has no key named \"" + alias + "\"");
            }
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException("the token does not answer about \"" + alias + "\"", e);
        }
    }

    /** Deletes a key and its certificate from the token, for ever. */
    public void delete(String alias) {
        try {
            store.deleteEntry(alias);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException("the token does not delete \"" + alias + "\"", e);
        }
    }

    /** Logs out. Handles that were given out sign no more. */
    @Override
    public void close() {
        if (provider instanceof AuthProvider login) {
            try {
                login.logout();
            } catch (LoginException | ProviderException e) {
                throw new IdentityException("the token does not log out", e);
            }
        }
    }

    @Override
    public String toString() {
        return "Pkcs11Token[" + provider.getName() + "]";
    }

    private PrivateKey key(String alias) {
        try {
            Key key = store.getKey(alias, null);
            if (key instanceof PrivateKey privateKey) {
                return privateKey;
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException("the token does not give \"" + alias + "\" to use", e);
        }
        throw new IdentityException("the token has no key named \"" + alias + "\"");
    }
}
