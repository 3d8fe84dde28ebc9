package org.openiomt.security.identity.peer;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.enrolment.Answers;
import org.openiomt.security.identity.enrolment.CsrBuilder;
import org.openiomt.security.identity.pairing.CodePairing;
import org.openiomt.security.identity.pairing.DigitComparison;
import org.openiomt.security.identity.pairing.Invitation;
import org.openiomt.security.identity.pairing.PairingKey;
import org.openiomt.security.session.Role;
import org.openiomt.testkit.ManualClock;

/**
 * A fuzzing target over everything about identities that comes from strangers: the first octet of the input chooses the parser, the
 * rest is its input. Jazzer calls it (see CONTRIBUTING.md), looking for anything but the one exception of each parser, and for what
 * is not written as it was read.
 */
public final class IdentityFuzz {
    private static final int PARSERS = 8;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] HASH = new byte[32];
    private static final byte[] STATIC = new byte[32];
    private static final TestAuthority ROOT = TestAuthority.root("root", NOW);
    private static final Signer SIGNER = Signer.generate(SignatureAlgorithm.ECDSA_P256);
    private static final Credential CREDENTIAL = Credential.of(List.of(ROOT.device(SIGNER)), SIGNER);
    private static final CertificateVerifier VERIFIER = CertificateVerifier.trusting(
                    new ManualClock(NOW),
                    PeerNames.of(Map.of()).andUnder("ward.example", Set.of("device")),
                    List.of(ROOT.certificate()))
            .build();
    private static final VerifiedPeer KNOWN = VERIFIER.verify(
            new PeerClaim(Role.RESPONDER, HASH, STATIC, CREDENTIAL.payload(Role.RESPONDER, HASH, STATIC)));

    private IdentityFuzz() {}

    /** Is called once before, so that the time limit of the first input is not spent on loading classes. */
    public static void fuzzerInitialize() {
        seeds().forEach(IdentityFuzz::fuzzerTestOneInput);
    }

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            isTaken(input);
        }
    }

    /** Whether the parser takes its input and does not refuse it. */
    static boolean isTaken(byte[] input) {
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        try {
            switch ((input[0] & 0xFF) % PARSERS) {
                case 0 -> same(CredentialPayload.decode(octets).encode(), octets);
                case 1 -> VERIFIER.verify(new PeerClaim(Role.RESPONDER, HASH, STATIC, octets));
                case 2 -> IdentityUpdate.verify(VERIFIER, KNOWN, Role.RESPONDER, HASH, octets);
                case 3 -> Invitation.parse(new String(octets, StandardCharsets.UTF_8));
                case 4 -> pair(octets);
                case 5 -> compare(octets);
                case 6 -> Answers.decode(octets);
                default -> DevelopmentAuthority.idOf(octets);
            }
            return true;
        } catch (DecodeException | AuthenticationException e) {
            return false;
        } catch (IllegalArgumentException e) {
            if ((input[0] & 0xFF) % PARSERS != PARSERS - 1) {
                throw e; // only a request to the authority is the caller's own
            }
            return false;
        }
    }

    private static void pair(byte[] octets) {
        CodePairing one = CodePairing.enter(Role.INITIATOR, "271828".toCharArray());
        one.start();
        one.receive(octets);
    }

    private static void compare(byte[] octets) {
        DigitComparison responder = DigitComparison.of(Role.RESPONDER, HASH);
        responder.start();
        int half = octets.length / 2;
        responder.receive(Arrays.copyOf(octets, half));
        responder.receive(Arrays.copyOfRange(octets, half, octets.length));
    }

    private static void same(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("written in another form than it was read");
        }
    }

    /** Returns inputs to begin with: one for each parser, all of them good but that of the comparison. */
    static List<byte[]> seeds() {
        X509Certificate leaf = CREDENTIAL.chain().get(0);
        byte[] signed =
                CREDENTIAL.withStaple(ROOT.staple(leaf, CertificateStatus.GOOD)).payload(Role.RESPONDER, HASH, STATIC);
        byte[] delegated = CREDENTIAL
                .delegate(STATIC, NOW.plusSeconds(60), Set.of("device"))
                .payload();
        byte[] key = new byte[PairingKey.LENGTH];
        key[0] = 1;
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] each : List.of(
                delegated,
                signed,
                IdentityUpdate.make(CREDENTIAL, Role.RESPONDER, HASH, StaticKey.of(STATIC)),
                Invitation.of("cuff-1", PairingKey.of(key)).text().getBytes(StandardCharsets.UTF_8),
                CodePairing.enter(Role.RESPONDER, "271828".toCharArray()).start(),
                DigitComparison.of(Role.INITIATOR, HASH).start().orElseThrow(),
                Answers.encode(List.of(leaf)),
                CsrBuilder.of("cuff-1")
                        .name(SubjectName.dns("cuff-1.ward.example"))
                        .build(SIGNER))) {
            byte[] seed = new byte[1 + each.length];
            seed[0] = (byte) seeds.size();
            System.arraycopy(each, 0, seed, 1, each.length);
            seeds.add(seed);
        }
        return seeds;
    }
}
