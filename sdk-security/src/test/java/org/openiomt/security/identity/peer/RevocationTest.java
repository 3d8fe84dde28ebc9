package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;

class RevocationTest extends VerifierFixture {
    @Test
    void revokedCertificateIsRefusedByAListAlsoByAnOldOne() {
        Credential credential = credential(wish -> {});
        X509CRL old = root.list(
                NOW.minus(Duration.ofDays(9)),
                NOW.minus(Duration.ofDays(2)),
                credential.chain().get(0));
        lists.add(old);

        assertRefused(Refusal.REVOKED, claim(credential));
        assertRefused(
                Refusal.REVOKED,
                claim(credential.withStaple(root.staple(credential.chain().get(0), GOOD))));
    }

    @Test
    void revokedIntermediateIsRefused() {
        TestAuthority below = root.below("below", wish -> {});
        Credential credential = Credential.of(List.of(below.device(signer), below.certificate()), signer);
        assertThat(verifier.verify(claim(credential)).name()).isEqualTo("cuff-1");

        lists.add(root.list(NOW.minusSeconds(60), NOW.plusSeconds(3600), below.certificate()));

        assertRefused(Refusal.REVOKED, claim(credential));
    }

    @Test
    void listOfAnotherAuthorityOrWithAForgedSignatureIsNoEvidence() {
        Credential longLived = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        assertRefused(Refusal.REVOCATION_UNKNOWN, claim(longLived));

        lists.add(TestAuthority.root("other", NOW).list(NOW.minusSeconds(60), NOW.plusSeconds(3600)));
        lists.add(TestAuthority.root("root", NOW).list(NOW.minusSeconds(60), NOW.plusSeconds(3600)));
        assertRefused(Refusal.REVOCATION_UNKNOWN, claim(longLived));

        lists.add(root.list(NOW.minus(Duration.ofDays(3)), NOW.minusSeconds(1)));
        lists.add(root.list(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2))));
        assertRefused(Refusal.REVOCATION_UNKNOWN, claim(longLived));

        lists.add(root.list(NOW.minusSeconds(60), NOW.plusSeconds(3600)));
        VerifiedPeer.Certified peer = verifier.verify(claim(longLived));
        assertThat(peer.revocation()).isEqualTo(RevocationEvidence.NOT_LISTED);
        assertThat(peer.validUntil()).contains(NOW.plusSeconds(3600));
    }

    @Test
    void forgedListRevokesNobody() {
        Credential credential = credential(wish -> {});
        lists.add(TestAuthority.root("root", NOW)
                .list(
                        NOW.minusSeconds(60),
                        NOW.plusSeconds(3600),
                        credential.chain().get(0)));

        assertThat(verifier.verify(claim(credential)).name()).isEqualTo("cuff-1");
    }

    @Test
    void ruleSaysWhenEvidenceIsNeeded() {
        TestAuthority below = root.below("below", wish -> {});
        Credential shortLived = Credential.of(List.of(below.device(signer), below.certificate()), signer);
        Credential longLived = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        CertificateVerifier always = builder().revocation(RevocationRule.ALWAYS).build();
        CertificateVerifier never = builder().revocation(RevocationRule.NEVER).build();

        assertThatThrownBy(() -> always.verify(claim(shortLived))).isInstanceOf(AuthenticationException.class);
        lists.add(root.list(NOW.minusSeconds(60), NOW.plusSeconds(3600)));
        assertThatThrownBy(() -> always.verify(claim(shortLived))).isInstanceOf(AuthenticationException.class);
        lists.add(below.list(NOW.minusSeconds(60), NOW.plusSeconds(1800)));
        assertThat(always.verify(claim(shortLived)).validUntil()).contains(NOW.plusSeconds(1800));
        lists.clear();
        assertThat(never.verify(claim(longLived)).revocation()).isEqualTo(RevocationEvidence.UNCHECKED);
        assertThat(refusals).containsExactly(Refusal.REVOCATION_UNKNOWN, Refusal.REVOCATION_UNKNOWN);
    }

    @Test
    void stapleIsEvidenceForItsCertificate() {
        Credential longLived = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        Credential stapled = longLived.withStaple(root.staple(longLived.chain().get(0), GOOD));

        VerifiedPeer.Certified peer = verifier.verify(claim(stapled));

        assertThat(peer.revocation()).isEqualTo(RevocationEvidence.STAPLED);
        assertThat(peer.validUntil()).contains(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void stapleOfAnotherCertificateIsRefused() {
        // CVE-2026-58062: the answer was not compared with the certificate that was asked about.
        Credential stolen = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        X509Certificate other = root.device(signer);

        assertRefused(Refusal.FOREIGN_STAPLE, claim(stolen.withStaple(root.staple(other, GOOD))));
    }

    @Test
    void stapleOfAnotherAuthorityForTheSameSerialNumberIsRefused() {
        Credential stolen = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        X509Certificate leaf = stolen.chain().get(0);
        TestAuthority namesake = TestAuthority.root("root", NOW);
        TestAuthority below = root.below("below", wish -> {});

        assertRefused(Refusal.FOREIGN_STAPLE, claim(stolen.withStaple(namesake.staple(leaf, GOOD))));
        assertRefused(Refusal.FOREIGN_STAPLE, claim(stolen.withStaple(below.staple(leaf, GOOD))));
        // The right name and number, the right signer, but the hash of another key.
        assertRefused(
                Refusal.FOREIGN_STAPLE,
                claim(stolen.withStaple(TestAuthority.staple(
                        root.certificate(), leaf, GOOD, NOW, NOW.plusSeconds(60), TestAuthority.newKeys()))));
    }

    @Test
    void stapleThatSaysRevokedOrUnknownIsRefused() {
        Credential credential = credential(wish -> {});
        X509Certificate leaf = credential.chain().get(0);

        assertRefused(
                Refusal.REVOKED, claim(credential.withStaple(root.staple(leaf, new RevokedStatus(Date.from(NOW), 1)))));
        assertRefused(Refusal.REVOCATION_UNKNOWN, claim(credential.withStaple(root.staple(leaf, new UnknownStatus()))));
    }

    @Test
    void stapleThatIsOverOrOfTomorrowIsRefused() {
        Credential credential = credential(wish -> {});
        X509Certificate leaf = credential.chain().get(0);

        assertRefused(
                Refusal.REVOCATION_UNKNOWN,
                claim(credential.withStaple(root.staple(leaf, GOOD, NOW.minusSeconds(7200), NOW))));
        assertRefused(
                Refusal.REVOCATION_UNKNOWN,
                claim(credential.withStaple(root.staple(leaf, GOOD, NOW.plusSeconds(600), NOW.plusSeconds(7200)))));
    }

    @Test
    void stapleOfADelegatedResponderNeedsItsPurpose() {
        Credential credential = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        X509Certificate leaf = credential.chain().get(0);
        KeyPair keys = TestAuthority.newKeys();
        X509Certificate responder = root.device(
                keys.getPublic(),
                wish -> wish.set(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning)));
        X509Certificate device = root.device(keys.getPublic(), wish -> {});
        X509Certificate expired = root.device(keys.getPublic(), wish -> {
            wish.set(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
            wish.notAfter = NOW.minusSeconds(1);
        });

        assertThat(verifier.verify(claim(credential.withStaple(root.staple(leaf, GOOD, keys, responder))))
                        .revocation())
                .isEqualTo(RevocationEvidence.STAPLED);
        assertRefused(Refusal.FOREIGN_STAPLE, claim(credential.withStaple(root.staple(leaf, GOOD, keys, device))));
        assertRefused(Refusal.FOREIGN_STAPLE, claim(credential.withStaple(root.staple(leaf, GOOD, keys, expired))));
        lists.add(root.list(NOW.minusSeconds(60), NOW.plusSeconds(60), responder));
        assertRefused(Refusal.REVOKED, claim(credential.withStaple(root.staple(leaf, GOOD, keys, responder))));
    }
}
