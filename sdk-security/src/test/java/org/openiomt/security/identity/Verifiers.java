package org.openiomt.security.identity;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;

/** Every verifier that the library may choose, or be given. */
final class Verifiers {
    private Verifiers() {}

    static List<SignatureVerifier> all() {
        List<SignatureVerifier> all = new ArrayList<>();
        all.add(SignatureVerifier.standard());
        all.add(SignatureVerifier.of(new SignatureVerifier.BouncyCastle()));
        all.addAll(providers().stream().map(SignatureVerifier::of).toList());
        return all;
    }

    private static List<Provider> providers() {
        return List.of(Security.getProvider("SunEC"), Conscrypt.newProvider(), new BouncyCastleProvider());
    }
}
