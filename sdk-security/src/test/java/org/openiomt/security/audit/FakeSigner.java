package org.openiomt.security.audit;

import java.security.PublicKey;
import java.util.function.UnaryOperator;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

/**
 * A handle whose signatures the test makes.
 *
 * @param real whose public key it shows
 */
record FakeSigner(Signer real, UnaryOperator<byte[]> signatures) implements Signer {
    @Override
    public SignatureAlgorithm algorithm() {
        return real.algorithm();
    }

    @Override
    public PublicKey publicKey() {
        return real.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        return signatures.apply(message);
    }

    @Override
    public void close() {
        real.close();
    }
}
