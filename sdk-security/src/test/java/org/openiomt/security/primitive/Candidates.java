package org.openiomt.security.primitive;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;

/** Everything that the library may choose on this JDK. */
final class Candidates {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Candidates() {}

    static List<JcaAead> ciphers(JcaAead.Kind kind) {
        return List.of(new JcaAead(kind, jdk("SunJCE")), new JcaAead(kind, Conscrypt.newProvider()));
    }

    static List<Dh> x25519() {
        return List.of(
                new JcaX25519(Conscrypt.newProvider(), RANDOM),
                new BouncyX25519(RANDOM),
                new JcaX25519(jdk("SunEC"), RANDOM));
    }

    static List<Dh> p256() {
        return List.of(
                new JcaP256(Conscrypt.newProvider()),
                new JcaP256(new BouncyCastleProvider()),
                new JcaP256(jdk("SunEC")));
    }

    static List<Kem> mlKem() {
        List<Kem> all = new ArrayList<>(List.of(new BouncyMlKem(RANDOM)));
        if (jdkHasMlKem()) {
            all.add(new JdkMlKem(jdk("SunJCE"), RANDOM));
        }
        return all;
    }

    /** Late updates of old JDKs have it too. */
    static boolean jdkHasMlKem() {
        return jdk("SunJCE").getService("KEM", "ML-KEM-768") != null;
    }

    private static Provider jdk(String name) {
        return Objects.requireNonNull(Security.getProvider(name), name);
    }
}
