package org.openiomt.security.session;

import java.util.List;
import java.util.Optional;
import org.openiomt.security.handshake.Suite;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.Kem;
import org.openiomt.security.primitive.Primitives;

/** What a session computes with: the closed list, best first, with the numbers that stand for them on the wire. */
public enum CipherSuite {
    /** X25519 with ML-KEM-768, AES-256-GCM: secret also from who records today and has a quantum computer later. */
    X25519_MLKEM768_AESGCM_SHA256(0x0011, true, true, true),
    /** X25519 with ML-KEM-768, ChaCha20-Poly1305. */
    X25519_MLKEM768_CHACHAPOLY_SHA256(0x0012, true, true, false),
    /** X25519, AES-256-GCM: where AES is in the processor and a message of 1.2 KB is too long. */
    X25519_AESGCM_SHA256(0x0001, true, false, true),
    /** X25519, ChaCha20-Poly1305: where AES is not in the processor. */
    X25519_CHACHAPOLY_SHA256(0x0002, true, false, false),
    /** P-256 with ML-KEM-768, AES-256-GCM. */
    P256_MLKEM768_AESGCM_SHA256(0x0111, false, true, true),
    /** P-256, AES-256-GCM: computable by a validated module alone. */
    P256_AESGCM_SHA256(0x0101, false, false, true);

    private static final List<CipherSuite> ALL = List.of(values());

    private final int id;
    private final boolean isX25519;
    private final boolean isHybrid;
    private final boolean isAesGcm;

    CipherSuite(int id, boolean isX25519, boolean isHybrid, boolean isAesGcm) {
        this.id = id;
        this.isX25519 = isX25519;
        this.isHybrid = isHybrid;
        this.isAesGcm = isAesGcm;
    }

    /** Returns the number on the wire, 16 bits. */
    public int id() {
        return id;
    }

    /** Returns whether ML-KEM-768 joins the key agreement. */
    public boolean isHybrid() {
        return isHybrid;
    }

    /** Returns the length of a static key, in octets. */
    public int staticKeyLength() {
        return isX25519 ? 32 : 65;
    }

    /** Returns the suite of a number; empty when there is none. */
    public static Optional<CipherSuite> ofId(int id) {
        for (CipherSuite suite : ALL) {
            if (suite.id == id) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what can be offered, best first.
     *
     * @param primitives what there is
     * @param staticKeyLength 32 for X25519, 65 for P-256
     * @param hybrid whether messages of 1.2 KB are no burden to the carrier
     */
    public static List<CipherSuite> available(Primitives primitives, int staticKeyLength, boolean hybrid) {
        return ALL.stream()
                .filter(suite -> suite.staticKeyLength() == staticKeyLength && (hybrid || !suite.isHybrid))
                .filter(suite -> suite.find(primitives).isPresent())
                .toList();
    }

    /** Returns the suite of the same group and cipher without a key encapsulation: what a resumption uses. */
    CipherSuite classical() {
        return ALL.stream()
                .filter(suite -> suite.isX25519 == isX25519 && suite.isAesGcm == isAesGcm && !suite.isHybrid)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns who computes this suite.
     *
     * @throws IllegalArgumentException when a primitive is missing
     */
    Suite in(Primitives primitives) {
        return find(primitives)
                .orElseThrow(() -> new IllegalArgumentException("the primitives at hand do not have all of " + this));
    }

    private Optional<Suite> find(Primitives primitives) {
        Optional<Dh> dh = isX25519 ? primitives.x25519() : Optional.of(primitives.p256());
        Optional<Aead> aead = isAesGcm ? Optional.of(primitives.aesGcm()) : primitives.chaChaPoly();
        Optional<Kem> kem = isHybrid ? primitives.mlKem768() : Optional.empty();
        if (dh.isEmpty() || aead.isEmpty() || (isHybrid && kem.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Suite(dh.get(), kem, aead.get(), primitives.sha256()));
    }
}
