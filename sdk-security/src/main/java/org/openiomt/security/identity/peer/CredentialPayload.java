package org.openiomt.security.identity.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.openiomt.core.model.Ids;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.session.Role;

/**
 * What a peer with a certificate sends along with its static key, most significant octet first. There is one form of each
 * value: everything else is refused.
 * <pre>
 * field          type    octets  present when  meaning
 * version        uint8   1       always        1; others refused
 * kind           uint8   1       always        1 signed for this handshake, 2 delegated; others refused
 * count          uint8   1       always        certificates: 1 .. 4, the peer's own first, without the anchor
 *   length       uint16  2 each                1 .. 4,096
 *   certificate          length                X.509 in DER
 * staple length  uint16  2       always        0 no staple; at most 4,096
 * staple                 length                OCSPResponse of RFC 6960 in DER, for the first certificate
 * notAfter       uint40  5       kind 2        seconds since 1970 up to which, inclusive, the delegation holds
 * roles          uint8   1       kind 2        0 .. 16, in ascending order of their octets, none twice
 *   length       uint8   1 each                1 .. 64
 *   role                 length                A-Z a-z 0-9 _ -
 * algorithm      uint8   1       always        1 ECDSA on P-256 with SHA-256, 2 Ed25519
 * signature              64      always        by the key of the first certificate
 * </pre>
 * What is signed, with lengths of one octet before texts and keys:
 * <pre>
 * kind 1  "OpenIoMT identity 1 handshake" or "... update", role (1 initiator, 2 responder), handshake hash, static key,
 *         SHA-256 over all octets of the payload before the signature
 * kind 2  "OpenIoMT identity 1 delegation", static key, SHA-256 over count and certificates, notAfter, roles, algorithm
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never leaves this package, never compared
record CredentialPayload(
        List<X509Certificate> chain,
        Optional<byte[]> staple,
        Optional<Delegation> delegation,
        SignatureAlgorithm algorithm,
        byte[] signature) {
    static final int MAX_CHAIN = 4;
    static final int MAX_DER = 4096;
    static final int MAX_ROLES = 16;

    private static final int VERSION = 1;
    private static final int KIND_SIGNED = 1;
    private static final int KIND_DELEGATED = 2;
    private static final int MAX_ROLE = 64;
    private static final int INSTANT_OCTETS = 5;
    private static final int SHA256_OCTETS = 32;
    private static final String LABEL = "OpenIoMT identity 1 ";

    /** The longest payload, in octets. */
    static final int MAX_LENGTH = 3
            + MAX_CHAIN * (2 + MAX_DER)
            + 2
            + MAX_DER
            + INSTANT_OCTETS
            + 1
            + MAX_ROLES * (1 + MAX_ROLE)
            + 1
            + SignatureAlgorithm.SIGNATURE_LENGTH;

    /** The static key may be used up to this moment, in these roles. */
    record Delegation(Instant notAfter, SortedSet<String> roles) {}

    /**
     * Reads a payload.
     *
     * @throws DecodeException when it is anything but the one form of its value
     */
    static CredentialPayload decode(byte[] octets) {
        if (octets.length > MAX_LENGTH) {
            throw new DecodeException("payload", 0, "longer than " + MAX_LENGTH + " octets");
        }
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        if (in.uint8("version") != VERSION) {
            throw new DecodeException("version", 0, "expected " + VERSION);
        }
        int kind = in.uint8("kind");
        if (kind != KIND_SIGNED && kind != KIND_DELEGATED) {
            throw new DecodeException("kind", 1, "expected 1 or 2");
        }
        List<X509Certificate> chain = readChain(in);
        int stapleLength = length(in, "staple length", 0, MAX_DER);
        Optional<byte[]> staple = stapleLength == 0 ? Optional.empty() : Optional.of(der(in, "staple", stapleLength));
        Optional<Delegation> delegation = kind == KIND_DELEGATED ? Optional.of(readDelegation(in)) : Optional.empty();
        int at = in.offset();
        SignatureAlgorithm algorithm = SignatureAlgorithm.ofCode(in.uint8("algorithm"))
                .orElseThrow(() -> new DecodeException("algorithm", at, "expected 1 or 2"));
        byte[] signature = in.octets("signature", SignatureAlgorithm.SIGNATURE_LENGTH);
        in.remainder(0);
        return new CredentialPayload(chain, staple, delegation, algorithm, signature);
    }

    /** Writes the payload; the mirror of {@link #decode}. */
    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        writeUnsigned(out);
        out.octets(signature);
        return out.toByteArray();
    }

    /** Returns the octets that the signature is over. */
    byte[] signedOctets(PeerClaim.Occasion occasion, Role role, byte[] handshakeHash, byte[] staticKey) {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        ByteWriter part = new ByteWriter(ByteOrder.BIG_ENDIAN);
        if (delegation.isPresent()) {
            writeText(out, LABEL + "delegation");
            writeKey(out, "static key", staticKey);
            writeChain(part);
            out.octets(sha256(part.toByteArray()));
            writeDelegation(out, delegation.get());
            out.uint8("algorithm", algorithm.code());
            return out.toByteArray();
        }
        writeText(
                out,
                LABEL
                        + switch (occasion) {
                            case HANDSHAKE -> "handshake";
                            case UPDATE -> "update";
                        });
        out.uint8(
                "role",
                switch (role) {
                    case INITIATOR -> 1;
                    case RESPONDER -> 2;
                });
        writeKey(out, "handshake hash", handshakeHash);
        writeKey(out, "static key", staticKey);
        writeUnsigned(part);
        out.octets(sha256(part.toByteArray()));
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "CredentialPayload[" + chain.size() + " certificates, staple "
                + staple.map(octets -> octets.length + " octets").orElse("none") + ", "
                + (delegation.isPresent() ? "delegated" : "signed") + "]";
    }

    private static List<X509Certificate> readChain(ByteReader in) {
        int at = in.offset();
        int count = in.uint8("count");
        if (count < 1 || count > MAX_CHAIN) {
            throw new DecodeException("count", at, "expected 1 to " + MAX_CHAIN + " certificates, but got " + count);
        }
        List<X509Certificate> chain = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = length(in, "certificate length", 1, MAX_DER);
            int start = in.offset();
            byte[] der = der(in, "certificate", length);
            try {
                chain.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                throw new DecodeException("certificate", start, "no X.509 certificate");
            }
        }
        return List.copyOf(chain);
    }

    private static Delegation readDelegation(ByteReader in) {
        Instant notAfter = Instant.ofEpochSecond(in.unsigned("notAfter", INSTANT_OCTETS));
        int at = in.offset();
        int count = in.uint8("roles");
        if (count > MAX_ROLES) {
            throw new DecodeException("roles", at, "expected at most " + MAX_ROLES + ", but got " + count);
        }
        TreeSet<String> roles = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            int start = in.offset();
            int length = in.uint8("role length");
            String role = new String(in.octets("role", length), StandardCharsets.ISO_8859_1);
            if (!Ids.isId(role)) {
                throw new DecodeException("role", start, "expected 1 to 64 of A-Z a-z 0-9 _ -");
            }
            if (!roles.isEmpty() && roles.last().compareTo(role) >= 0) {
                throw new DecodeException("role", start, "not in ascending order");
            }
            roles.add(role);
        }
        return new Delegation(notAfter, roles);
    }

    private void writeUnsigned(ByteWriter out) {
        out.uint8("version", VERSION);
        out.uint8("kind", delegation.isPresent() ? KIND_DELEGATED : KIND_SIGNED);
        writeChain(out);
        byte[] response = staple.orElse(new byte[0]);
        out.uint16("staple length", response.length);
        out.octets(response);
        delegation.ifPresent(value -> writeDelegation(out, value));
        out.uint8("algorithm", algorithm.code());
    }

    private void writeChain(ByteWriter out) {
        out.uint8("count", chain.size());
        for (X509Certificate certificate : chain) {
            try {
                byte[] der = certificate.getEncoded();
                out.uint16("certificate length", der.length);
                out.octets(der);
            } catch (CertificateException e) {
                throw new IllegalArgumentException("a certificate that cannot be encoded", e);
            }
        }
    }

    private static void writeDelegation(ByteWriter out, Delegation value) {
        out.unsigned("notAfter", value.notAfter().getEpochSecond(), INSTANT_OCTETS);
        out.uint8("roles", value.roles().size());
        for (String role : value.roles()) {
            writeText(out, role);
        }
    }

    private static void writeText(ByteWriter out, String text) {
        writeKey(out, "text", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeKey(ByteWriter out, String field, byte[] octets) {
        out.uint8(field, octets.length);
        out.octets(octets);
    }

    private static int length(ByteReader in, String field, int min, int max) {
        int at = in.offset();
        int length = in.uint16(field);
        if (length < min || length > max) {
            throw new DecodeException(field, at, "expected " + min + " to " + max + ", but got " + length);
        }
        return length;
    }

    /** Reads octets that are one value of ASN.1 in its distinguished encoding. */
    private static byte[] der(ByteReader in, String field, int length) {
        int at = in.offset();
        byte[] octets = in.octets(field, length);
        boolean isDer;
        try {
            isDer = Arrays.equals(octets, ASN1Primitive.fromByteArray(octets).getEncoded(ASN1Encoding.DER));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            isDer = false;
        }
        if (!isDer) {
            throw new DecodeException(field, at, "not in DER");
        }
        return octets;
    }

    private static byte[] sha256(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            assert digest.length == SHA256_OCTETS;
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
