package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.session.Role;
import org.openiomt.testkit.ManualClock;

class CredentialPayloadPropertyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] HASH = new byte[32];
    private static final byte[] STATIC = new byte[32];
    private static final TestAuthority ROOT = TestAuthority.root("root", NOW);
    private static final CertificateVerifier VERIFIER = CertificateVerifier.trusting(
                    new ManualClock(NOW),
                    PeerNames.of(Map.of()).andUnder("ward.example", Set.of("device", "a", "b")),
                    List.of(ROOT.certificate()))
            .build();
    private static final List<byte[]> PAYLOADS = payloads();

    private static List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>();
        TestAuthority below = ROOT.below("below", wish -> {});
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            Signer own = Signer.generate(algorithm);
            Credential direct = Credential.of(List.of(ROOT.device(own)), own);
            Credential stapled = direct.withStaple(ROOT.staple(direct.chain().get(0), CertificateStatus.GOOD));
            payloads.add(direct.payload(Role.RESPONDER, HASH, STATIC));
            payloads.add(stapled.payload(Role.RESPONDER, HASH, STATIC));
            payloads.add(direct.delegate(STATIC, NOW.plusSeconds(60), Set.of("a", "b"))
                    .payload());
            payloads.add(
                    stapled.delegate(STATIC, NOW.plusSeconds(60), Set.of("a")).payload());
        }
        Signer signer = Signer.generate(SignatureAlgorithm.ECDSA_P256);
        payloads.add(Credential.of(List.of(below.device(signer), below.certificate()), signer)
                .payload(Role.RESPONDER, HASH, STATIC));
        return payloads;
    }

    @Property(tries = 1500)
    void anyFlippedBitIsRefused(@ForAll @IntRange(max = 8) int which, @ForAll @IntRange(max = 1 << 20) int bit) {
        byte[] payload = PAYLOADS.get(which);
        byte[] flipped = payload.clone();
        int at = bit % (payload.length * 8);
        flipped[at / 8] ^= (byte) (1 << at % 8);

        assertThatThrownBy(() -> VERIFIER.verify(new PeerClaim(Role.RESPONDER, HASH, STATIC, flipped)))
                .isExactlyInstanceOf(AuthenticationException.class);
        assertThat(VERIFIER.verify(new PeerClaim(Role.RESPONDER, HASH, STATIC, payload))
                        .name())
                .isEqualTo("cuff-1");
    }

    @Property(tries = 300)
    void whatIsDecodedIsEncodedToItself(@ForAll @IntRange(max = 8) int which) {
        assertThat(CredentialPayload.decode(PAYLOADS.get(which)).encode()).isEqualTo(PAYLOADS.get(which));
    }

    @Property(tries = 500)
    void everyCutIsRefused(@ForAll @IntRange(max = 8) int which, @ForAll @IntRange(max = 1 << 16) int length) {
        byte[] payload = PAYLOADS.get(which);

        assertThatThrownBy(() -> CredentialPayload.decode(Arrays.copyOf(payload, length % payload.length)))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> CredentialPayload.decode(Arrays.copyOf(payload, payload.length + 1 + length % 9)))
                .isInstanceOf(DecodeException.class);
    }

    @Property(tries = 500)
    void anyOctetsAreRefusedWithTheOneException(@ForAll @Size(max = 400) byte[] octets) {
        assertThatThrownBy(() -> CredentialPayload.decode(octets)).isInstanceOf(DecodeException.class);
    }
}
