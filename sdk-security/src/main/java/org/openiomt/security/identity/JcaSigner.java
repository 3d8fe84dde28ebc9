package org.openiomt.security.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A key of a JCA provider, which may be a token. Closing lets go of it; where it lies in memory, the JDK cannot wipe it. */
final class JcaSigner implements Signer {
    private final SignatureAlgorithm algorithm;
    private final AtomicReference<@Nullable PrivateKey> privateKey;
    private final PublicKey publicKey;
    private final Provider provider;

    JcaSigner(PrivateKey privateKey, PublicKey publicKey, Provider provider) {
        this.algorithm = SignatureAlgorithm.of(publicKey)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a key on P-256 or for Ed25519, but got one for " + publicKey.getAlgorithm()));
        this.privateKey = new AtomicReference<>(privateKey);
        this.publicKey = publicKey;
        this.provider = provider;
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        PrivateKey key = privateKey.get();
        if (key == null) {
            throw new IllegalStateException("the signer is closed");
        }
        try {
            Signature signature = Signature.getInstance(algorithm.jcaName(), provider);
            signature.initSign(key);
            signature.update(message);
            return algorithm.fromX509(signature.sign());
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IdentityException(provider.getName() + " does not sign with " + algorithm.jcaName(), e);
        }
    }

    @Override
    public void close() {
        privateKey.set(null);
    }

    @Override
    public String toString() {
        return "Signer[" + algorithm + ", " + provider.getName() + ", hidden]";
    }
}
