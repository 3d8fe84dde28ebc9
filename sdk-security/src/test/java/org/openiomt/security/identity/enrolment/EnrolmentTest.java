package org.openiomt.security.identity.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.identity.peer.CertificateVerifier;
import org.openiomt.security.identity.peer.Credential;
import org.openiomt.security.identity.peer.IdentityUpdate;
import org.openiomt.security.identity.peer.PeerClaim;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.RevocationEvidence;
import org.openiomt.security.identity.peer.RevocationRule;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.SubjectName;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.session.Role;

/** The clock is the machine's: TLS of the JDK asks no other for the client's side of HTTP. */
class EnrolmentTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofDays(1);
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final byte[] HASH = new byte[32];
    private static final byte[] STATIC = new byte[32];

    private final DevelopmentAuthority authority = DevelopmentAuthority.create(Clock.systemUTC());
    private final EstServer server = EstServer.start(authority, authority.server("est", List.of("localhost")), DAY);
    private final Signer key = Signer.generate(SignatureAlgorithm.ECDSA_P256);
    private final CertificateVerifier verifier = CertificateVerifier.trusting(
                    Clock.systemUTC(),
                    PeerNames.of(Map.of()).andUnder("ward.example", Set.of("device")),
                    List.of(authority.trust().anchor()))
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- requests

    @Test
    void requestHasSubjectNamesPurposesAndExtensions() throws Exception {
        byte[] der = CsrBuilder.of("cuff-1")
                .serialNumber("SN 1234")
                .name(SubjectName.dns("cuff-1.ward.example"))
                .name(SubjectName.uri("urn:dev:ops:32473-cuff-1"))
                .purpose(CertificateVerifier.CLIENT_AUTH)
                .extension("1.3.6.1.4.1.32473.7", false, HexFormat.of().parseHex("0500"))
                .build(key);

        PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
        assertThat(request.getSubject()).hasToString("CN=cuff-1,SERIALNUMBER=SN 1234");
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key.publicKey())))
                .isTrue();
        assertThat(request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest))
                .hasSize(1);
        Extensions asked = request.getRequestedExtensions();
        assertThat(GeneralNames.fromExtensions(asked, Extension.subjectAlternativeName)
                        .getNames())
                .hasSize(2);
        assertThat(asked.getExtensionOIDs()).hasSize(4);
        assertThat(asked.getExtension(Extension.keyUsage).isCritical()).isTrue();
    }

    @Test
    void everyAlgorithmSignsRequestsThatTheAuthorityBelieves() {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            Signer signer = Signer.generate(algorithm);
            X509Certificate issued = authority.device(request("cuff-1").build(signer), DAY);
            assertThat(issued.getPublicKey()).isEqualTo(signer.publicKey());
        }
    }

    @Test
    void authorityRefusesForeignNamesAndForeignSignatures() {
        byte[] good = request("cuff-1").build(key);
        byte[] forged = good.clone();
        forged[forged.length - 1] ^= 1;
        byte[] foreign = CsrBuilder.of("cuff-1")
                .name(SubjectName.dns("pump-1.ward.example"))
                .build(key);
        byte[] noCurve = good.clone(); // found by fuzzing: a key that names no curve
        noCurve[indexOf(noCurve, HexFormat.of().parseHex("06082a8648ce3d030107")) + 9] ^= 0x40;
        byte[] uri = CsrBuilder.of("cuff-1").name(SubjectName.uri("urn:x")).build(key);

        for (byte[] wrong :
                List.of(forged, foreign, uri, noCurve, new byte[0], new byte[9000], new byte[] {0x30, 0x00})) {
            assertThatThrownBy(() -> authority.device(wrong, DAY)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> authority.device(good, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(DevelopmentAuthority.idOf(good)).isEqualTo("cuff-1");
    }

    @Test
    void namesThatCouldMeanSomethingElseAreRefused() {
        assertThatThrownBy(() -> CsrBuilder.of("a,CN=b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("a").name(new SubjectName(SubjectName.Kind.COMMON_NAME, "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("a").serialNumber("1\n2")).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- EST

    @Test
    void deviceGetsItsFirstCertificateByAPasswordAndTheNextByTheFirst() {
        server.expect("cuff-1", PASSWORD);
        EstClient first = EstClient.of(server.uri(), authority.trust(), "cuff-1", PASSWORD, SOON);
        assertThat(first.authorities()).containsExactly(authority.trust().anchor());

        Enrolment.Issued issued =
                (Enrolment.Issued) first.enrol(request("cuff-1").build(key));
        Credential credential = issued.credential(key);
        VerifiedPeer.Certified known = verifier.verify(claim(credential.payload(Role.RESPONDER, HASH, STATIC)));
        assertThat(known.name()).isEqualTo("cuff-1");

        // The next key, asked for with the present certificate; then the session goes on with it.
        Signer nextKey = Signer.generate(SignatureAlgorithm.ED25519);
        TlsIdentity present = TlsIdentity.of(issued.chain(), key, authority.trust());
        Enrolment.Issued renewed = (Enrolment.Issued) EstClient.of(server.uri(), present, SOON)
                .renew(request("cuff-1").build(nextKey));
        byte[] update = IdentityUpdate.make(renewed.credential(nextKey), Role.RESPONDER, HASH, StaticKey.of(STATIC));
        VerifiedPeer.Certified fresh = IdentityUpdate.verify(verifier, known, Role.RESPONDER, HASH, update);
        assertThat(fresh.name()).isEqualTo("cuff-1");
        assertThat(fresh.chain()).isEqualTo(renewed.chain()).isNotEqualTo(known.chain());
    }

    @Test
    void passwordServesOnceAndForItsDeviceOnly() {
        server.expect("cuff-1", PASSWORD);
        byte[] request = request("cuff-1").build(key);

        assertThat(EstClient.of(server.uri(), authority.trust(), "cuff-1", "wrong".toCharArray(), SOON)
                        .enrol(request))
                .isEqualTo(new Enrolment.Refused(401));
        assertThat(EstClient.of(server.uri(), authority.trust(), "cuff-2", PASSWORD, SOON)
                        .enrol(request))
                .isEqualTo(new Enrolment.Refused(401));
        EstClient right = EstClient.of(server.uri(), authority.trust(), "cuff-1", PASSWORD, SOON);
        assertThat(right.enrol(request("cuff-2").build(key))).isEqualTo(new Enrolment.Refused(403));
        assertThat(right.enrol(request)).isEqualTo(new Enrolment.Refused(401)); // the try before has used it up
    }

    @Test
    void renewalNeedsACertificateOfTheSameName() {
        EstClient bare = EstClient.of(server.uri(), authority.trust(), "cuff-2", PASSWORD, SOON);
        EstClient device = EstClient.of(server.uri(), deviceTls(), SOON);

        assertThat(bare.renew(request("cuff-2").build(key))).isEqualTo(new Enrolment.Refused(401));
        assertThat(device.renew(request("cuff-1").build(key))).isEqualTo(new Enrolment.Refused(403));
        assertThat(device.renew(new byte[] {0x30, 0x00})).isEqualTo(new Enrolment.Refused(400));
    }

    @Test
    void serverOfAnotherAuthorityIsNotAsked() {
        DevelopmentAuthority foreign = DevelopmentAuthority.create(Clock.systemUTC());
        try (EstServer fake = EstServer.start(foreign, foreign.server("est", List.of("localhost")), DAY)) {
            fake.expect("cuff-1", PASSWORD);
            EstClient client = EstClient.of(fake.uri(), authority.trust(), "cuff-1", PASSWORD, SOON);

            assertThatThrownBy(() -> client.enrol(request("cuff-1").build(key))).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void serverOfAnotherNameIsNotAsked() {
        try (EstServer other = EstServer.start(authority, authority.server("est", List.of("other.example")), DAY)) {
            EstClient client = EstClient.of(other.uri(), authority.trust(), "cuff-1", PASSWORD, SOON);

            assertThatThrownBy(client::authorities).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void serverThatIsGoneIsALinkThatFailed() {
        URI uri = server.uri();
        server.close();

        assertThatThrownBy(() -> EstClient.of(uri, authority.trust(), "a", PASSWORD, SOON)
                        .authorities())
                .isInstanceOf(LinkException.class);
        assertThatThrownBy(() -> EstClient.of(URI.create("http://localhost"), authority.trust(), "a", PASSWORD, SOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void certificateForAnotherKeyOrOfAnotherAuthorityIsRefused() {
        DevelopmentAuthority foreign = DevelopmentAuthority.create(Clock.systemUTC());
        byte[] mine = request("cuff-1").build(key);
        byte[] theirs = request("cuff-1").build(Signer.generate(SignatureAlgorithm.ECDSA_P256));
        EstClient client = EstClient.of(server.uri(), authority.trust(), "cuff-1", PASSWORD, SOON);

        assertThat(client.checked(List.of(authority.device(mine, DAY)), mine)).hasSize(1);
        assertThatThrownBy(() -> client.checked(List.of(authority.device(theirs, DAY)), mine))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> client.checked(List.of(foreign.device(mine, DAY)), mine))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("does not lead to");
    }

    // ---- what comes over the wire

    @Test
    void certificatesAreReadAsTheyWereWritten() {
        List<X509Certificate> two = List.of(
                authority.trust().anchor(),
                authority.client("gateway-1").identity().certificate());

        assertThat(CertsOnly.decode(CertsOnly.encode(two))).containsExactlyInAnyOrderElementsOf(two);
    }

    @Test
    void answersThatAreNoneAreRefused() {
        for (String wrong : List.of("", "!!!", "AAAA", "MAA=", "MIIB")) {
            assertThatThrownBy(() -> CertsOnly.decode(wrong.getBytes(StandardCharsets.US_ASCII)))
                    .as(wrong)
                    .isInstanceOf(DecodeException.class);
        }
        assertThatThrownBy(() -> CertsOnly.decode(new byte[CertsOnly.MAX_OCTETS + 1]))
                .isInstanceOf(DecodeException.class);
    }

    // ---- revocation by the development authority

    @Test
    void authoritySpeaksAboutItsCertificates() {
        X509Certificate certificate = authority.device(request("cuff-1").build(key), DAY);
        Credential credential = Credential.of(List.of(certificate), key);
        CertificateVerifier strict = CertificateVerifier.trusting(
                        Clock.systemUTC(),
                        PeerNames.of(Map.of()).andUnder("ward.example", Set.of()),
                        List.of(authority.trust().anchor()))
                .revocation(RevocationRule.ALWAYS)
                .revocationLists(() -> List.of(authority.revocationList(DAY)))
                .build();
        Credential stapled = credential.withStaple(authority.staple(certificate, DAY));

        assertThat(strict.verify(claim(credential.payload(Role.RESPONDER, HASH, STATIC)))
                        .revocation())
                .isEqualTo(RevocationEvidence.NOT_LISTED);
        assertThat(verifier.verify(claim(stapled.payload(Role.RESPONDER, HASH, STATIC)))
                        .revocation())
                .isEqualTo(RevocationEvidence.STAPLED);

        authority.revoke(certificate);

        assertThatThrownBy(() -> strict.verify(claim(stapled.payload(Role.RESPONDER, HASH, STATIC))))
                .isInstanceOf(AuthenticationException.class);
        Credential late = credential.withStaple(authority.staple(certificate, DAY));
        assertThatThrownBy(() -> verifier.verify(claim(late.payload(Role.RESPONDER, HASH, STATIC))))
                .isInstanceOf(AuthenticationException.class);
    }

    private static int indexOf(byte[] octets, byte[] part) {
        return HexFormat.of().formatHex(octets).indexOf(HexFormat.of().formatHex(part)) / 2;
    }

    private TlsIdentity deviceTls() {
        return authority.client("cuff-2");
    }

    private static CsrBuilder request(String id) {
        return CsrBuilder.of(id).name(SubjectName.dns(id + ".ward.example"));
    }

    private static PeerClaim claim(byte[] payload) {
        return new PeerClaim(Role.RESPONDER, HASH, STATIC, payload);
    }
}
