package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.openiomt.security.session.Party.NOTHING;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;

import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.peer.CertificateVerifier;
import org.openiomt.security.identity.peer.Credential;
import org.openiomt.security.identity.peer.IdentityUpdate;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.Refusal;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.SubjectName;
import org.openiomt.security.identity.peer.TestAuthority;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.testkit.ManualClock;

/** Whole sessions whose ends have certificates: what the pieces prove one by one, put together as an application does. */
class CertifiedSessionTest {
    private final ManualClock clock = new ManualClock();
    private final TestAuthority root = TestAuthority.root("root", clock.instant());
    private final DhKeyPair gatewayKey =
            Primitives.preferred().x25519().orElseThrow().generate();
    private final DhKeyPair deviceKey =
            Primitives.preferred().x25519().orElseThrow().generate();
    private final Credential ofGateway = credential("ward-3.ward.example", Duration.ofDays(7));
    private final Credential ofDevice = credential("cuff-1.ward.example", Duration.ofDays(7));
    private final List<X509CRL> lists = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<AuditEvent> audited = new ArrayList<>();
    private final CertificateVerifier verifier = CertificateVerifier.trusting(
                    clock,
                    PeerNames.of(Map.of(
                            SubjectName.dns("ward-3.ward.example"),
                            Party.GATEWAY_ENTRY,
                            SubjectName.dns("cuff-1.ward.example"),
                            Party.DEVICE_ENTRY,
                            SubjectName.dns("cuff-2.ward.example"),
                            new PeerNames.Entry("cuff-2", Set.of("device")))),
                    List.of(root.certificate()))
            .revocationLists(() -> lists)
            .onRefusal(((Consumer<Refusal>) refusals::add).andThen(Refusal.auditing(this::audited)))
            .build();

    private Credential credential(String name, Duration life) {
        Signer signer = Signer.generate(SignatureAlgorithm.ECDSA_P256);
        return Credential.of(
                List.of(root.device(
                        signer.publicKey(),
                        wish -> wish.dns(name).notAfter = clock.instant().plus(life))),
                signer);
    }

    private CompletionStage<Void> audited(AuditEvent event) {
        audited.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private SessionSettings gateway() {
        return SessionSettings.xx(Party.GATEWAY, gatewayKey, verifier)
                .withCredential(ofGateway::payload)
                .withUpdates(UpdateVerifier.certificates(verifier))
                .withClock(clock)
                .withAudit(this::audited);
    }

    private SessionSettings device(Credential credential) {
        return SessionSettings.xx(Party.DEVICE, deviceKey, verifier)
                .withCredential(credential::payload)
                .withUpdates(UpdateVerifier.certificates(verifier))
                .withClock(clock);
    }

    private Party.Sessions connect(Credential device) {
        return Party.connect(gateway(), device(device));
    }

    @ParameterizedTest
    @EnumSource
    void bothEndsKnowTheCertificateOfTheOther(FrameForm form) {
        try (Party.Sessions sessions =
                Party.connect(gateway().withForm(form), device(ofDevice).withForm(form))) {
            VerifiedPeer.Certified device =
                    (VerifiedPeer.Certified) sessions.gateway().peer();
            VerifiedPeer.Certified gateway =
                    (VerifiedPeer.Certified) sessions.device().peer();

            assertThat(device.name()).isEqualTo("cuff-1");
            assertThat(device.chain()).isEqualTo(ofDevice.chain());
            assertThat(device.key()).isEqualTo(StaticKey.of(deviceKey.publicKey()));
            assertThat(gateway.name()).isEqualTo("ward-3");
            assertThat(gateway.roles()).containsExactly("gateway");
            byte[] frame = sessions.device().sealer().seal(new byte[] {1}, NOTHING);
            assertThat(Party.opened(sessions.gateway(), frame)).containsExactly(1);
        }
    }

    @Test
    void delegatedKeyIsToldFromOneThatWasSignedForTheSession() {
        Credential.Delegated delegated =
                ofDevice.delegate(deviceKey.publicKey(), clock.instant().plusSeconds(600), Set.of("device"));
        SessionSettings device = device(ofDevice).withCredential((role, hash, own) -> delegated.payload());

        try (Party.Sessions sessions = Party.connect(gateway(), device)) {
            assertThat(((VerifiedPeer.Certified) sessions.gateway().peer()).isDelegated())
                    .isTrue();
            assertThat(audited).extracting(AuditEvent::detail).containsExactly("delegated certificate");
        }
    }

    @Test
    void certificateOfAnotherOnesKeyOpensNoSession() {
        SessionSettings thief = SessionSettings.xx(
                        Party.DEVICE,
                        Primitives.preferred().x25519().orElseThrow().generate(),
                        verifier)
                .withClock(clock)
                .withCredential((role, hash, own) -> ofDevice.payload(role, hash, deviceKey.publicKey()));

        assertRefused(() -> Party.connect(gateway(), thief));
        assertThat(refusals).containsExactly(Refusal.NOT_SIGNED);
        assertThat(audited)
                .extracting(AuditEvent::type, AuditEvent::detail)
                .containsExactly(
                        tuple(AuditEventType.KEY_REFUSED, "NOT_SIGNED"), tuple(AuditEventType.PEER_REFUSED, ""));
    }

    @Test
    void revokedDeviceIsNotLetInAgain() {
        connect(ofDevice).close();
        lists.add(root.list(
                clock.instant(),
                clock.instant().plus(Duration.ofDays(1)),
                ofDevice.chain().get(0)));

        assertRefused(() -> connect(ofDevice));
        assertThat(refusals).containsExactly(Refusal.REVOKED);
    }

    @Test
    void sessionEndsWithThePeersCertificate() {
        try (Party.Sessions sessions = connect(credential("cuff-1.ward.example", Duration.ofHours(1)))) {
            SecureSession gateway = sessions.gateway();
            byte[] inTime = sessions.device().sealer().seal(new byte[] {1}, NOTHING);
            byte[] late = sessions.device().sealer().seal(new byte[] {2}, NOTHING);
            clock.advance(Duration.ofMinutes(59));
            gateway.onDeadline();
            assertThat(gateway.untilDeadline()).isEqualTo(Duration.ofMinutes(1));
            assertThat(Party.opened(gateway, inTime)).containsExactly(1);

            clock.advance(Duration.ofMinutes(1));
            gateway.onDeadline();

            assertThat(gateway.isClosed()).isTrue();
            assertRefused(() -> Party.opened(gateway, late));
        }
    }

    @Test
    void clockSetBackDoesNotPutOffTheEndOfACertificate() {
        try (Party.Sessions sessions = connect(credential("cuff-1.ward.example", Duration.ofHours(1)))) {
            clock.advance(Duration.ofMinutes(30));
            sessions.gateway().onDeadline();
            clock.jump(Duration.ofDays(-1));
            sessions.gateway().onDeadline();
            clock.advance(Duration.ofMinutes(30));
            sessions.gateway().onDeadline();

            assertThat(sessions.gateway().isClosed()).isTrue();
        }
    }

    @Test
    void certificateIsRotatedInsideTheSessionWhichGoesOn() {
        try (Party.Sessions sessions = connect(credential("cuff-1.ward.example", Duration.ofHours(1)))) {
            StaticKey next = StaticKey.of(
                    Primitives.preferred().x25519().orElseThrow().generate().publicKey());
            byte[] update = sessions.device().sealIdentityUpdate(update(sessions.device(), ofDevice, next), NOTHING);

            assertThat(Party.opened(sessions.gateway(), update)).isEmpty();

            VerifiedPeer.Certified fresh =
                    (VerifiedPeer.Certified) sessions.gateway().peer();
            assertThat(fresh.chain()).isEqualTo(ofDevice.chain());
            assertThat(fresh.key()).isEqualTo(next);
            assertThat(audited)
                    .contains(new AuditEvent(
                            AuditEventType.KEY_ROTATED, Optional.empty(), next.fingerprint(), "cuff-1", "certificate"));
            clock.advance(Duration.ofHours(2));
            sessions.gateway().onDeadline();
            byte[] later = sessions.device().sealer().seal(new byte[] {3}, NOTHING);
            assertThat(Party.opened(sessions.gateway(), later))
                    .as("after the first certificate")
                    .containsExactly(3);
        }
    }

    @Test
    void updateOfSomebodyElseIsRefusedAndAudited() {
        try (Party.Sessions sessions = connect(ofDevice)) {
            StaticKey own = StaticKey.of(deviceKey.publicKey());
            byte[] foreign = update(sessions.device(), credential("cuff-2.ward.example", Duration.ofDays(7)), own);
            byte[] frame = sessions.device().sealIdentityUpdate(foreign, NOTHING);

            assertRefused(() -> Party.opened(sessions.gateway(), frame));

            assertThat(refusals).containsExactly(Refusal.OTHER_PEER);
            assertThat(sessions.gateway().peer().name()).isEqualTo("cuff-1");
            assertThat(audited)
                    .extracting(AuditEvent::type, AuditEvent::actor, AuditEvent::subject)
                    .contains(tuple(AuditEventType.KEY_REFUSED, "cuff-1", own.fingerprint()));
        }
    }

    @Test
    void ticketIsOverWithTheCertificateAndItsUseIsAudited() {
        ResumptionTickets tickets = new ResumptionTickets(10, clock);
        Credential shortLived = credential("cuff-1.ward.example", Duration.ofHours(1));
        try (Party.Sessions first = Party.connect(gateway(), device(shortLived).withTickets(tickets));
                ResumptionTicket ticket = first.gateway().ticket()) {
            assertThat(ticket.notAfter()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
            Party.connect(
                            SessionHandshake.resuming(gateway(), ticket),
                            SessionHandshake.responder(device(shortLived).withTickets(tickets)))
                    .close();
            assertThat(audited).extracting(AuditEvent::detail).containsExactly("certificate", "ticket");
        }
        try (Party.Sessions second = Party.connect(gateway(), device(shortLived).withTickets(tickets));
                ResumptionTicket ticket = second.gateway().ticket()) {
            clock.advance(Duration.ofMinutes(61));
            assertThatThrownBy(() -> SessionHandshake.resuming(gateway(), ticket))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the ticket is over since");
        }
    }

    @Test
    void inventoryTellsWhoWasHereAndByWhatProof() {
        PeerInventory inventory = new PeerInventory(10, clock);
        Instant first = clock.instant();
        Credential shortLived = credential("cuff-1.ward.example", Duration.ofHours(1));
        Party.connect(gateway().withInventory(inventory), device(shortLived)).close();
        clock.advance(Duration.ofMinutes(10));
        try (Party.Sessions sessions =
                Party.connect(gateway().withInventory(inventory).withoutHybrid(), device(shortLived))) {
            assertThat(inventory.entries())
                    .containsExactly(new PeerInventory.Entry(
                            "cuff-1",
                            "certificate",
                            Optional.of(StaticKey.of(deviceKey.publicKey()).fingerprint()),
                            Optional.of(serial(shortLived)),
                            Optional.of(first.plus(Duration.ofHours(1))),
                            sessions.gateway().suite(),
                            false,
                            first,
                            clock.instant(),
                            2));
            StaticKey own = StaticKey.of(deviceKey.publicKey());
            Party.opened(
                    sessions.gateway(),
                    sessions.device().sealIdentityUpdate(update(sessions.device(), ofDevice, own), NOTHING));
            assertThat(inventory.entries().get(0).certificate()).contains(serial(ofDevice));
            assertThat(inventory.toJson())
                    .startsWith("[{\"name\":\"cuff-1\",\"proof\":\"certificate\",\"key\":\"")
                    .contains("\"certificate\":\"" + serial(ofDevice) + "\"")
                    .endsWith("\"postQuantum\":false,\"firstSeen\":\"" + first + "\",\"lastSeen\":\"" + clock.instant()
                            + "\",\"sessions\":2}]");
        }
    }

    @Test
    void inventoryForgetsWhoWasSeenLongestAgo() {
        PeerInventory inventory = new PeerInventory(1, clock);
        Party.connect(gateway().withInventory(inventory), device(ofDevice)).close();
        Party.connect(gateway().withInventory(inventory), device(credential("cuff-2.ward.example", Duration.ofDays(1))))
                .close();

        assertThat(inventory.entries()).extracting(PeerInventory.Entry::name).containsExactly("cuff-2");
    }

    private static String serial(Credential credential) {
        return credential.chain().get(0).getSerialNumber().toString(16);
    }

    private static byte[] update(SecureSession session, Credential credential, StaticKey next) {
        return IdentityUpdate.make(credential, session.role(), session.handshakeHash(), next);
    }
}
