package org.openiomt.security.sealed;

import java.util.Optional;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * How the key of an epoch is wrapped to its readers: HPKE in base mode (RFC 9180) with HKDF-SHA256 and AES-256-GCM. Content is
 * always sealed by AES-256-GCM. A closed list; all readers of an epoch have the same.
 */
public enum SealedSuite {
    /** DHKEM(X25519, HKDF-SHA256). Who records today and has a quantum computer one day opens it. */
    X25519(0x0001, HPKE.kem_X25519_SHA256, "x25519", 32, 32),

    /**
     * X25519 and ML-KEM-768 joined by X-Wing (draft-connolly-cfrg-xwing-kem, HPKE KEM 0x647A): secure as long as one of the two
     * is. Signatures stay classical: they need to hold only until they are checked.
     */
    X25519_MLKEM768(0x0011, HPKE.kem_X_WING, "x25519-mlkem768", 1_216, 1_120);

    /** The length of a reader's secret, in octets: a private key of X25519, or the seed of X-Wing. */
    static final int SECRET_LENGTH = 32;

    private final int id;
    private final short kem;
    private final String word;
    private final int publicKeyLength;
    private final int encapsulationLength;

    SealedSuite(int id, short kem, String word, int publicKeyLength, int encapsulationLength) {
        this.id = id;
        this.kem = kem;
        this.word = word;
        this.publicKeyLength = publicKeyLength;
        this.encapsulationLength = encapsulationLength;
    }

    /** Returns the suite's number in headers. */
    public int id() {
        return id;
    }

    /** Returns the name in key files. */
    String word() {
        return word;
    }

    int publicKeyLength() {
        return publicKeyLength;
    }

    int encapsulationLength() {
        return encapsulationLength;
    }

    /** Returns a new engine; one serves one thread. */
    HPKE hpke() {
        return new HPKE(HPKE.mode_base, kem, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    static Optional<SealedSuite> of(int id) {
        for (SealedSuite suite : values()) {
            if (suite.id == id) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    static Optional<SealedSuite> named(String word) {
        for (SealedSuite suite : values()) {
            if (suite.word.equals(word)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }
}
