package org.openiomt.security.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openiomt.security.identity.peer.PeerNames;
import org.openiomt.security.identity.peer.PinnedPeers;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.FrameForm;
import org.openiomt.security.session.HandshakeGate;
import org.openiomt.security.session.SecureSession;
import org.openiomt.security.session.SessionRoles;
import org.openiomt.security.session.SessionSettings;
import org.openiomt.testkit.ManualClock;

/** A gateway and a device that know each other, and what they hear. */
final class Ends {
    final ManualClock clock = new ManualClock();
    final SessionSettings gateway;
    final SessionSettings device;
    final HandshakeGate gate = new HandshakeGate(
            HandshakeGate.Limits.DEFAULT, Primitives.preferred().sha256(), clock);
    final Heard atGateway = new Heard();
    final Heard atDevice = new Heard();

    /** What a listener was told, in order. */
    static final class Heard implements SessionCarrier.Listener {
        final List<SecureSession> sessions = new ArrayList<>();
        final List<String> contents = new ArrayList<>();
        final List<Boolean> ends = new ArrayList<>();

        @Override
        public void established(SecureSession session) {
            sessions.add(session);
        }

        @Override
        public void received(byte[] content) {
            contents.add(new String(content, java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public void ended(boolean isComplete) {
            ends.add(isComplete);
        }
    }

    Ends(FrameForm form) {
        var dh = Primitives.preferred().x25519().orElseThrow();
        DhKeyPair gatewayKey = dh.generate();
        DhKeyPair deviceKey = dh.generate();
        gateway = SessionSettings.xx(
                        new SessionRoles("gateway", "device"),
                        gatewayKey,
                        new PinnedPeers()
                                .pin(
                                        StaticKey.of(deviceKey.publicKey()),
                                        new PeerNames.Entry("cuff-1", Set.of("device"))))
                .withForm(form)
                .withClock(clock);
        device = SessionSettings.xx(
                        new SessionRoles("device", "gateway"),
                        deviceKey,
                        new PinnedPeers()
                                .pin(
                                        StaticKey.of(gatewayKey.publicKey()),
                                        new PeerNames.Entry("ward-3", Set.of("gateway"))))
                .withForm(form)
                .withClock(clock);
    }

    static byte[] octets(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
