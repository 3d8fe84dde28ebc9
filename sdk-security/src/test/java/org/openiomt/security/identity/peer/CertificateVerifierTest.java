package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.session.Role;

class CertificateVerifierTest extends VerifierFixture {
    @Test
    void peerWithACertificateIsWhoTheListSays() {
        VerifiedPeer.Certified peer = verifier.verify(claim(credential(wish -> {})));

        assertThat(peer.name()).isEqualTo("cuff-1");
        assertThat(peer.roles()).containsExactly("device");
        assertThat(peer.subject()).isEqualTo(SubjectName.dns("cuff-1.ward.example"));
        assertThat(peer.staticKey()).contains(StaticKey.of(STATIC));
        assertThat(peer.revocation()).isEqualTo(RevocationEvidence.SHORT_LIVED);
        assertThat(peer.isDelegated()).isFalse();
        assertThat(peer.validUntil()).contains(NOW.plus(Duration.ofDays(7)));
        assertThat(peer.toString())
                .startsWith("Certified[cuff-1, [device], dns:cuff-1.ward.example, StaticKey[")
                .doesNotContain("BEGIN");
    }

    @Test
    void exactNameGoesBeforeItsDomainAndUrisCount() {
        VerifiedPeer.Certified pump = verifier.verify(claim(credential(wish -> wish.dns("PUMP-1.ward.Example"))));
        VerifiedPeer.Certified cuff = verifier.verify(claim(credential(wish -> wish.set(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "urn:dev:ops:32473-cuff-5"))))));

        assertThat(pump.name()).isEqualTo("pump");
        assertThat(pump.roles()).containsExactlyInAnyOrder("device", "commands");
        assertThat(cuff.name()).isEqualTo("cuff-5");
    }

    @Test
    void edwardsKeyAndIntermediatesAreAccepted() {
        Signer edwards = Signer.generate(SignatureAlgorithm.ED25519);
        TestAuthority second = root.below("second", wish -> {});
        TestAuthority third = second.below("third", wish -> {});
        X509Certificate leaf = third.device(edwards);

        VerifiedPeer.Certified peer = verifier.verify(
                claim(Credential.of(List.of(leaf, third.certificate(), second.certificate()), edwards)));

        assertThat(peer.chain()).containsExactly(leaf, third.certificate(), second.certificate());
    }

    // ---- the chain

    @Test
    void expiredCertificateIsRefused() {
        Credential credential = credential(wish -> {});
        clock.advance(Duration.ofDays(7).plusSeconds(1));

        assertRefused(Refusal.EXPIRED, claim(credential));
    }

    @Test
    void certificateOfTomorrowIsRefused() {
        assertRefused(Refusal.NOT_YET_VALID, claim(credential(wish -> wish.notBefore = NOW.plus(Duration.ofDays(1)))));
    }

    @Test
    void clockSetBackMakesNoExpiredCertificateValidBeforeItsStart() {
        Credential credential = credential(wish -> {});
        clock.jump(Duration.ofDays(-1));

        assertRefused(Refusal.NOT_YET_VALID, claim(credential));
    }

    @Test
    void foreignAnchorIsRefusedAlsoWithTheSameName() {
        X509Certificate foreign = TestAuthority.root("root", NOW).device(signer);

        assertRefused(Refusal.UNTRUSTED, claim(Credential.of(List.of(foreign), signer)));
    }

    @Test
    void selfMadeChainWithItsOwnAnchorIsRefused() {
        TestAuthority foreign = TestAuthority.root("foreign", NOW);

        assertRefused(
                Refusal.UNTRUSTED,
                claim(Credential.of(List.of(foreign.device(signer), foreign.certificate()), signer)));
    }

    @Test
    void anchorOfTheJdkIsNoAnchorHere() throws Exception {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance("PKIX");
        jdk.init((KeyStore) null);
        X509Certificate any = Arrays.stream(jdk.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .filter(anchor -> anchor.getNotAfter().toInstant().isAfter(NOW))
                .findFirst()
                .orElseThrow();

        byte[] payload = new CredentialPayload(
                        List.of(any), Optional.empty(), Optional.empty(), SignatureAlgorithm.ECDSA_P256, new byte[64])
                .encode();

        assertRefused(Refusal.UNTRUSTED, claim(payload));
    }

    @Test
    void endCertificateIssuesNothing() {
        TestAuthority fake = root.below(
                "no authority", wish -> wish.set(Extension.basicConstraints, true, new BasicConstraints(false)));

        assertRefused(
                Refusal.UNTRUSTED, claim(Credential.of(List.of(fake.device(signer), fake.certificate()), signer)));
    }

    @Test
    void oversizedChainAndCertificateAreRefused() {
        byte[] payload = credential(wish -> {}).payload(Role.RESPONDER, HASH, STATIC);
        payload[2] = 5;
        assertRefused(Refusal.MALFORMED, claim(payload));
        payload[2] = 0;
        assertRefused(Refusal.MALFORMED, claim(payload));

        X509Certificate large = root.device(
                signer.publicKey(),
                wish -> wish.set(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1"), false, new DEROctetString(new byte[4000])));
        byte[] tooLarge = new CredentialPayload(
                        List.of(large), Optional.empty(), Optional.empty(), SignatureAlgorithm.ECDSA_P256, new byte[64])
                .encode();
        assertRefused(Refusal.MALFORMED, claim(tooLarge));
        assertThatThrownBy(() -> Credential.of(List.of(large), signer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 4096 octets");
        X509Certificate leaf = root.device(signer);
        assertThatThrownBy(() -> Credential.of(List.of(leaf, leaf, leaf, leaf, leaf), signer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 4 certificates, but got 5");
        assertRefused(Refusal.MALFORMED, claim(new byte[CredentialPayload.MAX_LENGTH + 1]));
    }

    @Test
    void rulesAboutPoliciesAreRefused() {
        ASN1ObjectIdentifier one = new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1");
        Map<ASN1ObjectIdentifier, ASN1Encodable> rules = Map.of(
                Extension.policyMappings,
                new DERSequence(new DERSequence(new ASN1Encodable[] {one, one})),
                Extension.policyConstraints,
                new PolicyConstraints(BigInteger.ZERO, null),
                Extension.inhibitAnyPolicy,
                new ASN1Integer(0));
        for (Map.Entry<ASN1ObjectIdentifier, ASN1Encodable> rule : rules.entrySet()) {
            TestAuthority below = root.below("policies", wish -> wish.set(rule.getKey(), true, rule.getValue()));
            assertRefused(
                    Refusal.UNSUPPORTED_CHAIN,
                    claim(Credential.of(List.of(below.device(signer), below.certificate()), signer)));
        }
    }

    @Test
    void anchorThatIsNoAuthorityOrLimitsNamesIsRefused() {
        X509Certificate leaf = root.device(signer);
        X509Certificate limited = root.below(
                        "limited", wish -> wish.set(Extension.nameConstraints, true, permitted("ward.example")))
                .certificate();

        assertThatThrownBy(() -> CertificateVerifier.trusting(clock, PeerNames.of(Map.of()), List.of(leaf)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateVerifier.trusting(clock, PeerNames.of(Map.of()), List.of(limited)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits names");
        assertThatThrownBy(() -> CertificateVerifier.trusting(clock, PeerNames.of(Map.of()), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- the purpose

    @Test
    void wrongPurposeIsRefused() {
        for (KeyPurposeId purpose : List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage)) {
            assertRefused(
                    Refusal.WRONG_PURPOSE,
                    claim(credential(
                            wish -> wish.set(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)))));
        }
        assertRefused(Refusal.WRONG_PURPOSE, claim(credential(wish -> wish.without(Extension.extendedKeyUsage))));
        assertRefused(
                Refusal.WRONG_PURPOSE,
                claim(credential(wish -> wish.set(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)))));
        assertRefused(Refusal.WRONG_PURPOSE, claim(credential(wish -> wish.without(Extension.keyUsage))));
        assertRefused(
                Refusal.WRONG_PURPOSE,
                claim(credential(wish -> wish.set(Extension.basicConstraints, true, new BasicConstraints(0)))));
    }

    @Test
    void otherPurposeIsAcceptedWhereItIsAskedFor() {
        CertificateVerifier servers =
                builder().purposes(Set.of("1.3.6.1.5.5.7.3.1")).build();
        Credential credential = credential(wish ->
                wish.set(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));

        assertThat(servers.verify(claim(credential)).name()).isEqualTo("cuff-1");
    }

    // ---- the name

    @Test
    void nameThatIsNotOnTheListIsRefused() {
        for (String name : List.of("cuff-1.other.example", "ward.example", "a.b.ward.example", "xward.example")) {
            assertRefused(Refusal.UNKNOWN_NAME, claim(credential(wish -> wish.dns(name))));
        }
    }

    @Test
    void commonNameStandsForNobody() {
        assertRefused(
                Refusal.UNKNOWN_NAME,
                claim(credential(
                        wish -> wish.without(Extension.subjectAlternativeName).subject = "CN=cuff-1.ward.example")));
    }

    @Test
    void certificateWithNamesOfTwoPeersIsRefused() {
        assertRefused(
                Refusal.UNKNOWN_NAME,
                claim(credential(wish -> wish.dns("cuff-1.ward.example", "pump-1.ward.example"))));
        assertThat(verifier.verify(claim(credential(wish -> wish.dns("cuff-1.ward.example", "else.example"))))
                        .name())
                .isEqualTo("cuff-1");
    }

    @Test
    void nameWithADotAtTheEndIsRefused() {
        assertRefused(Refusal.AMBIGUOUS_NAME, claim(credential(wish -> wish.dns("cuff-1.ward.example."))));
    }

    @Test
    void namesThatTwoReadersCouldReadDifferentlyAreRefused() {
        for (String name : List.of(
                "*.ward.example",
                "cuff-1.ward.example\u0000.evil.example",
                "cuff 1.ward.example",
                ".ward.example",
                "")) {
            assertRefused(Refusal.AMBIGUOUS_NAME, claim(credential(wish -> wish.dns(name))));
        }
    }

    @Test
    void limitsOnNamesHoldAlsoWithADotAtTheEnd() {
        TestAuthority limited =
                root.below("limited", wish -> wish.set(Extension.nameConstraints, true, permitted("other.example")));
        TestAuthority excluded = root.below(
                "excluded",
                wish -> wish.set(Extension.nameConstraints, true, new NameConstraints(null, new GeneralSubtree[] {
                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "ward.example"))
                })));
        for (TestAuthority authority : List.of(limited, excluded)) {
            X509Certificate plain = authority.device(signer);
            X509Certificate dotted = authority.device(signer.publicKey(), wish -> wish.dns("cuff-1.ward.example."));

            assertRefused(Refusal.UNTRUSTED, claim(Credential.of(List.of(plain, authority.certificate()), signer)));
            assertRefusedAs(
                    Set.of(Refusal.UNTRUSTED, Refusal.AMBIGUOUS_NAME),
                    claim(Credential.of(List.of(dotted, authority.certificate()), signer)));
        }
    }

    // ---- manufacturers' certificates

    @Test
    void manufacturersCertificateIsAcceptedOnlyWhereItsGapsAreOverlooked() {
        Consumer<TestAuthority.Wish> bare = wish -> {
            wish.without(Extension.keyUsage)
                    .without(Extension.extendedKeyUsage)
                    .without(Extension.subjectAlternativeName);
            wish.subject = "CN=Cuff 3000,SERIALNUMBER=SN 1234,O=Maker";
        };
        Set<Leniency> all = EnumSet.allOf(Leniency.class);

        assertThat(builder()
                        .lenient(all)
                        .build()
                        .verify(claim(credential(bare)))
                        .name())
                .isEqualTo("maker-1234");
        for (Leniency missing : all) {
            Set<Leniency> others = EnumSet.copyOf(all);
            others.remove(missing);
            CertificateVerifier strict = builder().lenient(others).build();
            assertThatThrownBy(() -> strict.verify(claim(credential(bare))))
                    .as("%s", missing)
                    .isInstanceOf(AuthenticationException.class);
        }
        assertThat(refusals).containsExactly(Refusal.WRONG_PURPOSE, Refusal.WRONG_PURPOSE, Refusal.UNKNOWN_NAME);
    }

    @Test
    void leniencyOverlooksWhatIsMissingAndNothingThatIsThere() {
        CertificateVerifier lenient =
                builder().lenient(EnumSet.allOf(Leniency.class)).build();
        for (Consumer<TestAuthority.Wish> wrong : List.<Consumer<TestAuthority.Wish>>of(
                wish -> wish.set(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)),
                wish -> wish.set(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                wish -> {
                    wish.dns("else.example");
                    wish.subject = "SERIALNUMBER=SN 1234";
                })) {
            assertThatThrownBy(() -> lenient.verify(claim(credential(wrong))))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    // ---- the signature

    @Test
    void signatureForAnotherRoleHandshakeOrStaticKeyIsRefused() {
        byte[] payload = credential(wish -> {}).payload(Role.RESPONDER, HASH, STATIC);

        assertRefused(Refusal.NOT_SIGNED, new PeerClaim(Role.INITIATOR, HASH, STATIC, payload));
        assertRefused(Refusal.NOT_SIGNED, new PeerClaim(Role.RESPONDER, filled(32, 9), STATIC, payload));
        assertRefused(Refusal.NOT_SIGNED, new PeerClaim(Role.RESPONDER, HASH, filled(32, 9), payload));
        assertRefused(
                Refusal.NOT_SIGNED, new PeerClaim(PeerClaim.Occasion.UPDATE, Role.RESPONDER, HASH, STATIC, payload));
        assertRefused(Refusal.KEY_MISSING, new PeerClaim(Role.RESPONDER, HASH, new byte[0], payload));
        assertThat(verifier.verify(claim(payload)).name()).isEqualTo("cuff-1");
    }

    @Test
    void certificateOfSomebodyElseIsWorthNothing() {
        X509Certificate theirs = root.device(Signer.generate(SignatureAlgorithm.ECDSA_P256));
        byte[] mine = credential(wish -> {}).payload(Role.RESPONDER, HASH, STATIC);
        CredentialPayload payload = CredentialPayload.decode(mine);
        byte[] swapped = new CredentialPayload(
                        List.of(theirs),
                        payload.staple(),
                        payload.delegation(),
                        payload.algorithm(),
                        payload.signature())
                .encode();

        assertRefused(Refusal.NOT_SIGNED, claim(swapped));
        assertThatThrownBy(() -> Credential.of(List.of(theirs), signer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allZeroSignatureIsRefused() {
        byte[] payload = credential(wish -> {}).payload(Role.RESPONDER, HASH, STATIC);
        Arrays.fill(payload, payload.length - 64, payload.length, (byte) 0);

        assertRefused(Refusal.NOT_SIGNED, claim(payload));
    }

    @Test
    void refusalDoesNotStick() {
        // CVE-2020-27222: one failed certificate check broke all handshakes that followed.
        Credential credential = credential(wish -> {});
        for (int i = 0; i < 3; i++) {
            byte[] forged = credential.payload(Role.RESPONDER, HASH, STATIC);
            forged[forged.length - 1] ^= 1;
            assertRefused(Refusal.NOT_SIGNED, claim(forged));
            assertThat(verifier.verify(claim(credential)).name()).isEqualTo("cuff-1");
        }
    }

    @Test
    void successDoesNotStick() {
        Credential credential = credential(wish -> {});
        assertThat(verifier.verify(claim(credential)).name()).isEqualTo("cuff-1");

        lists.add(root.list(
                NOW.minusSeconds(60), NOW.plusSeconds(60), credential.chain().get(0)));

        assertRefused(Refusal.REVOKED, claim(credential));
    }

    @Test
    void peerIsToldTheSameWordsForEveryCause() {
        assertThatThrownBy(() -> verifier.verify(claim(new byte[0]))).hasMessage("frame not authentic");
        assertThatThrownBy(() -> verifier.verify(claim(credential(wish -> wish.dns("else.example")))))
                .hasMessage("frame not authentic");
    }

    // ---- delegation

    @Test
    void delegatedStaticKeyServesManyHandshakesUntilItsEnd() {
        Credential.Delegated delegated =
                credential(wish -> {}).delegate(STATIC, NOW.plus(Duration.ofHours(20)), Set.of("device"));

        for (byte hash = 3; hash < 6; hash++) {
            VerifiedPeer.Certified peer =
                    verifier.verify(new PeerClaim(Role.INITIATOR, filled(32, hash), STATIC, delegated.payload()));
            assertThat(peer.isDelegated()).isTrue();
            assertThat(peer.roles()).containsExactly("device");
            assertThat(peer.validUntil()).contains(NOW.plus(Duration.ofHours(20)));
        }
        assertRefused(Refusal.NOT_SIGNED, new PeerClaim(Role.INITIATOR, HASH, filled(32, 8), delegated.payload()));
        clock.advance(Duration.ofHours(20).plusSeconds(1));
        assertRefused(Refusal.EXPIRED, claim(delegated.payload()));
    }

    @Test
    void delegationGivesNoRoleThatItsOwnerDoesNotHave() {
        Credential cuff = credential(wish -> {});

        assertRefused(
                Refusal.EXCESSIVE_DELEGATION,
                claim(cuff.delegate(STATIC, NOW.plusSeconds(60), Set.of("commands", "device"))
                        .payload()));
        assertThat(verifier.verify(claim(cuff.delegate(STATIC, NOW.plusSeconds(60), Set.of())
                                .payload()))
                        .roles())
                .isEmpty();
    }

    @Test
    void delegationTooFarAheadIsRefused() {
        Credential cuff = credential(wish -> {});
        byte[] days = cuff.delegate(STATIC, NOW.plus(Duration.ofDays(2)), Set.of("device"))
                .payload();

        assertRefused(Refusal.EXCESSIVE_DELEGATION, claim(days));
        assertThat(builder()
                        .longestDelegation(Duration.ofDays(2))
                        .build()
                        .verify(claim(days))
                        .isDelegated())
                .isTrue();
        CertificateVerifier none = builder().longestDelegation(Duration.ZERO).build();
        byte[] minute = cuff.delegate(STATIC, NOW.plusSeconds(60), Set.of()).payload();
        assertThatThrownBy(() -> none.verify(claim(minute))).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void delegationGoesOnWithAFreshStaple() {
        Credential longLived = credential(wish -> wish.notAfter = NOW.plus(Duration.ofDays(400)));
        Credential.Delegated delegated = longLived.delegate(STATIC, NOW.plusSeconds(3600), Set.of("device"));
        longLived.close(); // the token is away

        assertRefused(Refusal.REVOCATION_UNKNOWN, claim(delegated.payload()));
        assertThat(verifier.verify(claim(
                                delegated.payload(root.staple(longLived.chain().get(0), GOOD))))
                        .revocation())
                .isEqualTo(RevocationEvidence.STAPLED);
    }
}
