package org.openiomt.security.identity.pairing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKECurve;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKECurves;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKEUtil;
import org.bouncycastle.crypto.agreement.ecjpake.ECSchnorrZKP;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;

/*
 * EC J-PAKE (RFC 8236) on P-256 with SHA-256: a key from a short code. Each end sends two points (round 1), then one (round 2),
 * each with a proof that it knows the number behind it (Schnorr, RFC 8235), and at last a tag under the key (round 3). Who does
 * not know the code gets one guess per run and learns nothing else.
 *
 * The arithmetic is Bouncy Castle's ECJPAKEUtil. Its ECJPAKEParticipant cannot be used between two processes: a proof
 * (ECSchnorrZKP) cannot be made from received octets in 1.87. So the steps and the check of a received proof are here, and the
 * test lets this class talk with Bouncy Castle's participant. RFC 8236 has no vectors.
 */
final class EcJpake {
    static final int POINT = 33;
    static final int SCALAR = 32;
    static final int PROOF = POINT + SCALAR;
    static final int ROUND_1 = 2 * (POINT + PROOF);
    static final int ROUND_2 = POINT + PROOF;
    static final int ROUND_3 = 32;

    private static final ECJPAKECurve CURVE = ECJPAKECurves.NIST_P256;

    private final String own;
    private final String peer;
    private final BigInteger secret;
    private final SecureRandom random = new SecureRandom();
    private final BigInteger x1 = ECJPAKEUtil.generateX1(CURVE.getN(), random);
    private final BigInteger x2 = ECJPAKEUtil.generateX1(CURVE.getN(), random);
    private final ECPoint gx1 = ECJPAKEUtil.calculateGx(CURVE.getG(), x1).normalize();
    private final ECPoint gx2 = ECJPAKEUtil.calculateGx(CURVE.getG(), x2).normalize();
    private @Nullable ECPoint gx3;
    private @Nullable ECPoint gx4;
    private @Nullable BigInteger material;

    /** A point and the proof that its number is known. */
    record Proven(
            ECPoint point,
            ECPoint commitment,
            BigInteger response,
            @Nullable ECSchnorrZKP made) {
        static Proven of(ECPoint point, ECSchnorrZKP proof) {
            return new Proven(point.normalize(), proof.getV().normalize(), proof.getr(), proof);
        }

        /** Returns the proof as Bouncy Castle has made it; there is none for a received one. */
        ECSchnorrZKP proof() {
            return Objects.requireNonNull(made, "a received proof");
        }
    }

    /**
     * Begins a run.
     *
     * @param own this end's id
     * @param peer the other end's id, a different one: proofs cannot be sent back to their maker
     * @param code copied
     */
    EcJpake(String own, String peer, char[] code) {
        if (own.equals(peer)) {
            throw new IllegalArgumentException("nobody pairs with itself: expected two different ids");
        }
        this.own = own;
        this.peer = peer;
        try {
            this.secret = ECJPAKEUtil.calculateS(CURVE.getN(), code);
        } catch (CryptoException e) {
            throw new IllegalArgumentException("a code that is 0 on this curve", e);
        }
    }

    Proven[] round1() {
        return new Proven[] {proven(CURVE.getG(), x1, gx1), proven(CURVE.getG(), x2, gx2)};
    }

    /** Takes the peer's two points. */
    void round1(Proven first, Proven second) {
        check(CURVE.getG(), first);
        check(CURVE.getG(), second);
        gx3 = first.point();
        gx4 = second.point();
    }

    Proven round2() {
        ECPoint generator =
                ECJPAKEUtil.calculateGA(gx1, received(gx3), received(gx4)).normalize();
        BigInteger x2s = ECJPAKEUtil.calculateX2s(CURVE.getN(), x2, secret);
        return proven(generator, x2s, ECJPAKEUtil.calculateA(generator, x2s).normalize());
    }

    /** Takes the peer's last point; from now on there is a key, of which it is not known whether the peer has it too. */
    void round2(Proven last) {
        ECPoint generator = ECJPAKEUtil.calculateGA(received(gx3), gx1, gx2).normalize();
        if (generator.isInfinity()) {
            throw new AuthenticationException();
        }
        check(generator, last);
        material = ECJPAKEUtil.calculateKeyingMaterial(CURVE.getN(), received(gx4), x2, secret, last.point());
    }

    byte[] round3() {
        return tag(ECJPAKEUtil.calculateMacTag(
                own, peer, gx1, gx2, received(gx3), received(gx4), material(), new SHA256Digest()));
    }

    /** Returns whether the peer has the same key. */
    boolean isConfirmedBy(byte[] tag) {
        byte[] expected = tag(ECJPAKEUtil.calculateMacTag(
                peer, own, received(gx3), received(gx4), gx1, gx2, material(), new SHA256Digest()));
        return MessageDigest.isEqual(expected, tag);
    }

    /** Returns the shared secret, 32 octets: input of a key derivation, never a key. */
    byte[] secret() {
        return BigIntegers.asUnsignedByteArray(SCALAR, material());
    }

    static byte[] encode(Proven... all) {
        ByteBuffer octets = ByteBuffer.allocate(all.length * ROUND_2);
        for (Proven each : all) {
            octets.put(each.point().getEncoded(true)).put(each.commitment().getEncoded(true));
            octets.put(BigIntegers.asUnsignedByteArray(SCALAR, each.response()));
        }
        return octets.array();
    }

    /**
     * Reads a point with its proof.
     *
     * @throws AuthenticationException when one is not on the curve, or the response is beyond its order
     */
    static Proven decode(byte[] octets, int offset) {
        BigInteger response = new BigInteger(1, octets, offset + 2 * POINT, SCALAR);
        if (response.compareTo(CURVE.getN()) >= 0) {
            throw new AuthenticationException();
        }
        return new Proven(point(octets, offset), point(octets, offset + POINT), response, null);
    }

    private static ECPoint point(byte[] octets, int offset) {
        try {
            ECPoint point = CURVE.getCurve().decodePoint(Arrays.copyOfRange(octets, offset, offset + POINT));
            if (point.isInfinity()) {
                throw new AuthenticationException();
            }
            return point.normalize();
        } catch (IllegalArgumentException e) {
            throw new AuthenticationException();
        }
    }

    private Proven proven(ECPoint generator, BigInteger number, ECPoint point) {
        return Proven.of(
                point,
                ECJPAKEUtil.calculateZeroKnowledgeProof(
                        generator, CURVE.getN(), number, point, new SHA256Digest(), own, random));
    }

    /** RFC 8235, 2.2 and 3.3: V = G x r + X x h, with h over G, V, X and the id of the one who proves. */
    private void check(ECPoint generator, Proven proven) {
        Digest digest = new SHA256Digest();
        update(digest, generator.getEncoded(true));
        update(digest, proven.commitment().getEncoded(true));
        update(digest, proven.point().getEncoded(true));
        update(digest, peer.getBytes(StandardCharsets.UTF_8));
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        BigInteger challenge = new BigInteger(hash).mod(CURVE.getN()); // signed, as Bouncy Castle has it
        ECPoint expected = generator
                .multiply(proven.response())
                .add(proven.point().multiply(challenge))
                .normalize();
        boolean isOwn = proven.point().equals(gx1) || proven.point().equals(gx2);
        if (isOwn || !expected.equals(proven.commitment())) {
            throw new AuthenticationException();
        }
    }

    private static void update(Digest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array(), 0, Integer.BYTES);
        digest.update(part, 0, part.length);
    }

    static byte[] tag(BigInteger tag) {
        byte[] number = tag.toByteArray(); // signed: shorter when it begins with copies of its sign
        byte[] octets = new byte[ROUND_3];
        Arrays.fill(octets, (byte) (tag.signum() < 0 ? -1 : 0));
        System.arraycopy(number, 0, octets, ROUND_3 - number.length, number.length);
        return octets;
    }

    private BigInteger material() {
        if (material == null) {
            throw new IllegalStateException("there is no key before round 2");
        }
        return material;
    }

    private static ECPoint received(@Nullable ECPoint point) {
        if (point == null) {
            throw new IllegalStateException("nothing came yet");
        }
        return point;
    }
}
