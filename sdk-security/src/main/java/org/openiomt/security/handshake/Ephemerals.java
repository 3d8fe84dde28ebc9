package org.openiomt.security.handshake;

import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Kem;
import org.openiomt.security.primitive.KemKeyPair;

/** Where a handshake has its ephemeral keys from: from chance, and in test vectors from the vector. */
interface Ephemerals {
    DhKeyPair dh();

    KemKeyPair kem();

    Kem.Encapsulated encapsulate(byte[] publicKey);

    static Ephemerals fresh(Suite suite) {
        return new Ephemerals() {
            @Override
            public DhKeyPair dh() {
                return suite.dh().generate();
            }

            @Override
            public KemKeyPair kem() {
                return suite.kem().orElseThrow().generate();
            }

            @Override
            public Kem.Encapsulated encapsulate(byte[] publicKey) {
                return suite.kem().orElseThrow().encapsulate(publicKey);
            }
        };
    }
}
