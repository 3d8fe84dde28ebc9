package org.openiomt.security.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.Party.NOTHING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.PreSharedPeer;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;

class SessionHandshakeTest {
    private final Party party = Party.x25519();

    @ParameterizedTest
    @EnumSource
    void everyPatternConnectsInEveryFormAndSuite(SessionPattern pattern) {
        if (pattern == SessionPattern.RESUME) {
            return; // needs a session before: ResumptionTest
        }
        for (FrameForm form : FrameForm.values()) {
            for (CipherSuite suite : CipherSuite.values()) {
                Party ends = Party.of(suite);
                try (Party.Sessions sessions = Party.connect(
                        ends.gateway(pattern).withForm(form).withSuites(suite),
                        ends.device(pattern).withForm(form).withSuites(suite))) {
                    assertThat(sessions.gateway().suite()).isEqualTo(suite);
                    assertThat(sessions.gateway().pattern()).isEqualTo(pattern);
                    assertThat(sessions.gateway().isPostQuantum()).isEqualTo(suite.isHybrid());
                    assertThat(sessions.gateway().handshakeHash())
                            .isEqualTo(sessions.device().handshakeHash());
                    assertTalks(sessions);
                }
            }
        }
    }

    @Test
    void hybridSuiteIsTheDefault() {
        try (Party.Sessions sessions =
                Party.connect(party.gateway(SessionPattern.XX), party.device(SessionPattern.XX))) {
            assertThat(sessions.device().suite()).isEqualTo(CipherSuite.X25519_MLKEM768_AESGCM_SHA256);
        }
    }

    @Test
    void responderChoosesAmongWhatIsOffered() {
        try (Party.Sessions sessions = Party.connect(
                party.gateway(SessionPattern.XX),
                party.device(SessionPattern.XX).withSuites(CipherSuite.X25519_CHACHAPOLY_SHA256))) {
            assertThat(sessions.gateway().suite()).isEqualTo(CipherSuite.X25519_CHACHAPOLY_SHA256);
            assertTalks(sessions);
        }
    }

    @Test
    void nothingInCommonIsRefused() {
        assertRefused(() -> Party.connect(
                party.gateway(SessionPattern.XX).withSuites(CipherSuite.X25519_AESGCM_SHA256),
                party.device(SessionPattern.XX).withSuites(CipherSuite.X25519_CHACHAPOLY_SHA256)));
    }

    @Test
    void callersProviderAloneIsEnoughForTheProfileOfP256() {
        Primitives all = Primitives.of(new BouncyCastleProvider());
        Primitives primitives = new Primitives(
                all.aesGcm(), Optional.empty(), Optional.empty(), all.p256(), Optional.empty(), all.sha256());
        DhKeyPair gateway = primitives.p256().generate();
        DhKeyPair device = primitives.p256().generate();

        try (Party.Sessions sessions = Party.connect(
                SessionSettings.xx(
                                Party.GATEWAY,
                                gateway,
                                new PinnedPeers().pin(StaticKey.of(device.publicKey()), Party.DEVICE_ENTRY))
                        .withPrimitives(primitives),
                SessionSettings.xx(
                                Party.DEVICE,
                                device,
                                new PinnedPeers().pin(StaticKey.of(gateway.publicKey()), Party.GATEWAY_ENTRY))
                        .withPrimitives(primitives))) {
            assertThat(sessions.gateway().suite().staticKeyLength()).isEqualTo(65);
            assertTalks(sessions);
        }
        assertThatThrownBy(() -> party.gateway(SessionPattern.XX).withPrimitives(primitives))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no suite is left for a static key of 32 octets");
    }

    @ParameterizedTest
    @EnumSource(names = {"XX", "IK", "KK", "XX_PSK3", "IK_PSK2", "KK_PSK2"})
    void eachSideReportsTheOthersKeyAndNeverItsOwn(SessionPattern pattern) {
        try (Party.Sessions sessions = Party.connect(party.gateway(pattern), party.device(pattern))) {
            VerifiedPeer device = sessions.gateway().peer();
            VerifiedPeer gateway = sessions.device().peer();

            assertThat(device.staticKey()).contains(StaticKey.of(party.deviceKey.publicKey()));
            assertThat(device.name()).isEqualTo("cuff-1");
            assertThat(gateway.staticKey()).contains(StaticKey.of(party.gatewayKey.publicKey()));
            assertThat(gateway.name()).isEqualTo("ward-3");
            Class<?> how = pattern == SessionPattern.XX_PSK3 ? VerifiedPeer.PreShared.class : VerifiedPeer.Pinned.class;
            assertThat(device).isInstanceOf(how);
            assertThat(gateway).isInstanceOf(how);
        }
    }

    @Test
    void keyOfAPairingStandsForBothEnds() {
        try (Party.Sessions sessions =
                Party.connect(party.gateway(SessionPattern.NN_PSK0), party.device(SessionPattern.NN_PSK0))) {
            assertThat(sessions.gateway().peer()).isInstanceOf(VerifiedPeer.PreShared.class);
            assertThat(sessions.gateway().peer().staticKey()).isEmpty();
        }
    }

    @Test
    void connectionToOneselfIsRefused() {
        // Even where one's own key is pinned, for the other role.
        PinnedPeers everybody = new PinnedPeers()
                .pin(
                        StaticKey.of(party.gatewayKey.publicKey()),
                        new PeerNames.Entry("ward-3", Set.of("gateway", "device")));

        assertRefused(() -> Party.connect(
                SessionSettings.xx(Party.GATEWAY, party.gatewayKey, everybody),
                SessionSettings.xx(Party.DEVICE, party.gatewayKey, everybody)));
    }

    @Test
    void twoInitiatorsDoNotMeet() {
        SessionHandshake one = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.NN_PSK0)));
        SessionHandshake other = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.NN_PSK0)));
        byte[] hello = one.start();

        other.start();

        assertRefused(() -> other.receive(hello, NOTHING));
        assertRefused(() -> one.receive(hello, NOTHING)); // reflected
    }

    @Test
    void endsThatAgreeOnNoRolesHaveNoSession() {
        SessionSettings otherRole =
                SessionSettings.xx(new SessionRoles("device", "clinic"), party.deviceKey, party.knownToDevice);

        assertRefused(() -> Party.connect(party.gateway(SessionPattern.XX), otherRole));
        assertThatThrownBy(() -> new SessionRoles("device", "device")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void peerThatMayNotPlayItsRoleIsRefused() {
        PinnedPeers known = new PinnedPeers()
                .pin(StaticKey.of(party.deviceKey.publicKey()), new PeerNames.Entry("cuff-1", Set.of("clinic")));

        assertRefused(() -> Party.connect(
                SessionSettings.xx(Party.GATEWAY, party.gatewayKey, known), party.device(SessionPattern.XX)));
    }

    @Test
    void otherCarrierIsRefused() {
        assertRefused(() -> Party.connect(
                party.gateway(SessionPattern.XX).withBinding("topic/a".getBytes(UTF_8)),
                party.device(SessionPattern.XX).withBinding("topic/b".getBytes(UTF_8))));
    }

    @Test
    void otherFormIsRefused() {
        assertRefused(() -> Party.connect(
                party.gateway(SessionPattern.XX).withForm(FrameForm.DATAGRAM),
                party.device(SessionPattern.XX).withForm(FrameForm.COMPACT)));
    }

    @Test
    void verifierOfPairingsIsNoVerifierWithoutAPairing() {
        SessionSettings careless =
                SessionSettings.xx(Party.GATEWAY, party.gatewayKey, new PreSharedPeer(Party.DEVICE_ENTRY));

        assertRefused(() -> Party.connect(careless, party.device(SessionPattern.XX)));
    }

    @Test
    void otherKeyOfAPairingIsRefused() {
        for (SessionPattern pattern : List.of(
                SessionPattern.XX_PSK3, SessionPattern.IK_PSK2, SessionPattern.KK_PSK2, SessionPattern.NN_PSK0)) {
            SessionSettings other = SessionSettings.xxPsk3(
                    Party.DEVICE,
                    party.deviceKey,
                    SessionKeys.newPreSharedKey(),
                    new PreSharedPeer(Party.GATEWAY_ENTRY));
            SessionSettings device = pattern == SessionPattern.XX_PSK3
                    ? other
                    : pattern == SessionPattern.NN_PSK0
                            ? SessionSettings.nnPsk0(
                                    Party.DEVICE, SessionKeys.newPreSharedKey(), new PreSharedPeer(Party.GATEWAY_ENTRY))
                            : pattern == SessionPattern.IK_PSK2
                                    ? SessionSettings.ikPsk2Responder(
                                            Party.DEVICE,
                                            party.deviceKey,
                                            SessionKeys.newPreSharedKey(),
                                            party.knownToDevice)
                                    : SessionSettings.kkPsk2(
                                            Party.DEVICE,
                                            party.deviceKey,
                                            StaticKey.of(party.gatewayKey.publicKey()),
                                            SessionKeys.newPreSharedKey(),
                                            party.knownToDevice);
            assertRefused(() -> Party.connect(party.gateway(pattern), device));
        }
    }

    @Test
    void noContentPassesBeforeBothSidesAreAuthenticated() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.XX)));
        SessionHandshake device = SessionHandshake.responder(datagrams(party.device(SessionPattern.XX)));
        try (Party.Sessions other = Party.connect(
                datagrams(party.gateway(SessionPattern.XX)), datagrams(party.device(SessionPattern.XX)))) {
            byte[] content = other.gateway().sealer().seal("x".getBytes(UTF_8), NOTHING);

            assertRefused(() -> device.receive(content, NOTHING));
            SessionHandshake.Step answer = device.receive(gateway.start(), NOTHING);
            assertThat(answer.session()).isEmpty();
            assertRefused(() -> device.receive(content, NOTHING));
            SessionHandshake.Step finish = gateway.receive(answer.send().orElseThrow(), NOTHING);
            assertThat(finish.session())
                    .as("not before the device has shown its keys")
                    .isEmpty();
            assertRefused(() -> gateway.receive(content, NOTHING));
            SessionHandshake.Step established = device.receive(finish.send().orElseThrow(), NOTHING);
            assertThat(established.session()).isPresent();
            assertThat(gateway.receive(established.send().orElseThrow(), NOTHING)
                            .session())
                    .isPresent();
        }
    }

    @Test
    void responderOfTwoMessagesWaitsForAFrameOfTheInitiator() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.IK)));
        SessionHandshake device = SessionHandshake.responder(datagrams(party.device(SessionPattern.IK)));

        SessionHandshake.Step answer = device.receive(gateway.start(), NOTHING);
        assertThat(answer.session()).isEmpty();
        SessionHandshake.Step confirm = gateway.receive(answer.send().orElseThrow(), NOTHING);
        SecureSession begun = confirm.session().orElseThrow();

        // The confirmation is lost; the first content does as well.
        byte[] content = begun.sealer().seal("37.2".getBytes(UTF_8), NOTHING);
        SessionHandshake.Step step = device.receive(content, NOTHING);
        assertThat(step.session()).isPresent();
        assertThat(step.content().orElseThrow()).isEqualTo("37.2".getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"XX", "IK", "NN_PSK0"})
    void negotiationOctetsTamperedOneByOneGiveNoSession(SessionPattern pattern) {
        SessionSettings gateway = datagrams(party.gateway(pattern)).withoutHybrid();
        SessionSettings device = datagrams(party.device(pattern)).withoutHybrid();
        int header = Hello.decode(SessionHandshake.initiator(gateway).start()).encode().length
                - Hello.decode(SessionHandshake.initiator(gateway).start()).message().length;

        for (int bit = 0; bit < header * 8; bit++) {
            int flipped = bit;
            SessionHandshake initiator = SessionHandshake.initiator(gateway);
            SessionHandshake responder = SessionHandshake.responder(device);
            byte[] hello = flipped(initiator.start(), flipped);
            List<SecureSession> sessions = new ArrayList<>();
            assertRefused(() -> {
                byte[] packet = hello;
                while (true) {
                    SessionHandshake.Step at = responder.receive(packet, NOTHING);
                    at.session().ifPresent(sessions::add);
                    SessionHandshake.Step back = initiator.receive(at.send().orElseThrow(), NOTHING);
                    back.session().ifPresent(sessions::add);
                    packet = back.send().orElseThrow();
                }
            });
            assertThat(sessions).as("bit " + bit).isEmpty();
        }
    }

    @Test
    void anyBitFlippedOnTheWayIsRefusedAndTheGenuinePacketGoesOn() {
        for (SessionPattern pattern : List.of(SessionPattern.XX, SessionPattern.IK, SessionPattern.NN_PSK0)) {
            SessionHandshake gateway =
                    SessionHandshake.initiator(datagrams(party.gateway(pattern)).withoutHybrid());
            SessionHandshake device =
                    SessionHandshake.responder(datagrams(party.device(pattern)).withoutHybrid());
            byte[] answer = device.receive(gateway.start(), NOTHING).send().orElseThrow();
            flipEach(gateway, answer);
            byte[] next = gateway.receive(answer, NOTHING).send().orElseThrow();
            flipEach(device, next);
            assertThat(device.receive(next, NOTHING).session()).isPresent();
        }
    }

    private static void flipEach(SessionHandshake end, byte[] packet) {
        for (int bit = 0; bit < packet.length * 8; bit++) {
            byte[] changed = flipped(packet, bit);
            assertRefused(() -> end.receive(changed, NOTHING));
        }
    }

    @Test
    void offerStrippedOfTheHybridSuitesGivesNoSession() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.XX)));
        SessionHandshake device = SessionHandshake.responder(datagrams(party.device(SessionPattern.XX)));
        Hello sent = Hello.decode(gateway.start());
        int classical = CipherSuite.X25519_AESGCM_SHA256.id();
        byte[] stripped = new Hello(
                        sent.pattern(),
                        sent.form(),
                        sent.index(),
                        sent.suite(),
                        List.of(sent.suite(), classical),
                        NOTHING,
                        NOTHING,
                        sent.message())
                .encode();

        byte[] answer = device.receive(stripped, NOTHING).send().orElseThrow();

        assertRefused(() -> gateway.receive(answer, NOTHING));
    }

    @Test
    void forgedRetryDoesNotForceAWeakerSuite() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.XX)));
        SessionHandshake device = SessionHandshake.responder(datagrams(party.device(SessionPattern.XX)));
        int index = Hello.decode(gateway.start()).index();
        byte[] forged = Reply.retry(index, CipherSuite.X25519_AESGCM_SHA256.id(), NOTHING)
                .encode();

        byte[] weaker = gateway.receive(forged, NOTHING).send().orElseThrow();
        byte[] back = device.receive(weaker, NOTHING).send().orElseThrow();

        Reply retry = Reply.decode(back);
        assertThat(retry.kind()).isEqualTo(Reply.Kind.RETRY);
        assertThat(retry.suite()).isEqualTo(CipherSuite.X25519_MLKEM768_AESGCM_SHA256.id());
        byte[] strong = gateway.receive(back, NOTHING).send().orElseThrow();
        assertThat(Reply.decode(device.receive(strong, NOTHING).send().orElseThrow())
                        .kind())
                .isEqualTo(Reply.Kind.ANSWER);
        assertRefused(() -> SessionHandshake.initiator(party.gateway(SessionPattern.XX))
                .receive(StreamReader.framed(forged), NOTHING));
    }

    @Test
    void endlessRetriesAreRefused() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.XX)));
        int index = Hello.decode(gateway.start()).index();
        List<CipherSuite> turns = List.of(CipherSuite.X25519_AESGCM_SHA256, CipherSuite.X25519_CHACHAPOLY_SHA256);
        for (int i = 0; i < 3; i++) {
            gateway.receive(Reply.retry(index, turns.get(i % 2).id(), NOTHING).encode(), NOTHING);
        }

        assertRefused(() ->
                gateway.receive(Reply.retry(index, turns.get(1).id(), NOTHING).encode(), NOTHING));
    }

    @Test
    void postQuantumOnceSeenIsRequired() {
        PeerMemory memory = PeerMemory.inMemory();
        SessionSettings gateway = party.gateway(SessionPattern.XX).withMemory(memory);
        Party.connect(gateway.withoutHybrid(), party.device(SessionPattern.XX).withoutHybrid())
                .close();
        Party.connect(gateway, party.device(SessionPattern.XX)).close();

        assertRefused(() -> Party.connect(
                        gateway.withoutHybrid(), party.device(SessionPattern.XX).withoutHybrid())
                .close());
    }

    @Test
    void answerOfAnUnknownPeerDoesNotKillTheGenuineOne() {
        SessionHandshake gateway = SessionHandshake.initiator(datagrams(party.gateway(SessionPattern.XX)));
        SessionHandshake device = SessionHandshake.responder(datagrams(party.device(SessionPattern.XX)));
        DhKeyPair stranger = Primitives.preferred().x25519().orElseThrow().generate();
        SessionHandshake impostor =
                SessionHandshake.responder(datagrams(SessionSettings.xx(Party.DEVICE, stranger, party.knownToDevice)));
        byte[] hello = gateway.start();

        byte[] forged = impostor.receive(hello, NOTHING).send().orElseThrow();
        assertRefused(() -> gateway.receive(forged, NOTHING));

        byte[] genuine = device.receive(hello, NOTHING).send().orElseThrow();
        assertThat(gateway.receive(genuine, NOTHING).send()).isPresent();
    }

    /** Points of order 1, 2, 4 and 8 on the curve and its twist, and forms of them beyond the field (RFC 7748, section 7). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void pointOfSmallOrderIsRefusedAndChangesNothing(String point) {
        for (SessionPattern pattern : List.of(SessionPattern.XX, SessionPattern.IK, SessionPattern.NN_PSK0)) {
            SessionHandshake gateway =
                    SessionHandshake.initiator(datagrams(party.gateway(pattern)).withoutHybrid());
            SessionHandshake device =
                    SessionHandshake.responder(datagrams(party.device(pattern)).withoutHybrid());
            byte[] hello = gateway.start();
            byte[] forged = hello.clone();
            int ephemeral = hello.length - Hello.decode(hello).message().length;
            System.arraycopy(HexFormat.of().parseHex(point), 0, forged, ephemeral, 32);

            assertRefused(() -> device.receive(forged, NOTHING));
            byte[] answer = device.receive(hello, NOTHING).send().orElseThrow();
            byte[] forgedAnswer = answer.clone();
            System.arraycopy(HexFormat.of().parseHex(point), 0, forgedAnswer, Reply.HEADER_LENGTH, 32);
            assertRefused(() -> gateway.receive(forgedAnswer, NOTHING));
            assertThat(gateway.receive(answer, NOTHING).send()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IK", "KK", "IK_PSK2", "KK_PSK2"})
    void repeatedFirstMessageIsRefused(SessionPattern pattern) {
        SessionSettings device = datagrams(party.device(pattern));
        SessionSettings gateway = datagrams(party.gateway(pattern));
        byte[] hello = SessionHandshake.initiator(gateway).start();
        SessionHandshake.responder(device).receive(hello, NOTHING);

        assertRefused(() -> SessionHandshake.responder(device).receive(hello, NOTHING));
        Party.connect(gateway, device).close();
    }

    @Test
    void earlierFirstMessageIsRefusedAfterALaterOne() {
        SessionSettings device = datagrams(party.device(SessionPattern.IK));
        SessionSettings gateway = datagrams(party.gateway(SessionPattern.IK));
        byte[] earlier = SessionHandshake.initiator(gateway).start();
        Party.connect(gateway, device).close();

        assertRefused(() -> SessionHandshake.responder(device).receive(earlier, NOTHING));
    }

    @Test
    void credentialIsMadeForTheRoleTheTranscriptAndTheKey() {
        List<String> claims = new ArrayList<>();
        AtomicBoolean sameTranscript = new AtomicBoolean();
        byte[][] signed = new byte[1][];
        SessionSettings gateway = party.gateway(SessionPattern.XX).withCredential((own, hash, key) -> {
            claims.add(own.name());
            signed[0] = hash;
            assertThat(key).isEqualTo(party.gatewayKey.publicKey());
            return "certificate".getBytes(UTF_8);
        });
        SessionSettings device = SessionSettings.xx(Party.DEVICE, party.deviceKey, claim -> {
            sameTranscript.set(Arrays.equals(signed[0], claim.handshakeHash()));
            claims.add(claim.role().name());
            assertThat(claim.payload()).isEqualTo("certificate".getBytes(UTF_8));
            return new VerifiedPeer.Pinned("ward-3", Set.of("gateway"), StaticKey.of(claim.remoteStatic()));
        });

        Party.connect(gateway, device).close();

        assertThat(claims).containsExactly("INITIATOR", "INITIATOR");
        assertThat(sameTranscript).isTrue();
    }

    @Test
    void verifierThatNamesAnotherKeyIsNotBelieved() {
        SessionSettings device = SessionSettings.xx(
                Party.DEVICE,
                party.deviceKey,
                claim -> new VerifiedPeer.Pinned(
                        "ward-3", Set.of("gateway"), StaticKey.of(party.deviceKey.publicKey())));

        assertRefused(() -> Party.connect(party.gateway(SessionPattern.XX), device));
    }

    @Test
    void settingsAreForTheirRole() {
        assertThatThrownBy(() -> SessionHandshake.responder(party.gateway(SessionPattern.IK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these settings of IK are not for the RESPONDER");
        assertThatThrownBy(() -> SessionHandshake.initiator(party.device(SessionPattern.IK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SessionHandshake.responder(party.device(SessionPattern.XX))
                        .start())
                .isInstanceOf(IllegalStateException.class);
        SessionHandshake gateway = SessionHandshake.initiator(party.gateway(SessionPattern.XX));
        gateway.start();
        assertThatThrownBy(gateway::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedSettingsGiveNoKeyOfZeros() {
        SessionSettings gateway = party.gateway(SessionPattern.NN_PSK0);
        gateway.close();

        assertThatThrownBy(() -> SessionHandshake.initiator(gateway).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the settings are closed");
    }

    @Test
    void weakKeyOfAPairingIsRefused() {
        assertThatThrownBy(() -> SessionSettings.nnPsk0(Party.GATEWAY, new byte[16], party.knownToGateway))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of a pairing has 32 octets of full entropy, but got 16");
        assertThatThrownBy(() -> SessionSettings.nnPsk0(Party.GATEWAY, new byte[32], party.knownToGateway))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTextShowsAKey() {
        SessionHandshake gateway = SessionHandshake.initiator(party.gateway(SessionPattern.XX));
        String key = HexFormat.of().formatHex(party.gatewayKey.publicKey());

        assertThat(gateway.toString() + party.gateway(SessionPattern.NN_PSK0))
                .contains("waits for ANSWER", "keys hidden")
                .doesNotContain(key);
    }

    private static SessionSettings datagrams(SessionSettings settings) {
        return settings.withForm(FrameForm.DATAGRAM);
    }

    private static void assertTalks(Party.Sessions sessions) {
        for (String text : List.of("", "120/80", "72")) {
            byte[] content = text.getBytes(UTF_8);
            assertThat(Party.opened(
                            sessions.device(), sessions.gateway().sealer().seal(content, NOTHING)))
                    .isEqualTo(content);
            assertThat(Party.opened(
                            sessions.gateway(), sessions.device().sealer().seal(content, NOTHING)))
                    .isEqualTo(content);
        }
    }

    static byte[] flipped(byte[] packet, int bit) {
        byte[] changed = packet.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(AuthenticationException.class)
                .hasMessage("frame not authentic");
    }
}
