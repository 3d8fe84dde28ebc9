package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.session.Role;
import org.openiomt.testkit.ManualClock;

/** An authority, a peer with a key, and a verifier that knows both; each test class has its own. */
abstract class VerifierFixture {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final byte[] HASH = filled(32, 1);
    static final byte[] STATIC = filled(32, 2);
    static final CertificateStatus GOOD = CertificateStatus.GOOD;

    final ManualClock clock = new ManualClock(NOW);
    final TestAuthority root = TestAuthority.root("root", NOW);
    final Signer signer = Signer.generate(SignatureAlgorithm.ECDSA_P256);
    final List<Refusal> refusals = new ArrayList<>();
    final List<X509CRL> lists = new ArrayList<>();
    final CertificateVerifier verifier = builder().build();

    CertificateVerifier.Builder builder() {
        PeerNames names = PeerNames.of(Map.of(
                        SubjectName.dns("pump-1.ward.example"),
                        new PeerNames.Entry("pump", Set.of("device", "commands")),
                        SubjectName.uri("urn:dev:ops:32473-cuff-5"),
                        new PeerNames.Entry("cuff-5", Set.of("device")),
                        new SubjectName(SubjectName.Kind.SERIAL_NUMBER, "SN 1234"),
                        new PeerNames.Entry("maker-1234", Set.of("enrols"))))
                .andUnder("ward.example", Set.of("device"));
        return CertificateVerifier.trusting(clock, names, List.of(root.certificate()))
                .revocationLists(() -> lists)
                .onRefusal(refusals::add);
    }

    Credential credential(Consumer<TestAuthority.Wish> changes) {
        return Credential.of(List.of(root.device(signer.publicKey(), changes)), signer());
    }

    /** The same key each time, in a handle of its own that may be closed. */
    Signer signer() {
        return new Signer() {
            private boolean isClosed;

            @Override
            public SignatureAlgorithm algorithm() {
                return signer.algorithm();
            }

            @Override
            public PublicKey publicKey() {
                return signer.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                assertThat(isClosed).isFalse();
                return signer.sign(message);
            }

            @Override
            public void close() {
                isClosed = true;
            }
        };
    }

    static PeerClaim claim(Credential credential) {
        return claim(credential.payload(Role.RESPONDER, HASH, STATIC));
    }

    static PeerClaim claim(byte[] payload) {
        return new PeerClaim(Role.RESPONDER, HASH, STATIC, payload);
    }

    void assertRefused(Refusal reason, PeerClaim claim) {
        assertRefusedAs(Set.of(reason), claim);
    }

    void assertRefusedAs(Set<Refusal> reasons, PeerClaim claim) {
        refusals.clear();
        assertThatThrownBy(() -> verifier.verify(claim)).isExactlyInstanceOf(AuthenticationException.class);
        assertThat(refusals).hasSize(1);
        assertThat(reasons).contains(refusals.get(0));
    }

    static NameConstraints permitted(String domain) {
        return new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))}, null);
    }

    static byte[] filled(int length, int octet) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }
}
