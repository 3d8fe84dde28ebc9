package org.openiomt.security.handshake;

import java.util.Optional;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.Hash;
import org.openiomt.security.primitive.Kem;

/**
 * What a handshake computes with.
 *
 * @param kem present for hybrid patterns only
 */
public record Suite(Dh dh, Optional<Kem> kem, Aead aead, Hash hash) {
    /** Returns the part of the protocol's name behind the pattern: {@code 25519+MLKEM768_ChaChaPoly_SHA256}. */
    public String name() {
        return dh.name() + kem.map(present -> "+" + present.name()).orElse("") + "_" + aead.name() + "_" + hash.name();
    }
}
